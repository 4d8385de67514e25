"""An area that is linked to an invented school system, and what its runs came to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from integrations.sandbox.agencies.invented import school_name
from integrations.sandbox.agencies.oneroster.state import CLIENT_ID, SECRET
from integrations.sandbox.agencies.wonde.state import TOKEN
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.agencies import RunningAgencies
from tests.support.connections import asked, keeper, make_connection, row_of, serving, set_credential
from tests.support.queue import drain
from tests.support.world import AreaMade, make_area

#: what a run can write besides its own row and its message
WRITTEN = (
    "connection_change", "connection_proposal", "connection_record", "connection_rejection", "connection_quarantine",
    "named_contact",
)  # fmt: skip
_SCHOOLS = """
insert into organisation (id, kind, name, urn, la_code, phase, category)
select s.id, 'establishment', s.name, s.urn, '999', 'primary', 'maintained_school_governing_body'
from unnest($1::uuid[], $2::text[], $3::integer[]) as s (id, name, urn) on conflict do nothing
"""
_PRESENT = """
insert into area_organisation (area_id, organisation_id, basis, valid_from)
select $1, id, 'covers_la', $3 from organisation where urn = any ($2)
"""


@dataclass(frozen=True)
class LinkedSchools:
    """An area, its connection, and the sandbox behind it."""

    area: AreaMade
    connection: UUID
    agencies: RunningAgencies
    agency: str

    async def run(self) -> dict[str, Any]:
        """Ask for a run, let the worker's jobs do it, and return its row."""
        run_id = await asked(self.area, self.connection)
        await drain()
        return await row_of(self.area, "connection_run", run_id)

    async def proposals(self, state: str = "open") -> list[dict[str, Any]]:
        """The proposals of a state, each with the URN it is about, by URN and post."""
        async with serving(self.area):
            rows = await sql.fetch(
                "select o.urn, p.external_id, p.action, p.proposed::text as proposed, p.present::text as present "
                "from connection_proposal p join organisation o on o.id = p.organisation_id "
                "where p.connection_id = $1 and p.state = $2 order by o.urn, p.proposed ->> 'post', p.external_id",
                self.connection,
                state,
            )
        return [{**row, "proposed": json.loads(row["proposed"])} for row in rows]

    async def rejections(self, run: Mapping[str, Any]) -> dict[str, str]:
        """The reasons by reference."""
        async with serving(self.area):
            rows = await sql.fetch("select reference, reason from connection_rejection where run_id = $1", run["id"])
        return {row["reference"]: row["reason"] for row in rows}

    async def written(self) -> dict[str, tuple[int, int]]:
        """How many rows there are of everything that a run may write, and which transactions wrote them."""
        found: dict[str, tuple[int, int]] = {}
        async with serving(self.area):
            for table in WRITTEN:
                row = await sql.fetch_one(f"select count(*) as rows, coalesce(sum(xmin::text::bigint), 0) from {table}")
                assert row is not None
                found[table] = (row[0], int(row[1]))
        return found

    async def options(self, **changed: Any) -> None:
        """Change options of the connection."""
        await self.alter("options = options || $2::text::jsonb", json.dumps(changed))

    async def alter(self, assignment: str, *values: Any) -> None:
        """Change the connection's row."""
        await alter(self.area, self.connection, assignment, *values)

    def asked(self, *, containing: str = "") -> list[dict[str, Any]]:
        """What the sandbox was asked."""
        return self.agencies.asked(self.agency, containing=containing)


async def alter(area: AreaMade, connection: UUID, assignment: str, *values: Any) -> None:
    """Change a connection's row."""
    async with tenant_scope(keeper(area)):
        await sql.execute(f"update agency_connection set {assignment} where id = $1", connection, *values)


async def read_people(area: AreaMade, connection: UUID) -> None:
    """Give a connection leave to propose people."""
    await alter(area, connection, "may_change = $2", ["people"])


async def put_schools(area: AreaMade, *, first_urn: int, names: Sequence[str]) -> None:
    """Put open schools of these names into the register, present in the area."""
    urns = list(range(first_urn, first_urn + len(names)))
    async with system_scope("test world", powers=["register"]):
        await sql.execute(_SCHOOLS, [uuid7() for _ in names], list(names), urns)
        await sql.execute(_PRESENT, area.id, urns, today())


async def link_oneroster(agencies: RunningAgencies, server: str = "s1", **options: Any) -> LinkedSchools:
    """An area whose schools keep a OneRoster server of the sandbox."""
    there = {each["name"]: each for each in agencies.do("oneroster", "servers")["servers"]}[server]
    area = await make_area()
    first = there["first_urn"] - 610_001
    names = [school_name(first + n, seed=1) for n in range(there["schools"])]
    await put_schools(area, first_urn=there["first_urn"], names=names)
    url = f"{agencies.url('oneroster')}/{server}"
    told = {"token_url": f"{url}/token", "client_id": CLIENT_ID, "calls_per_second": 1000, **options}
    connection = await make_connection(area, base_url=url, options=told)
    await set_credential(area, connection, kind="client_secret", value=SECRET)
    await read_people(area, connection)
    return LinkedSchools(area, connection, agencies, "oneroster")


async def link_wonde(agencies: RunningAgencies, **options: Any) -> LinkedSchools:
    """An area whose schools approved the link in the sandbox's Wonde."""
    area = await make_area()
    await put_schools(area, first_urn=620_001, names=[school_name(n, seed=1) for n in range(6)])
    url, told = f"{agencies.url('wonde')}/uk", {"calls_per_second": 1000, **options}
    connection = await make_connection(
        area, system="schools_wonde", base_url=url, options=told, auth_mode="bearer_token"
    )
    await set_credential(area, connection, kind="bearer_token", value=TOKEN)
    await read_people(area, connection)
    return LinkedSchools(area, connection, agencies, "wonde")
