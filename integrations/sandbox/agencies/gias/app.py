"""The register's download addresses: a file of a day, or 404 in the words of the storage behind it."""

from __future__ import annotations

import atexit
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from infra.clock import today
from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.gias.state import Register
from integrations.sandbox.agencies.messages import Reply, Request, html_reply

_FILE = re.compile(r"(?P<name>[a-z_]+?)(?P<day>[0-9]{8})\.csv")


def make(setup: Setup) -> Agency:
    """The register (`gias.rows`, `gias.trusts`), or the files of a folder that it is told to hold."""
    held = Path(setup.holds) if setup.holds else None
    register = Register(usual_rows=setup.number("rows", 200), trusts=setup.number("trusts", 20), held=held)
    register.forget()
    atexit.register(register.close)
    return Agency(
        name="gias",
        label="Get Information About Schools: the Department's extracts",
        routes=[
            Route(method="GET", path="/edubase/downloads/public/{file}", handler=partial(_download, register)),
        ],
        actions={"publish": partial(_publish, register), "withdraw": partial(_withdraw, register)},
        error=_error,
        seen=lambda: {"days": {day.isoformat(): rows for day, rows in register.days.items()}},
        reset=register.forget,
    )


def _download(register: Register, request: Request) -> Reply:
    asked = _FILE.fullmatch(request.parts["file"])
    day = _day(asked["day"]) if asked else None
    path = register.file(asked["name"], day) if asked and day else None
    if path is None:
        return _error(404)
    return _error(404) if not path.exists() else Reply(body=path.read_bytes(), headers={"Content-Type": "text/csv"})


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        return None


def _publish(register: Register, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The files of a day come out: `day` (ISO; today when missing), `rows`."""
    day = date.fromisoformat(told["day"]) if told.get("day") else today()
    register.days[day] = int(told.get("rows", register.usual_rows))
    return {"day": day.isoformat()}


def _withdraw(register: Register, told: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG001
    """No file of any day is there any more."""
    register.days.clear()
    return {}


def _error(status: int) -> Reply:
    return html_reply(f"<!DOCTYPE html><title>{status}</title><h1>The resource cannot be found.</h1>", status=status)
