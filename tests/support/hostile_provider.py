"""A provider that lies: real HTTP on a free port, every answer and every token made to order."""

import asyncio
import json
import re
import ssl
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

from tests.support.loop_clock import set_forward

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]

KEY = RSAKey.generate_key(2048, {"kid": "hostile-1"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "hostile-2"})


@dataclass
class HostileProvider:
    """Change `id_token`, `published` or `metadata`; or put a `script` on a path to write raw bytes.

    `asked` counts the requests by path; `heard` is the last one, as it came.
    """

    base_url: str = ""
    id_token: str = ""
    published: list[dict[str, Any]] = field(default_factory=lambda: [public(KEY)])
    metadata: dict[str, Any] = field(default_factory=dict)
    token_body: dict[str, Any] = field(default_factory=dict)
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    heard: str = ""

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Claims that a relying party would accept, with some changed; None leaves one out."""
        now = int(time.time())
        good = {"iss": self.base_url, "sub": "mallory", "aud": "concordat", "iat": now, "exp": now + 600}
        good |= {"email": "mallory@hostile.example"}
        return {name: value for name, value in (good | changed).items() if value is not None}

    def sign(self, claims: dict[str, Any], *, key: RSAKey | ECKey = KEY, **header: Any) -> str:
        """A token over these claims; `header` changes or adds header fields."""
        fields = {"typ": "JWT", "alg": "RS256", "kid": key.kid, **header}
        # By json.dumps, which escapes what UTF-8 cannot hold: so half a surrogate pair can be sent.
        return jws.serialize_compact(fields, json.dumps(claims), key, algorithms=[fields["alg"]])

    def answer(self, path: str) -> dict[str, Any]:
        """What this path says when it has no script."""
        base = self.base_url
        if path == "/jwks":
            return {"keys": self.published}
        if path == "/token":
            return {"access_token": "at", "token_type": "Bearer", "id_token": self.id_token} | self.token_body
        if path == "/userinfo":
            return {"sub": "mallory", "email": "mallory@hostile.example"}
        document = {"issuer": base, "jwks_uri": f"{base}/jwks", "authorization_endpoint": f"{base}/auth"}
        document |= {"token_endpoint": f"{base}/token", "userinfo_endpoint": f"{base}/userinfo"}
        return document | {"authorization_response_iss_parameter_supported": True} | self.metadata

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
            path = head.split(" ")[1].partition("?")[0]
            self.asked[path] += 1
            length = re.search(r"content-length: (\d+)", head.lower())
            self.heard = head + (await reader.readexactly(int(length[1]) if length else 0)).decode()
            await self.scripts.get(path, says(self.answer(path)))(writer)
            await writer.drain()
        writer.close()


def public(key: RSAKey, **changed: Any) -> dict[str, Any]:
    """The key as a provider publishes it."""
    return {**key.as_dict(private=False), "use": "sig", **changed}


def says(body: object, *, status: str = "200 OK", headers: str = "") -> Script:
    """A script that answers with this JSON."""
    content = json.dumps(body).encode()

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\n{headers}\r\n".encode() + content)

    return script


async def drips(writer: asyncio.StreamWriter) -> None:
    """One byte each 50 ms, without end: no single read is ever slow."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def drips_for_long(writer: asyncio.StreamWriter) -> None:
    """The same, while a dozen seconds pass by the loop's clock, of which no single read takes more than three."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    for passed in count():
        if writer.is_closing():
            break
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)
        set_forward(seconds=3 if passed < 4 else 0)


async def floods(writer: asyncio.StreamWriter) -> None:
    """Bytes as fast as they are taken, without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" " * 65_536)
        await writer.drain()


@asynccontextmanager
async def hostile_provider(*, tls: ssl.SSLContext | None = None) -> AsyncIterator[HostileProvider]:
    """Serving on a free port until the end of the block."""
    hostile = HostileProvider()
    server = await asyncio.start_server(hostile.serve, "127.0.0.1", 0, ssl=tls)
    hostile.base_url = f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield hostile
    finally:
        server.close()
