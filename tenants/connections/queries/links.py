"""Reading connections as people see them: never a secret, only that there is one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from asyncpg import Record

from infra.clock import now
from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class CredentialRow:
    """That a credential is set: its kind, by whom and when, and when it ends. Never what it is."""

    kind: str
    set_at: datetime
    set_by_name: str
    expires_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectionRow:
    """A connection, its newest run, and how many of its proposals wait."""

    id: UUID
    area_id: int | None
    system: str
    name: str
    base_url: str
    auth_mode: str
    options: Mapping[str, Any]
    every_minutes: int | None
    may_change: tuple[str, ...]
    state: str
    state_reason: str | None
    stale_after_hours: int
    last_worked_at: datetime | None
    due_at: datetime | None
    created_at: datetime
    version: int
    credentials: tuple[CredentialRow, ...]
    run_id: UUID | None
    run_state: str | None
    run_problem: str | None
    waiting: int

    @property
    def stale_since(self) -> datetime | None:
        """Return since when it should have worked and has not, or None while it is fresh or runs only by hand."""
        if self.every_minutes is None or self.state not in ("active", "reauthorise"):
            return None
        since = (self.last_worked_at or self.created_at) + timedelta(hours=self.stale_after_hours)
        return since if since <= now() else None


_SELECT = """
select c.id, c.area_id, c.system, c.name, c.base_url, c.auth_mode, c.options::text as options, c.every_minutes,
    c.may_change, c.state, c.state_reason, c.stale_after_hours, c.last_worked_at, c.due_at, c.created_at, c.version,
    coalesce(k.listed, '[]') as credentials, r.id as run_id, r.state as run_state, r.problem as run_problem,
    (select count(*) from connection_proposal p where p.home = c.home and p.connection_id = c.id
        and p.state = 'open')::integer as waiting
from agency_connection c
left join lateral (
    select json_agg(json_build_array(k.kind, k.set_at, k.set_by_name, k.expires_on) order by k.kind)::text as listed
    from connection_credential k where k.connection_id = c.id
) k on true
left join lateral (
    select r.id, r.state, r.problem from connection_run r where r.connection_id = c.id order by r.id desc limit 1
) r on true
"""


async def connections(*, area_id: int | None) -> list[ConnectionRow]:
    """Return the connections of an area, or the national ones: those in use by name, then the retired; at most 200."""
    rows = await sql.fetch(
        f"{_SELECT} where c.home = coalesce($1, 0) order by c.state = 'retired', c.name, c.id limit 200", area_id
    )
    return [_row(row) for row in rows]


async def connection(*, connection_id: UUID) -> ConnectionRow | None:
    """Return one connection, or None when there is none that the reader may see."""
    row = await sql.fetch_one(f"{_SELECT} where c.id = $1", connection_id)
    return None if row is None else _row(row)


def _row(row: Record) -> ConnectionRow:
    listed = [
        CredentialRow(
            kind=kind,
            set_at=datetime.fromisoformat(set_at),
            set_by_name=name,
            expires_on=None if until is None else date.fromisoformat(until),
        )
        for kind, set_at, name, until in json.loads(row["credentials"])
    ]
    parts = {**row, "options": json.loads(row["options"]), "may_change": tuple(row["may_change"])}
    return ConnectionRow(**{**parts, "credentials": tuple(listed)})
