"""The demo's provider as it is met on https at its usual port, which a test may not listen on: what is sent to
`signin.test` port 443 arrives at the provider all the same, everything else nowhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from integrations import http
from tests.support.identity_provider import REDIRECT_URI, SECRET, running_provider
from tests.support.plain_http import TRUSTED

HOST = "signin.test"
CLIENT = {"client_id": "concordat", "client_secret": SECRET, "redirect_uris": [REDIRECT_URI],
          "claims_in_id_token": False}  # fmt: skip


class _Leads(httpx.AsyncBaseTransport):
    def __init__(self, address: str) -> None:
        self._to, self._through = httpx.URL(address), httpx.AsyncHTTPTransport(verify=TRUSTED)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert (request.url.scheme, request.url.host, request.url.port or 443) == ("https", HOST, 443)
        request.url = request.url.copy_with(scheme="http", host=self._to.host, port=self._to.port)
        return await self._through.handle_async_request(request)

    async def aclose(self) -> None:
        await self._through.aclose()


@dataclass(frozen=True)
class HttpsProvider:
    """A running provider and the address where it really listens."""

    address: str

    async def answer(self, address: str, *, sub: str) -> str:
        """Go to the authorization address as a browser, pick the person, return where they are sent."""
        async with httpx.AsyncClient(transport=_Leads(self.address)) as browser:
            shown = await browser.get(address)
            page = httpx.URL(address).join(shown.headers["location"])
            await browser.get(page)
            return str((await browser.post(page, data={"sub": sub})).headers["location"])


@contextmanager
def https_provider(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *, stated: str, people: Sequence[Mapping[str, Any]]
) -> Iterator[HttpsProvider]:
    """Run the provider whose documents state its address as `stated`, for the length of the block."""
    with running_provider(folder, people=people, clients=[CLIENT], stated=stated) as running:

        @asynccontextmanager
        async def led(_: http.Door) -> AsyncIterator[httpx.AsyncClient]:
            async with httpx.AsyncClient(transport=_Leads(running.base_url), follow_redirects=False) as opened:
                yield opened

        monkeypatch.setattr(http, "open_client", led)
        yield HttpsProvider(running.base_url)
