"""Sends a reply over ASGI, spoilt by the common faults that wait for it."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import replace
from typing import Any

from integrations.sandbox.agencies.agency import Agency
from integrations.sandbox.agencies.faults import Fault, Faults
from integrations.sandbox.agencies.messages import Reply, html_reply

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
MAINTENANCE = "<!DOCTYPE html><title>Maintenance</title><h1>We’ll be back soon</h1><p>Planned maintenance.</p>"
MANY_BYTES = 20_000_000
_PIECE = 65_536


class HungUp(Exception):
    """Ends a connection in the middle of an answer, as the fault asked."""


def early(faults: Faults, agency: Agency, path: str) -> Reply | None:
    """The answer of a fault that keeps the agency from answering at all; None when there is none."""
    if fault := faults.take(agency.name, "status", path=path):
        return _status(agency, fault)
    if faults.take(agency.name, "html", path=path):
        return html_reply(MAINTENANCE)
    if fault := faults.take(agency.name, "redirect", path=path):
        return Reply(status=302, headers={"Location": str(fault.values.get("to", "http://127.0.0.1:9/elsewhere"))})
    return None


def _status(agency: Agency, fault: Fault) -> Reply:
    status = int(fault.number("status", 500))
    if "body" in fault.values:
        reply = Reply(status=status, body=str(fault.values["body"]).encode(), headers={"Content-Type": "text/plain"})
    else:
        reply = agency.error(status)
    after = fault.values.get("retry_after")
    return reply if after is None else reply.with_headers(Retry_After=str(after))


def spoilt(faults: Faults, agency: Agency, path: str, reply: Reply) -> Reply:
    """The reply with its bytes changed by the faults that wait."""
    if faults.take(agency.name, "malformed", path=path):
        reply = replace(reply, body=reply.body[: len(reply.body) // 2])
    if fault := faults.take(agency.name, "oversize", path=path):
        reply = replace(reply, body=reply.body + b" " * int(fault.number("bytes", MANY_BYTES)))
    if fault := faults.take(agency.name, "gzip_bomb", path=path):
        packed = gzip.compress(b"\0" * int(fault.number("bytes", MANY_BYTES)), 9)
        reply = replace(reply, body=packed).with_headers(Content_Encoding="gzip")
    return reply


async def deliver(send: Send, reply: Reply, *, faults: Faults, agency: Agency, path: str) -> None:
    """Send the reply, slowly or not to its end where a fault says so. Raises `HungUp` after half a body."""
    if fault := faults.take(agency.name, "slow", path=path):
        await asyncio.sleep(fault.number("seconds", 5))
    drip = faults.take(agency.name, "drip", path=path)
    cut = faults.take(agency.name, "truncate", path=path)
    headers = {**reply.headers, "Content-Length": str(len(reply.body))}
    named = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": named})
    body = reply.body[: len(reply.body) // 2] if cut else reply.body
    async for piece in _pieces(body, drip):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    if cut:
        raise HungUp
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _pieces(body: bytes, drip: Fault | None) -> AsyncIterator[bytes]:
    if drip is None:
        for start in range(0, len(body), _PIECE):
            yield body[start : start + _PIECE]
        return
    for start in range(len(body)):
        yield body[start : start + 1]
        await asyncio.sleep(drip.number("seconds", 0.05))
