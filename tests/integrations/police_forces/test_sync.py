"""The directory of forces into the register: entered, renamed, found by name, closed; a short list closes nothing."""

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
from integrations.errors import AgencyBroken, AgencyRefused
from integrations.neighbour import forget_neighbours
from integrations.police_forces.mapping import Unusable, listed_of
from integrations.police_forces.sync import CONNECTOR
from tenants.organisations import service
from tenants.organisations.rules import Kind
from tenants.tenancy.scope import tenant_scope
from tests.integrations.nhs_ods.conftest import DOOR
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, make_connection, row_of
from tests.support.organisations import administrator

_numbers = itertools.count(1)


@dataclass(frozen=True)
class LinkedForces:
    """The connection and the invented directory; `own` is a name that no other test has."""

    agencies: RunningAgencies
    connection: UUID
    own: str

    async def run(self) -> dict[str, Any]:
        run_id = await asked(None, self.connection)
        started = await begun(None, run_id)
        scopes = scopes_of(area_id=None, powers=CONNECTOR.powers)
        await carry(Work(begun=started, link=link_of(started), connector=CONNECTOR, scopes=scopes, door=DOOR))
        return dict(await row_of(None, "connection_run", run_id))

    def name(self, key: str, name: str) -> None:
        self.agencies.do("datapolice", "name", id=key, name=name)


@pytest.fixture
async def linked(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[LinkedForces]:
    forget_neighbours()
    connection = await make_connection(
        None, system="police_forces", name="Forces", base_url=f"{agencies.url('datapolice')}/api", auth_mode="none",
        options={"calls_per_second": 1000},
    )  # fmt: skip
    async with tenant_scope(administrator()):
        await sql.execute(
            "update agency_connection set may_change = array['names', 'status'] where id = $1", connection
        )
    yield LinkedForces(agencies, connection, f"Force of Test {next(_numbers)}")
    forget_neighbours()


async def force(name: str) -> Record | None:
    async with tenant_scope(administrator(), readonly=True):
        return await sql.fetch_one("select * from organisation where kind = 'police_force' and name = $1", name)


async def test_forces_are_entered_once_and_those_of_other_kinds_left_out(linked: LinkedForces) -> None:
    linked.name(f"own-{next(_numbers)}", linked.own)
    first, again = await linked.run(), await linked.run()
    assert (first["state"], first["read"]) == ("done", 4)
    assert (again["applied"], again["unchanged"]) == (0, 4)
    found = await force(linked.own)
    assert found is not None
    assert (found["status"], found["ods_code"]) == ("open", None)
    assert await force("Police Service of Northern Ireland") is None


async def test_a_force_that_a_person_entered_is_found_by_its_name(linked: LinkedForces) -> None:
    who = administrator()
    async with tenant_scope(who):
        entered = await service.register_body(by=who, kind=Kind.POLICE_FORCE, name=linked.own)
    key = f"own-{next(_numbers)}"
    linked.name(key, linked.own)
    await linked.run()
    linked.name(key, f"{linked.own} Renamed")
    run = await linked.run()
    renamed = await force(f"{linked.own} Renamed")
    assert renamed is not None
    assert (run["applied"], renamed["id"]) == (1, entered)


async def test_a_name_that_a_person_gave_since_stays(linked: LinkedForces) -> None:
    key = f"own-{next(_numbers)}"
    linked.name(key, linked.own)
    await linked.run()
    found, who = await force(linked.own), administrator()
    assert found is not None
    async with tenant_scope(who):
        await service.rename_body(by=who, organisation_id=found["id"], name=f"{linked.own} as we say")
    linked.name(key, f"{linked.own} as they say")
    await linked.run()
    assert await force(f"{linked.own} as we say") is not None


async def test_a_force_no_longer_listed_counts_as_closed(linked: LinkedForces) -> None:
    key = f"own-{next(_numbers)}"
    linked.name(key, linked.own)
    await linked.run()
    linked.agencies.do("datapolice", "remove", id=key)
    assert (await linked.run())["applied"] == 1
    found = await force(linked.own)
    assert found is not None
    assert found["status"] == "closed"


async def test_a_list_cut_short_closes_nothing(linked: LinkedForces) -> None:
    linked.name(f"own-{next(_numbers)}", linked.own)
    await linked.run()
    for key in ("ashdale", "brambleshire", "combe-and-tarn"):
        linked.agencies.do("datapolice", "remove", id=key)
    with pytest.raises(AgencyBroken, match="far shorter"):
        await linked.run()
    found = await force("Ashdale Constabulary")
    assert found is not None
    assert found["status"] == "open"


@pytest.mark.parametrize(
    ("kind", "values", "error"),
    [("status", {"status": 404}, AgencyRefused), ("html", {}, AgencyBroken), ("malformed", {}, AgencyBroken)],
)
async def test_an_answer_that_is_no_directory_is_said_so(
    linked: LinkedForces, kind: str, values: dict[str, Any], error: type[Exception]
) -> None:
    linked.agencies.fault("datapolice", kind, **values)
    with pytest.raises(error):
        await linked.run()


@pytest.mark.parametrize("row", [None, {}, {"id": "x"}, {"id": "Upper", "name": "A"}, {"id": "ok-force", "name": "x"}])
def test_a_row_that_does_not_fit_is_refused(row: object) -> None:
    with pytest.raises(Unusable):
        listed_of(row)
