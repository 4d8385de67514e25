"""A national connection to the local NHS directory, with bodies that no other test has."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from asyncpg import Record

from infra.database import sql
from integrations.engine.carry import Work, carry, link_of
from integrations.engine.scopes import scopes_of
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.neighbour import forget_neighbours
from integrations.nhs_ods.sync import CONNECTOR
from tenants.connections.runs import Cause
from tenants.tenancy.scope import tenant_scope
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, make_connection, row_of, set_credential
from tests.support.organisations import administrator

DOOR = Door(permits=only_hosts("127.0.0.1"), total_seconds=5.0, max_bytes=5_000_000)
FHIR = "organisation-data-terminology-api/fhir"
WRITTEN = ("agency_connection", "connection_change", "connection_record", "organisation", "organisation_history",
    "organisation_lineage", "organisation_directory_entry", "organisation_affiliation")  # fmt: skip
prefixes = ("".join(pair) for pair in itertools.product("ABCDEFGHJKLMNPRSTUVWY", repeat=2))


@dataclass(frozen=True)
class Linked:
    """The connection, the local NHS behind it, and the letters that this test's codes begin with."""

    agencies: RunningAgencies
    connection: UUID
    prefix: str

    def board(self, number: int) -> str:
        return f"Q{self.prefix}{number:03d}"

    def location(self, number: int, which: int = 0) -> str:
        return f"{number:03d}{self.prefix}{which}"

    def do(self, action: str, **told: Any) -> dict[str, Any]:
        return self.agencies.do("nhs", action, **told)

    async def work(self, *, cause: Cause = "by_hand") -> Work:
        """A new run, begun."""
        return await self.begin_again(await asked(None, self.connection, cause=cause))

    async def begin_again(self, run_id: UUID) -> Work:
        """A run that another worker may have begun already."""
        started = await begun(None, run_id)
        return Work(
            begun=started,
            link=link_of(started),
            connector=CONNECTOR,
            scopes=scopes_of(area_id=None, powers=CONNECTOR.powers),
            door=DOOR,
        )

    async def run(self) -> dict[str, Any]:
        """A whole run; returns its row."""
        work = await self.work()
        await carry(work)
        return await row_of(None, "connection_run", work.begun.run_id)

    async def organisation(self, code: str) -> Record | None:
        async with tenant_scope(administrator(), readonly=True):
            return await sql.fetch_one("select * from organisation where ods_code = $1", code)

    def queries(self) -> list[dict[str, str]]:
        """What the directory was searched for."""
        return [each["query"] for each in self.agencies.asked("nhs") if each["path"].endswith("/Organization")]


@pytest.fixture
async def linked(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[Linked]:
    forget_neighbours()
    prefix = next(prefixes)
    connection = await link(agencies, auth_mode="api_key", way="live")
    await set_credential(None, connection, kind="api_key", value="sandbox-api-key")
    agencies.do("nhs", "invent", boards=3, trusts_per_board=1, prefix=prefix)
    yield Linked(agencies, connection, prefix)
    forget_neighbours()


async def link(agencies: RunningAgencies, *, auth_mode: str, way: str, **options: Any) -> UUID:
    """A connection that may change names and standing."""
    connection = await make_connection(
        None,
        system="nhs_ods",
        name="NHS directory",
        base_url=f"{agencies.url('nhs')}/{way}/{FHIR}",
        auth_mode=auth_mode,
        options={"calls_per_second": 1000, "end_user_ods": "X26", **options},
    )
    async with tenant_scope(administrator()):
        await sql.execute(
            "update agency_connection set may_change = array['names', 'status'] where id = $1", connection
        )
    return connection


async def watermark(connection: UUID) -> str | None:
    return (await row_of(None, "agency_connection", connection))["watermark"]
