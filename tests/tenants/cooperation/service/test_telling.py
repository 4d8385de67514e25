"""Telling agencies, many at once; their acknowledgement, each new version again; their refusal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from infra.clock import today
from infra.ids import uuid7
from tenants.cooperation.queries import agencies as queries
from tenants.cooperation.service import choosing, telling
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import choose, contact, do
from tests.support.organisations import make_school
from tests.support.world import AreaMade, actor, make_area, manager


async def agency_in(area: AreaMade, name: str = "Meadow Primary School") -> tuple[UUID, UUID]:
    school = await make_school(area, name=name)
    return school, await choose(area, school)


async def tell(area: AreaMade, *agency_ids: UUID, **changes: Any) -> int:
    inputs = {"told_on": today(), "channel": "email", "arrangements_version": "Version 4", **changes}
    count: int = await do(manager(area), telling.tell, area_id=area.id, agency_ids=agency_ids, **inputs)
    return count


async def read(area: AreaMade, agency_id: UUID) -> queries.AgencyRow:
    async with tenant_scope(manager(area), readonly=True):
        found = await queries.agency(area_id=area.id, agency_id=agency_id)
    assert found is not None
    return found


async def test_many_are_told_at_once_and_each_telling_is_kept(database: Cluster) -> None:
    area = await make_area()
    agencies = [(await agency_in(area, f"School {n}"))[1] for n in range(3)]
    assert await tell(area, *agencies, agencies[0]) == 3
    assert await tell(area, *agencies[:1], channel="letter", arrangements_version="Version 5") == 1
    first = await read(area, agencies[0])
    assert (first.state, first.notified_version, first.notified_channel) == ("notified", "Version 5", "letter")
    async with tenant_scope(manager(area), readonly=True):
        told = await queries.tellings(area_id=area.id, agency_id=agencies[0])
    assert [row.arrangements_version for row in told] == ["Version 5", "Version 4"]


async def test_an_agency_acknowledges_and_reconfirms_each_new_version(database: Cluster) -> None:
    area = await make_area()
    school, agency = await agency_in(area)
    states = []
    for version in ("Version 4", "Version 5"):
        await tell(area, agency, arrangements_version=version)
        seen = await read(area, agency)
        await do(contact(area, school), telling.acknowledge, area_id=area.id, agency_id=agency, version=seen.version)
        now = await read(area, agency)
        states.append((now.state, now.acknowledged_version, now.acknowledged_by))
    assert states == [
        ("acknowledged", "Version 4", "Maya Contact"),
        ("reconfirmed", "Version 5", "Maya Contact"),
    ]


async def test_the_area_may_record_an_acknowledgement_that_came_another_way(database: Cluster) -> None:
    area = await make_area()
    _, agency = await agency_in(area)
    await tell(area, agency)
    inputs = {"area_id": area.id, "agency_id": agency, "version": 2}
    with pytest.raises(Invalid, match="who acknowledged it"):
        await do(manager(area), telling.acknowledge, **inputs)
    await do(manager(area), telling.acknowledge, acknowledged_by="Chair of governors, by letter", **inputs)
    assert (await read(area, agency)).acknowledged_by == "Chair of governors, by letter"


async def test_an_agency_may_decline_with_a_reason_and_be_told_again(database: Cluster) -> None:
    area = await make_area()
    school, agency = await agency_in(area)
    await tell(area, agency)
    refusal = {"area_id": area.id, "agency_id": agency, "version": 2}
    with pytest.raises(Invalid, match="reason"):
        await do(contact(area, school), telling.decline, reason=" ", **refusal)
    await do(contact(area, school), telling.decline, reason="We have no pupils from the area.", **refusal)
    declined = await read(area, agency)
    assert (declined.state, declined.state_reason) == ("declined", "We have no pupils from the area.")
    await tell(area, agency)
    assert (await read(area, agency)).state == "notified"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"arrangements_version": ""}, "arrangementsVersion"),
        ({"arrangements_version": "x" * 101}, "arrangementsVersion"),
        ({"told_on": date.max}, "toldOn"),
        ({"told_on": "tomorrow"}, "toldOn"),
    ],
)
async def test_a_bad_telling_is_a_problem_and_nobody_is_told(
    database: Cluster, changes: dict[str, Any], field: str
) -> None:
    area = await make_area()
    _, agency = await agency_in(area)
    tomorrow = today() + timedelta(days=1)  # of now: a midnight may have passed since the test was gathered
    with pytest.raises(Invalid) as problem:
        await tell(area, agency, **{key: tomorrow if said == "tomorrow" else said for key, said in changes.items()})
    assert problem.value.field == field
    assert (await read(area, agency)).state == "selected"


async def test_one_foreign_or_unfit_agency_stops_the_whole_telling(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    _, agency = await agency_in(area)
    _, foreign = await agency_in(other)
    _, ceased = await agency_in(area, "Closed School")
    await do(manager(area), choosing.cease, area_id=area.id, agency_id=ceased, version=1, reason="Closed.")
    for wrong, problem in ((foreign, NotFound), (uuid7(), NotFound), (ceased, WrongState)):
        with pytest.raises(problem):
            await tell(area, agency, wrong)
    with pytest.raises(Invalid):
        await tell(area)
    assert (await read(area, agency)).state == "selected"


async def test_nobody_acknowledges_for_another_or_before_being_told(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    school, agency = await agency_in(area)
    neighbour, _ = await agency_in(area, "Neighbour School")
    act = {"area_id": area.id, "agency_id": agency, "version": 1}
    with pytest.raises(WrongState):
        await do(contact(area, school), telling.acknowledge, **act)
    await tell(area, agency)
    act["version"] = 2
    for stranger in (contact(area, neighbour), manager(other), contact(other, school)):
        with pytest.raises((NotFound, NotAllowed)):
            await do(stranger, telling.acknowledge, **act)
    with pytest.raises(NotAllowed):
        await do(actor(Role.VIEWER, area_id=area.id), telling.acknowledge, **act)
    with pytest.raises(NotAllowed):
        await do(manager(area), telling.decline, reason="Not ours to say.", **act)
    with pytest.raises(Conflict):
        await do(contact(area, school), telling.acknowledge, **{**act, "version": 1})
    assert (await read(area, agency)).state == "notified"
