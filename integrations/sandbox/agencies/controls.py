"""The switches: over HTTP for tests, and as a page for whoever runs the demo."""

from __future__ import annotations

from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route
from integrations.sandbox.agencies.controls_page import page
from integrations.sandbox.agencies.faults import COMMON, fault_of
from integrations.sandbox.agencies.messages import Reply, Request, html_reply, json_reply
from integrations.sandbox.agencies.server import Sandbox

NAME = "controls"


def controls(sandbox: Sandbox) -> Agency:
    """The switches of a sandbox, served as if they were an agency of their own.

    `POST /controls/NAME/faults` {"kind", "times", "path", …}; `DELETE /controls/NAME/faults` and `/controls/faults`;
    `GET /controls/NAME` (faults, record, what it saw), `POST /controls/NAME/do/ACTION`, `POST /controls/reset`.
    """
    routes = (
        Route(method="GET", path="/", handler=lambda _: _page(sandbox)),
        Route(method="GET", path="/health", handler=lambda _: json_reply({"status": "ok"})),
        Route(method="POST", path="/reset", handler=lambda _: _reset(sandbox)),
        Route(method="DELETE", path="/faults", handler=partial(_clear, sandbox)),
        Route(method="GET", path="/{agency}", handler=partial(_show, sandbox)),
        Route(method="POST", path="/{agency}/faults", handler=partial(_set, sandbox)),
        Route(method="DELETE", path="/{agency}/faults", handler=partial(_clear, sandbox)),
        Route(method="POST", path="/{agency}/clear", handler=partial(_clear, sandbox)),
        Route(method="POST", path="/{agency}/do/{action}", handler=partial(_do, sandbox)),
    )
    return Agency(name=NAME, label="Controls", routes=routes)


def _page(sandbox: Sandbox) -> Reply:
    return html_reply(page(list(sandbox.agencies.values()), sandbox.faults, sandbox.record))


def _show(sandbox: Sandbox, request: Request) -> Reply:
    if (agency := sandbox.agencies.get(request.parts["agency"])) is None:
        return _unknown()
    waiting = [fault.shown() for fault in sandbox.faults.waiting(agency.name)]
    told: dict[str, Any] = {"label": agency.label, "faults": waiting, "asked": sandbox.record.of(agency.name)}
    return json_reply({**told, "seen": dict(agency.seen())})


def _set(sandbox: Sandbox, request: Request) -> Reply:
    if (agency := sandbox.agencies.get(request.parts["agency"])) is None:
        return _unknown()
    try:
        fault = fault_of(request.form or request.document)
    except ValueError:
        return json_reply({"error": "times is a whole number, or empty"}, status=422)
    if fault.kind not in {**COMMON, **agency.own_faults}:
        return json_reply({"error": f"no such fault: {fault.kind}"}, status=422)
    sandbox.faults.set(agency.name, fault)
    return _back() if request.form else json_reply(fault.shown(), status=201)


def _clear(sandbox: Sandbox, request: Request) -> Reply:
    sandbox.faults.clear(request.parts.get("agency"))
    return _back() if request.method == "POST" else Reply(status=204)


def _reset(sandbox: Sandbox) -> Reply:
    """Everything as it was at the start: no faults, nothing recorded, no changes that a test made."""
    sandbox.faults.clear()
    sandbox.record.clear()
    for agency in sandbox.agencies.values():
        agency.reset()
    return Reply(status=204)


def _do(sandbox: Sandbox, request: Request) -> Reply:
    agency = sandbox.agencies.get(request.parts["agency"])
    action = agency.actions.get(request.parts["action"]) if agency is not None else None
    if action is None:
        return _unknown()
    try:
        return json_reply(dict(action(request.document)))
    except (KeyError, ValueError) as error:
        return json_reply({"error": f"{type(error).__name__}: {error}"}, status=422)


def _unknown() -> Reply:
    return json_reply({"error": "no such agency or action"}, status=404)


def _back() -> Reply:
    return Reply(status=303, headers={"Location": "/controls"})
