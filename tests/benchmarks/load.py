"""A small HTTP client that sends one request over and over on kept-open connections and times each answer."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Target:
    """One request as bytes, and where it goes."""

    name: str
    address: str
    request: bytes


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One round: answers a second, and the middle of the times to answer in milliseconds."""

    per_second: float
    milliseconds: float


def target(name: str, url: str, *, cookie: str = "", body: bytes = b"", origin: str = "") -> Target:
    """Return a GET, or with a body a POST of JSON."""
    parts = urlsplit(url)
    head = [
        f"{'POST' if body else 'GET'} {parts.path or '/'} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Accept: text/html, application/json",
        *([f"Cookie: {cookie}"] if cookie else []),
        *(["Content-Type: application/json", "X-Concordat-Request: 1", f"Origin: {origin}"] if body else []),
        f"Content-Length: {len(body)}",
    ]
    return Target(name=name, address=parts.netloc, request="\r\n".join(head).encode() + b"\r\n\r\n" + body)


async def measure(to: Target, *, connections: int, seconds: float) -> Measured:
    """Send for that long on so many connections. Raises `AssertionError` for an answer other than 200."""
    host, _, port = to.address.partition(":")
    end, times = time.perf_counter() + seconds, list[float]()

    async def one() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        while (began := time.perf_counter()) < end:
            writer.write(to.request)
            await answer(reader, to.name)
            times.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    passed = time.perf_counter() - began
    return Measured(per_second=len(times) / passed, milliseconds=1000 * statistics.median(times))


async def answer(reader: asyncio.StreamReader, name: str) -> bytes:
    """Read one answer and return its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), f"{name}: {head[:200]!r}"
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return await reader.readexactly(int(length.partition(b":")[2]))
