"""An area linked to the invented force's feed, with a secret or a certificate of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from infra.database import sql
from integrations.engine.carry import Work, carry, link_of
from integrations.engine.scopes import scopes_of
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.neighbour import forget_neighbours
from integrations.police_indicators.sync import CONNECTOR
from integrations.sandbox.agencies.entra.state import APPLICATION, CLIENT_ID, SECRET
from integrations.sandbox.agencies.entra.tokens import TENANT
from tenants.tenancy.scope import tenant_scope
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, keeper, make_connection, row_of, set_credential
from tests.support.world import AreaMade, make_area

DOOR = Door(permits=only_hosts("127.0.0.1"), total_seconds=5.0, max_bytes=5_000_000)
GSS = "E10000099"
TABLES = ("indicator_observation", "indicator_definition", "connection_change", "audit.event")


@dataclass(frozen=True)
class LinkedForce:
    """The area, its connection, and the sandbox behind it."""

    agencies: RunningAgencies
    area: AreaMade
    connection: UUID

    async def work(self, *, run_id: UUID | None = None, cause: Any = "by_hand") -> Work:
        """A new run, begun; or one that another worker may have begun already."""
        started = await begun(self.area, run_id or await asked(self.area, self.connection, cause=cause))
        return Work(
            begun=started,
            link=link_of(started),
            connector=CONNECTOR,
            scopes=scopes_of(area_id=self.area.id, powers=CONNECTOR.powers),
            door=DOOR,
        )

    async def run(self, *, cause: Any = "by_hand") -> dict[str, Any]:
        """A whole run; its row."""
        work = await self.work(cause=cause)
        await carry(work)
        return dict(await row_of(self.area, "connection_run", work.begun.run_id))

    async def alter(self, assignment: str, *values: Any) -> None:
        """Change the connection's row."""
        async with tenant_scope(keeper(self.area)):
            await sql.execute(f"update agency_connection set {assignment} where id = $1", self.connection, *values)

    async def rejections(self, run: dict[str, Any]) -> list[tuple[str, str]]:
        """Reference and reason of what a run did not take."""
        async with tenant_scope(keeper(self.area), readonly=True):
            rows = await sql.fetch(
                "select reference, reason from connection_rejection where run_id = $1 order by 1", run["id"]
            )
        return [(row["reference"], row["reason"]) for row in rows]

    async def written(self) -> dict[str, tuple[int, int]]:
        """How many rows there are of what a run may write, and which transactions wrote them."""
        found = {}
        async with tenant_scope(keeper(self.area), readonly=True):
            for table in TABLES:
                row = await sql.fetch_one(
                    f"select count(*), coalesce(sum(xmin::text::bigint), 0)::bigint from {table} where area_id = $1",
                    self.area.id,
                )
                assert row is not None
                found[table] = (row[0], row[1])
        return found


@pytest.fixture
async def linked(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[LinkedForce]:
    forget_neighbours()
    made = await link(agencies)
    await set_credential(made.area, made.connection, kind="client_secret", value=SECRET)
    yield made
    forget_neighbours()


async def link(agencies: RunningAgencies, *, auth_mode: str = "client_secret", **options: Any) -> LinkedForce:
    """A connection that may change figures, without its credential."""
    area = await make_area()
    told = {
        "calls_per_second": 1000,
        "token_url": f"{agencies.url('entra')}/{TENANT}/oauth2/v2.0/token",
        "client_id": CLIENT_ID,
        "scope": f"{APPLICATION}/.default",
        "places": {GSS: area.la_code},
    }
    connection = await make_connection(
        area, system="police_indicators", name="Testshire Police", base_url=agencies.url("police"),
        auth_mode=auth_mode, options={**told, **options},
    )  # fmt: skip
    made = LinkedForce(agencies, area, connection)
    await made.alter("may_change = array['figures']")
    return made
