"""The sandbox as an ASGI application: finds the agency and its route, lets its faults interfere, keeps a record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route
from integrations.sandbox.agencies.delivery import HungUp, Send, deliver, early, spoilt
from integrations.sandbox.agencies.faults import Faults
from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.record import Record

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
MOST_BYTES = 5_000_000


@dataclass(frozen=True, kw_only=True)
class Sandbox:
    """The running agencies by name, their faults and their record."""

    agencies: Mapping[str, Agency]
    faults: Faults
    record: Record = field(default_factory=Record)


def application(sandbox: Sandbox, controls: Agency) -> Application:
    """The sandbox and its switches as an ASGI application."""

    async def answer(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _answer(sandbox, controls, await _request(scope, receive), send)

    return answer


async def _answer(sandbox: Sandbox, controls: Agency, named: tuple[str, Request], send: Send) -> None:
    name, request = named
    if (agency := sandbox.agencies.get(name)) is not None:
        await _ask(sandbox, agency, request, send)
        return
    reply = _routed(controls.routes, request) if name in ("", controls.name) else _not_found()
    await deliver(send, reply, faults=Faults(), agency=controls, path="")


async def _ask(sandbox: Sandbox, agency: Agency, request: Request, send: Send) -> None:
    path = f"{request.path}?{request.query_string}"
    reply = early(sandbox.faults, agency, path) or _routed(agency.routes, request)
    sandbox.record.note(agency.name, request, reply.status)
    try:
        await deliver(
            send,
            spoilt(sandbox.faults, agency, path, reply),
            faults=sandbox.faults,
            agency=agency,
            path=path,
        )
    except HungUp:
        return  # the server closes a connection whose answer is not complete


def _routed(routes: Sequence[Route], request: Request) -> Reply:
    known = False
    for route in routes:
        if found := route.pattern.fullmatch(request.path):
            known = True
            if route.method == request.method:
                return route.handler(replace(request, parts=found.groupdict()))
    return json_reply({"error": "method not allowed"}, status=405) if known else _not_found()


def _not_found() -> Reply:
    return json_reply({"error": "not found"}, status=404)


async def _request(scope: MutableMapping[str, Any], receive: Receive) -> tuple[str, Request]:
    """The name of the agency, and the request below it."""
    body, more = b"", True
    while more and len(body) <= MOST_BYTES:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    _, name, *rest = scope["path"].split("/", 2)
    return name, Request(
        method=scope["method"],
        path="/" + "".join(rest),
        query_string=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=body,
        origin=f"{scope['scheme']}://{headers.get('host', '')}",
    )
