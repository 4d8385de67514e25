"""The authenticated door of one run: one origin, a request id that stays the same over retries, and good manners.

Retried here, under a bound of attempts: an agency that is unreachable, answers 429, 500, 502, 503 or 504, or refuses
an access token once. Everything else is returned for the connector to read in its agency's own words.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import uuid4

import httpx

from integrations import measures
from integrations.errors import AgencyBroken, AgencyDown, AgencyRefused, NeedsReauthorisation
from integrations.http import Answer, Door, OutboundError, open_client, send
from integrations.neighbour import Neighbour, neighbour

#: (the token was just refused) → the headers that prove who we are
Authorisation = Callable[[bool], Awaitable[Mapping[str, str]]]

ATTEMPTS = 4
#: seconds: asked to wait longer than this, a run ends and is tried again later instead of holding a worker
PATIENCE = 30.0
_AGAIN = frozenset({429, 500, 502, 503, 504})
_BROKEN = {
    "too_large": "The answer is larger than we take.",
    "encoded": "The answer is compressed although we asked for no compression.",
    "redirect": "The agency sent us to another address, which we do not follow.",
}
_REFUSED = {
    "insecure": "The address is not an https address.",
    "host_refused": "The address is not one we may call: it is not a public address.",
}
_USUAL = "access token, not even a new one"
_SHOWN = {
    "api_key": "API key",
    "bearer_token": "access token",
    "service_token": "token signed with the shared secret, not even a new one",
}


@dataclass(frozen=True, kw_only=True)
class Agency:
    """Calls to the agency at `base_url`, made by `opened`: paths below it, or addresses of the same origin."""

    base_url: str
    door: Door
    authorisation: Authorisation
    neighbour: Neighbour
    client: httpx.AsyncClient
    system: str
    shown: str = _USUAL  #: what of ours a 401 refuses, in words
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)

    async def get(
        self,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a GET of a path below `base_url` or of a full address of the same origin.

        Raises `AgencyDown`, `AgencyRefused`, `AgencyBroken` or `NeedsReauthorisation`.
        """
        return await self._ask("GET", self._address(path, params), headers=headers or {})

    async def download(self, path: str, *, into: Path, max_bytes: int, total_seconds: float) -> Answer:
        """Return the answer to a GET whose body, when it is a 200, is written to the file `into`; raises as `get`."""
        wide = replace(self.door, max_bytes=max_bytes, total_seconds=total_seconds)
        return await self._ask("GET", self._address(path, None), headers={"Accept": "*/*"}, door=wide, into=into)

    async def post(
        self,
        path: str,
        *,
        document: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a POST of a JSON `document` or a `form`; raises as `get`."""
        address = self._address(path, params)
        return await self._ask("POST", address, headers=headers or {}, document=document, form=form)

    def _address(self, path: str, params: Mapping[str, str] | None) -> str:
        base = self.base_url.rstrip("/") + "/"
        address = path if "://" in path else urljoin(base, path.lstrip("/"))
        if origin_of(address) != origin_of(base):
            raise AgencyRefused("The agency pointed to another origin, where our credentials must not go.")
        return f"{address}{'&' if '?' in address else '?'}{urlencode(params)}" if params else address

    async def _ask(self, method: str, url: str, *, headers: Mapping[str, str], **content: Any) -> Answer:
        kept = {"X-Request-ID": str(uuid4()), **headers}
        refused = False
        for attempt in range(1, ATTEMPTS + 1):
            answer, wait = await self._attempt(method, url, headers=kept, refused=refused, **content)
            if answer is not None and answer.status == 401 and not refused:
                refused = True
                continue
            if answer is not None and answer.status == 401:
                raise NeedsReauthorisation(f"The agency does not accept our {self.shown} (401).")
            if answer is not None and answer.status not in _AGAIN:
                return answer
            await self._rest(attempt, wait, answer)
        raise AgencyDown("The agency does not answer. We shall try again later.")

    async def _attempt(
        self, method: str, url: str, *, headers: Mapping[str, str], refused: bool, **content: Any
    ) -> tuple[Answer | None, float | None]:
        """Return the answer, or None when there was none, and the seconds the agency asked us to wait."""
        resting = self.neighbour.breaker.waits()
        if resting:
            raise AgencyDown(
                "The agency failed several times in a row and is left alone for a while.", again_in=resting
            )
        if (asked := self.neighbour.pace.waits()) > PATIENCE:
            raise AgencyDown("The agency asked us to come back later.", again_in=asked)
        proof = await self.authorisation(refused)
        await self.neighbour.pace.turn()
        with measures.call(system=self.system) as outcome:
            try:
                sent = {"door": self.door, "client": self.client, **content}
                answer = await send(method=method, url=url, headers={**headers, **proof}, **sent)
            except OutboundError as error:
                outcome.name = error.code
                self._no_answer(error)
                return None, None
            outcome.name = str(answer.status)
        return answer, self._judged(answer)

    def _no_answer(self, error: OutboundError) -> None:
        if error.code == "certificate":
            raise AgencyRefused(f"The agency’s certificate {error.detail}, so nothing was sent to it.") from error
        if error.code in _REFUSED:
            raise AgencyRefused(_REFUSED[error.code]) from error
        if error.code in _BROKEN:
            raise AgencyBroken(_BROKEN[error.code], sha256=None, size=self.door.max_bytes) from error
        self.neighbour.breaker.failed()

    def _judged(self, answer: Answer) -> float | None:
        wait = answer.again_in()
        if answer.status == 429:
            self.neighbour.pace.slow_down(seconds=wait)
        if answer.status >= 500:
            self.neighbour.breaker.failed()
        else:
            self.neighbour.breaker.worked()
        if answer.status < 400:
            self.neighbour.pace.speed_up()
        return wait

    async def _rest(self, attempt: int, wait: float | None, answer: Answer | None) -> None:
        words = "does not answer" if answer is None else f"answered {answer.status}"
        if attempt >= ATTEMPTS or (wait or 0) > PATIENCE:
            status = None if answer is None else answer.status
            raise AgencyDown(f"The agency {words}. We shall try again later.", again_in=wait, status=status)
        pause = min(0.5 * 2 ** (attempt - 1), PATIENCE)
        await self.sleep(wait if wait is not None else pause * (0.5 + random.random()))  # noqa: S311


@asynccontextmanager
async def opened(
    *, base_url: str, door: Door, authorisation: Authorisation, system: str, per_second: float, auth_mode: str = ""
) -> AsyncIterator[Agency]:
    """Yield the agency at `base_url` for the length of the block, over connections that are used again."""
    async with open_client(door) as client:
        host = urlsplit(base_url).netloc.lower()
        yield Agency(
            base_url=base_url,
            door=door,
            authorisation=authorisation,
            neighbour=neighbour(host, per_second=per_second),
            client=client,
            system=system,
            shown=_SHOWN.get(auth_mode, _USUAL),
        )


def origin_of(address: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of an address; raises `AgencyRefused` for what is not one."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError as error:
        raise AgencyRefused("The agency pointed to something that is not an address.") from error
    return parts.scheme, (parts.hostname or "").lower(), port
