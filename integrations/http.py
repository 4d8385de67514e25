"""The one door out of the house: every call to another system's HTTP address goes through `send`.

What a per-read timeout and a trusting client would let through is refused here: a body dripped one byte
at a time (total deadline), a body without end or a compressed bomb (byte cap, no content encoding),
a redirect to somewhere else, plain http to anything but this machine, and a host the caller did not allow.
"""

import asyncio
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from integrations.hosts import HostRule, is_this_machine, public_hosts


class OutboundError(Exception):
    """A call not made, or an answer not taken. `code` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


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


@dataclass(frozen=True, kw_only=True)
class Door:
    """How far a call may go: whom it may reach, seconds in all, bytes in all."""

    permits: HostRule = public_hosts
    total_seconds: float = 10.0
    max_bytes: int = 1_000_000


async def send(
    door: Door,
    method: str,
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    document: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request, answered within the door's limits whatever the other side does.

    `form` is sent as a web form, `document` as JSON.

    Raises `OutboundError` with code `insecure`, `host_refused`, `unreachable`, `deadline`, `redirect`,
    `too_large` or `encoded`.
    """
    try:
        async with asyncio.timeout(door.total_seconds):
            await _check_address(door, url)
            return await _exchange(door, method, url, _content(form, document), headers or {})
    except TimeoutError as error:
        raise OutboundError("deadline", f"more than {door.total_seconds} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise OutboundError("unreachable", type(error).__name__) from error


async def _check_address(door: Door, url: str) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError as error:
        raise OutboundError("insecure", "not an address") from error
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(host)):
        raise OutboundError("insecure", "only https may leave this machine")
    if not await door.permits(host, port):
        raise OutboundError("host_refused", host)


def _content(form: Mapping[str, str] | None, document: Mapping[str, Any] | None) -> tuple[str, bytes] | None:
    if document is not None:
        return "application/json", json.dumps(document).encode()
    return None if form is None else ("application/x-www-form-urlencoded", urlencode(form).encode())


async def _exchange(
    door: Door, method: str, url: str, typed_content: tuple[str, bytes] | None, headers: Mapping[str, str]
) -> Answer:
    asked = {"Accept": "application/json", **headers, "Accept-Encoding": "identity"}
    content = None
    if typed_content is not None:
        asked["Content-Type"], content = typed_content
    async with httpx.AsyncClient(
        verify=_tls(), follow_redirects=False, trust_env=False, timeout=door.total_seconds
    ) as client:
        async with client.stream(method, url, content=content, headers=asked) as response:
            if response.is_redirect:
                raise OutboundError("redirect", f"status {response.status_code}")
            if response.headers.get("content-encoding", "identity") != "identity":
                raise OutboundError("encoded", "we asked for no encoding")
            body = await _capped(response, door.max_bytes)
            return Answer(status=response.status_code, headers=dict(response.headers), body=body)


async def _capped(response: httpx.Response, most: int) -> bytes:
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > most:
            raise OutboundError("too_large", f"more than {most} bytes")
    return bytes(body)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
