"""The one door out of the house: every call to another system's HTTP address goes through `send`.

What a per-read timeout and a trusting client would let through is refused here: a body dripped one byte
at a time (total deadline), a body without end or a compressed bomb (byte cap, no content encoding),
a redirect to somewhere else, plain http to anything but this machine, and a host the caller did not allow.
"""

import asyncio
import contextlib
import hashlib
import json
import ssl
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from infra.telemetry.logs import logger
from integrations.certificates import why_untrusted
from integrations.hosts import HostRule, is_this_machine, public_hosts
from integrations.retry_after import seconds_asked

LOG = logger("outbound")
#: bytes of an answer in memory where a file was asked for: an error's words
_MOST_BESIDE_A_FILE = 100_000


class OutboundError(Exception):
    """A call not made, or an answer not taken. `code` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: status, headers with lower-case names, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json_object(self) -> dict[str, Any]:
        """The body as a JSON object; raises `OutboundError` ("not_json") for anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise OutboundError("not_json", f"status {self.status}") from error
        if not isinstance(value, dict):
            raise OutboundError("not_json", "not an object")
        return value

    def again_in(self) -> float | None:
        """How many seconds the other side asked us to wait (`Retry-After`), None when it said nothing usable."""
        return seconds_asked(self.headers.get("retry-after"))


@dataclass(frozen=True, kw_only=True)
class Door:
    """How far a call may go: whom it may reach, seconds in all, bytes in all."""

    permits: HostRule = public_hosts
    total_seconds: float = 10.0
    max_bytes: int = 1_000_000


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of a body in hexadecimal: how an answer that cannot be used is named without keeping it."""
    return hashlib.sha256(body).hexdigest()


async def send(
    door: Door,
    method: str,
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    document: Mapping[str, Any] | None = None,
    content: str | None = None,
    headers: Mapping[str, str] | None = None,
    client: httpx.AsyncClient | None = None,
    into: Path | None = None,
) -> Answer:
    """One request, answered within the door's limits whatever the other side does.

    `form` is sent as a web form, `document` as JSON, `content` as it is. With a `client` of `open_client` its
    connection is used again; else a connection of its own is opened and closed. `into` names the file that takes the
    body of a 200 instead of memory: whole when this returns, and to be thrown away when it raises.

    Raises `OutboundError` with code `insecure`, `host_refused`, `certificate`, `unreachable`, `deadline`, `redirect`,
    `too_large` or `encoded`; of a `certificate` its `detail` says what is wrong with it.
    """
    try:
        async with asyncio.timeout(door.total_seconds):
            addresses = await _addresses(door, url)
            typed = _content(form, document) if content is None else (None, content.encode())
            asked = _headers(headers or {}, typed)
            async with _client(door, client) as opened:
                request = opened.build_request(method, url, content=typed[1], headers=asked)
                return await _dialled(door, opened, request, addresses, into)
    except TimeoutError as error:
        raise OutboundError("deadline", f"more than {door.total_seconds} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        if why := why_untrusted(error):
            LOG.warning("certificate_refused", host=urlsplit(url).hostname, why=why)
            raise OutboundError("certificate", why) from error
        raise OutboundError("unreachable", type(error).__name__) from error


async def _addresses(door: Door, url: str) -> Sequence[str]:
    """Return where this address may be dialled."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError as error:
        raise OutboundError("insecure", "not an address") from error
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(host)):
        raise OutboundError("insecure", "only https may leave this machine")
    addresses = await door.permits(host, port)
    if not addresses:
        raise OutboundError("host_refused", host)
    return addresses


@asynccontextmanager
async def open_client(door: Door) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client that keeps its connections for the length of the block: for many calls to one agency."""
    async with httpx.AsyncClient(
        verify=_tls(), follow_redirects=False, trust_env=False, timeout=door.total_seconds
    ) as client:
        yield client


def _client(door: Door, client: httpx.AsyncClient | None) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    return open_client(door) if client is None else nullcontext(client)


def _content(form: Mapping[str, str] | None, document: Mapping[str, Any] | None) -> tuple[str | None, bytes | None]:
    if document is not None:
        return "application/json", json.dumps(document).encode()
    return (None, None) if form is None else ("application/x-www-form-urlencoded", urlencode(form).encode())


def _headers(headers: Mapping[str, str], typed: tuple[str | None, bytes | None]) -> dict[str, str]:
    asked = {"Accept": "application/json", **headers, "Accept-Encoding": "identity"}
    return asked if typed[0] is None else {**asked, "Content-Type": typed[0]}


async def _dialled(
    door: Door, client: httpx.AsyncClient, request: httpx.Request, addresses: Sequence[str], into: Path | None
) -> Answer:
    """Send to the first address that takes the connection, under the host's own name and certificate."""
    request.extensions["sni_hostname"] = request.url.host
    for address in addresses[:-1]:
        with contextlib.suppress(httpx.ConnectError):
            return await _exchange(door, client, _at(request, address), into)
    return await _exchange(door, client, _at(request, addresses[-1]), into)


def _at(request: httpx.Request, address: str) -> httpx.Request:
    if request.url.host != address:
        request.url = request.url.copy_with(host=address)  # the Host header was set from the name and stays
    return request


async def _exchange(door: Door, client: httpx.AsyncClient, request: httpx.Request, into: Path | None) -> Answer:
    response = await client.send(request, stream=True)
    try:
        if response.is_redirect and response.status_code != httpx.codes.NOT_MODIFIED:
            raise OutboundError("redirect", f"status {response.status_code}")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise OutboundError("encoded", "we asked for no encoding")
        if into is not None and response.status_code == httpx.codes.OK:
            with into.open("wb") as file:
                await _read(response, door.max_bytes, file.write)
            return Answer(status=response.status_code, headers=dict(response.headers), body=b"")
        body = bytearray()
        await _read(response, _most(door, into), body.extend)
        return Answer(status=response.status_code, headers=dict(response.headers), body=bytes(body))
    finally:
        await response.aclose()


def _most(door: Door, into: Path | None) -> int:
    return door.max_bytes if into is None else min(door.max_bytes, _MOST_BESIDE_A_FILE)


async def _read(response: httpx.Response, most: int, take: Callable[[bytes], object]) -> None:
    size = 0
    async for piece in response.aiter_raw():
        size += len(piece)
        if size > most:
            raise OutboundError("too_large", f"more than {most} bytes")
        take(piece)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
