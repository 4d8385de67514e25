"""POST /graphql without routing, for what nearly all such requests are: a stored operation, sent in one piece with the
cookie of someone who is kept.

The checks are those of the routed way, in its order, and the same functions answer, so that only the time differs:
`tests/graphql/kept/test_straight.py` sends the same requests by both ways. Whatever is unusual, or would be refused, is
routed, and said in words by the middlewares and the handler.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.auth.kept_actors import KeptActor, KeptActors
from backend.web.csrf import HEADER, Csrf
from backend.web.errors import answer_error
from backend.web.graphql_api import PATH, TRIED, answer_kept, asked_in, document_of
from backend.web.ratelimit import RateLimiter, Rule, TooManyRequests
from backend.web.wrapping import is_http
from concordat_graphql.read_ledger import one_operation
from infra.secrets import token_hash
from infra.settings import Settings

LONGEST = 64 * 1024  #: bytes of a body that is read here
_MARK = HEADER.encode()
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, kw_only=True)
class Straight:
    """Wraps the routing, inside the wrappers that every request passes. `rule` is an account's allowance."""

    app: ASGIApp
    settings: Settings
    kept: KeptActors
    csrf: Csrf
    limiter: RateLimiter
    rule: Rule

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        kept = self._asking(scope) if is_http(scope) else None
        if kept is None or not self._counted(scope, kept):
            await self.app(scope, receive, send)
            return
        first = await receive()
        with one_operation():
            try:
                body = await self._answer(scope, first, kept)
            except Exception as error:
                await _fail(error, scope, receive, send)
                return
            if body is None:
                await self.app(scope, _again(first, receive), send)
                return
        await _send(body, send)

    def _asking(self, scope: Any) -> KeptActor | None:
        """Returns who is kept under the cookie of a request with which nothing is unusual, else None."""
        if scope["method"] != "POST" or scope["path"] != PATH or scope.get("root_path"):
            return None
        headers = dict(scope["headers"])
        if len(headers) != len(scope["headers"]) or b"authorization" in headers or not self._from_us(headers):
            return None
        length = headers.get(b"content-length", b"")
        if not length.isdigit() or int(length) > LONGEST:
            return None
        token = self._token(headers.get(b"cookie", b"").decode("latin-1"))
        return self.kept.get(token_hash(token)) if token else None

    def _from_us(self, headers: dict[bytes, bytes]) -> bool:
        site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
        return _MARK in headers and self.csrf.is_from_us(
            site="none" if site is None else site.decode("latin-1"),
            origin=None if origin is None else origin.decode("latin-1"),
            host=headers.get(b"host", b"").decode("latin-1"),
        )

    def _token(self, cookies: str) -> str | None:
        """Returns the session's token where it is there once and plainly."""
        named = [pair.strip().partition("=") for pair in cookies.split(";")]
        tokens = [value for name, _, value in named if name == self.csrf.session_cookie]
        return tokens[0] if len(tokens) == 1 and _TOKEN.fullmatch(tokens[0]) else None

    def _counted(self, scope: Scope, kept: KeptActor) -> bool:
        """Counts the request against the account's allowance, once; returns whether it is within it."""
        try:
            self.limiter.take(self.rule, str(kept.actor.id))
        except TooManyRequests:
            return False
        scope["state"]["account_id"] = kept.actor.id
        return True

    async def _answer(self, scope: Scope, first: Any, kept: KeptActor) -> bytes | None:
        if first["type"] != "http.request" or first.get("more_body"):
            return None
        kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
        try:
            asked = asked_in(first["body"], kind=kind.decode("latin-1"))
            document = document_of(asked, actor=kept.actor, settings=self.settings)
        except HTTPException:  # refused once more, in the right order, when it is certain who asks
            return None
        state = scope["state"]
        state[TRIED], scope["path_template"] = True, PATH
        return await answer_kept(
            document, asked, kept=kept, request_id=state.get("request_id"), data_dir=self.settings.data_dir
        )


def _again(first: Any, receive: Receive) -> Receive:
    """Returns what gives the first message once more, and then what comes after it."""
    kept = [first]

    async def again() -> Any:
        return kept.pop() if kept else await receive()

    return again


async def _fail(error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
    request: Request[Any, Any, Any] = Request(scope, receive, send)
    await answer_error(request, error).to_asgi_response(app=None, request=request)(scope, receive, send)


async def _send(body: bytes, send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
