"""Connections for the tests, and the scopes in which the engine serves them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from infra.database import sql
from infra.database.scope import Scope
from infra.ids import uuid7
from tenants.connections import runs, sealing
from tenants.connections.runs import Begun
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.organisations import administrator
from tests.support.world import AreaMade, manager


def keeper(area: AreaMade | None) -> Actor:
    """Return who keeps the area's connections: its business manager; for no area a platform administrator."""
    return administrator() if area is None else manager(area)


def engine(area: AreaMade | None) -> Actor:
    """Return the worker that serves a connection of the area, or a national one."""
    return worker_actor("connection.run", areas=[] if area is None else [area.id], powers=["agencies"])


def serving(area: AreaMade | None) -> Scope:
    """Return the scope in which the engine serves a connection of the area, or a national one."""
    return tenant_scope(engine(area))


async def make_connection(
    area: AreaMade | None = None,
    *,
    system: str = "schools_oneroster",
    name: str = "Schools of Testshire",
    options: Mapping[str, Any] | None = None,
    every_minutes: int | None = None,
    base_url: str = "https://agency.example",
    auth_mode: str = "client_secret",
) -> UUID:
    """Link a system, as a row: what people may enter is not the concern of whoever calls this."""
    connection_id = uuid7()
    async with tenant_scope(keeper(area)):
        await sql.execute(
            "insert into agency_connection (area_id, id, system, name, base_url, auth_mode, options, every_minutes) "
            "values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8)",
            None if area is None else area.id,
            connection_id,
            system,
            name,
            base_url,
            auth_mode,
            json.dumps(dict(options or {})),
            every_minutes,
        )
    return connection_id


async def asked(area: AreaMade | None, connection_id: UUID, *, cause: runs.Cause = "by_hand") -> UUID:
    """Ask for a run."""
    who = keeper(area)
    async with tenant_scope(who):
        return await runs.ask(by=who, connection_id=connection_id, cause=cause)


async def begun(area: AreaMade | None, run_id: UUID) -> Begun:
    """Begin a run that can be begun."""
    async with serving(area):
        found = await runs.begin(run_id=run_id)
    assert found is not None
    return found


async def set_credential(area: AreaMade | None, connection_id: UUID, *, kind: str, value: str) -> None:
    """Seal a credential, as a row."""
    async with tenant_scope(keeper(area)):
        place = await sealing.place_of(connection_id=connection_id)
        sealed = sealing.seal(value, place=place.of(kind))
        await sql.execute(
            "insert into connection_credential (area_id, connection_id, kind, sealed, key_id, set_by_name) "
            "select area_id, id, $2, $3, $4, 'A test' from agency_connection where id = $1",
            connection_id,
            kind,
            sealed,
            sealing.key_id(sealed),
        )


async def row_of(area: AreaMade | None, table: str, row_id: UUID) -> dict[str, Any]:
    """Return a row of a connection's table, as the engine reads it."""
    async with serving(area):
        row = await sql.fetch_one(f"select * from {table} where id = $1", row_id)
    assert row is not None
    return dict(row)
