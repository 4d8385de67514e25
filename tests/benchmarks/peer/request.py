"""One request as bytes, so that wrk only has to send it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.benchmarks.load import answer

SCRIPT = Path(__file__).with_name("prepared.lua")
DOCUMENTS = Path(__file__).with_name("documents")


@dataclass(frozen=True, kw_only=True)
class Request:
    """A POST to /graphql: who asks is in the headers."""

    headers: Mapping[str, str]
    body: bytes

    def raw(self, address: str) -> bytes:
        """Return the request as it goes over the wire."""
        parts = urlsplit(address)
        head = [
            "POST /graphql HTTP/1.1",
            f"Host: {parts.netloc}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
            f"Content-Length: {len(self.body)}",
        ]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + self.body

    def answer(self, address: str) -> dict[str, Any]:
        """Send it once and return the data. Raises `AssertionError` for anything else."""
        found = httpx.post(
            f"{address}/graphql", content=self.body, headers=dict(self.headers), trust_env=False, timeout=30
        )
        assert found.status_code == 200, found.text[:500]
        body: dict[str, Any] = found.json()
        assert not body.get("errors"), body["errors"]
        data: dict[str, Any] = body["data"]
        return data


def ours(operation: str, *, token: str, address: str, **variables: object) -> Request:
    """Return one of our stored operations as a signed-in browser sends it: cookie, origin, the header of our pages."""
    return Request(
        headers={
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Cookie": f"concordat-session={token}",
            "Origin": address,
            "X-Concordat-Request": "1",
        },
        body=json.dumps({"operationName": operation, "variables": variables}).encode(),
    )


def peers(document: str, *, who: Mapping[str, str], **variables: object) -> Request:
    """Return a document of the peer's, with who asks in plain headers."""
    text = (DOCUMENTS / f"{document}.graphql").read_text(encoding="utf-8")
    return Request(
        headers={"Content-Type": "application/json", "Accept": "application/json", **who},
        body=json.dumps({"query": text, "variables": variables}).encode(),
    )


async def send_each(requests: Sequence[Request], *, address: str, connections: int = 8) -> None:
    """Send each request once, on a few connections. Raises `AssertionError` for an answer other than 200."""
    waiting, parts = iter(requests), urlsplit(address)

    async def one() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for request in waiting:
            writer.write(request.raw(address))
            await answer(reader, address)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))


def write_prepared(requests: Sequence[Request], *, address: str, path: Path) -> None:
    """Write requests for `prepared.lua`: each with its length before it."""
    with path.open("wb") as file:
        for request in requests:
            raw = request.raw(address)
            file.write(f"{len(raw)}\n".encode() + raw)
