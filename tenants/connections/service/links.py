"""Linking a system, changing what the link is, pausing, resuming and retiring it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from infra.clock import now
from infra.database import sql
from infra.ids import uuid7
from tenants.connections import errors
from tenants.connections.permissions import check_can_keep
from tenants.connections.queries.links import ConnectionRow
from tenants.connections.rules.drafts import Draft, as_kept, draft_problems
from tenants.connections.rules.systems import SYSTEMS
from tenants.connections.service import writing
from tenants.connections.tables import AgencyConnection
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.checks import tidy
from tenants.tenancy.errors import Problems, WrongState

_STOP = """
update connection_run set state = 'stopped', fence = fence + 1, problem = $2, finished_at = clock_timestamp()
where connection_id = $1 and state in ('queued', 'running')
"""
_END_HOOK = """
update connection_hook_secret set ends_at = now(), sealed = null
where connection_id = $1 and (ends_at is null or ends_at > now())
"""


async def link_system(*, by: Actor, area_id: int | None, draft: Draft) -> UUID:
    """Link a system to the area, or with no area to the whole country; return the connection's id.

    It runs as soon as its credentials are set and its time comes; a link that needs none runs at once.
    """
    check_can_keep(by, area_id=area_id)
    _refuse(draft, national=area_id is None)
    connection_id = uuid7()
    columns = _columns(draft)
    row = AgencyConnection(area_id=area_id, id=connection_id, system=draft.system, due_at=_due(draft), **columns)
    await AgencyConnection.insert(row).run()
    said = {**columns, "system": draft.system}
    await writing.audit(by=by, area_id=area_id, connection_id=connection_id, verb="link", after=said)
    return connection_id


async def change_connection(*, by: Actor, connection_id: UUID, version: int, draft: Draft) -> UUID:
    """Change what a connection is; the system stays.

    Where options or address changed the next run reads everything anew. Credentials do not go to another host: where
    the address leads elsewhere they are forgotten, and the connection waits for new ones.
    """
    row = await writing.find(by=by, connection_id=connection_id, version=version)
    _in_use(row.state)
    if draft.system != row.system:
        raise errors.system_stays()
    _refuse(draft, national=row.area_id is None)
    values: dict[str, Any] = _columns(draft)
    if draft.every_minutes != row.every_minutes:
        values["due_at"] = _due(draft)
    if json.loads(values["options"]) != row.options or values["base_url"] != row.base_url:
        values["watermark"] = None
    if _elsewhere(row, values):
        await forget_credentials(connection_id)
        if row.credentials:
            values |= {"state": "reauthorise", "state_reason": "The address has changed. Set the credentials again."}
    return await writing.change(by=by, row=row, values=values, verb="change")


async def pause_connection(*, by: Actor, connection_id: UUID, version: int, reason: str) -> UUID:
    """Stop a connection for now; a run under way ends at its next page."""
    row = await writing.find(by=by, connection_id=connection_id, version=version)
    _in_use(row.state)
    if row.state == "paused":
        raise WrongState("This connection is paused already.")
    why = checks.reason(reason)
    await sql.execute(_STOP, connection_id, "It was paused.")
    values = {"state": "paused", "state_reason": why}
    return await writing.change(by=by, row=row, values=values, verb="pause", reason=why)


async def resume_connection(*, by: Actor, connection_id: UUID, version: int) -> UUID:
    """Let a paused connection run again."""
    row = await writing.find(by=by, connection_id=connection_id, version=version)
    if row.state != "paused":
        raise WrongState("Only a paused connection can be resumed.")
    values: dict[str, Any] = {"state": "active", "state_reason": None}
    if row.every_minutes is not None:
        values["due_at"] = now()
    return await writing.change(by=by, row=row, values=values, verb="resume")


async def retire_connection(*, by: Actor, connection_id: UUID, version: int, reason: str) -> UUID:
    """End a connection for good: its credentials go, what came of it stays."""
    row = await writing.find(by=by, connection_id=connection_id, version=version)
    _in_use(row.state)
    why = checks.reason(reason)
    await sql.execute(_STOP, connection_id, "The connection was retired.")
    await forget_credentials(connection_id)
    await sql.execute(_END_HOOK, connection_id)
    values = {"state": "retired", "state_reason": why, "due_at": None}
    return await writing.change(by=by, row=row, values=values, verb="retire", reason=why)


async def forget_credentials(connection_id: UUID) -> None:
    """Delete what is kept secret for a connection, and the token it brought."""
    await sql.execute("delete from connection_credential where connection_id = $1", connection_id)
    await sql.execute("delete from connection_token where connection_id = $1", connection_id)


def _elsewhere(row: ConnectionRow, values: Mapping[str, Any]) -> bool:
    """Return whether what is secret would go to a host that it was not set for."""
    return _hosts(row.base_url, row.options) != _hosts(values["base_url"], json.loads(values["options"]))


def _hosts(base_url: str, options: Mapping[str, Any]) -> set[str]:
    addresses = [base_url, *(str(value) for key, value in options.items() if key.endswith("_url"))]
    return {f"{part.scheme}://{part.netloc}" for part in map(urlsplit, addresses)}


def _refuse(draft: Draft, *, national: bool) -> None:
    if found := list(draft_problems(draft, national=national)):
        raise Problems(found)


def _in_use(state: str) -> None:
    if state == "retired":
        raise errors.not_running(state)


def _due(draft: Draft) -> Any:
    return None if draft.every_minutes is None else now() + timedelta(minutes=5)


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "name": tidy(draft.name),
        "base_url": draft.base_url.strip(),
        "auth_mode": draft.auth_mode,
        "options": json.dumps(as_kept(draft.options, system=SYSTEMS[draft.system]), ensure_ascii=False),
        "every_minutes": draft.every_minutes,
        "may_change": sorted(draft.may_change),
        "stale_after_hours": draft.stale_after_hours,
    }
