"""Choosing relevant agencies: with a statutory category and a reason, once, by the area's manager."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from infra.ids import uuid7
from tenants.audit import queries as audit
from tenants.cooperation.queries import agencies as queries
from tenants.cooperation.service import choosing
from tenants.organisations import queries as register
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import MAINTAINED, ask, choose, chosen_school, contact, do, request_of
from tests.support.organisations import make_body, make_school
from tests.support.world import AreaMade, actor, make_area, manager, official

REASON = "It educates children who live here."


async def read(area: AreaMade, agency_id: UUID) -> queries.AgencyRow:
    async with tenant_scope(manager(area), readonly=True):
        found = await queries.agency(area_id=area.id, agency_id=agency_id)
    assert found is not None
    return found


async def names(area: AreaMade, by: Actor | None = None, **where: Any) -> list[str]:
    async with tenant_scope(by or manager(area), readonly=True):
        return [row.name for row in await queries.agencies(area_id=area.id, **where)]


async def test_a_school_is_chosen_under_the_category_the_register_gives_it(database: Cluster) -> None:
    area = await make_area()
    agency = await read(area, await choose(area, await make_school(area), expectation="Send your return each autumn."))
    assert (agency.name, agency.category_label, agency.state, agency.version) == (
        "Meadow Primary School",
        "Maintained school governing body",
        "selected",
        1,
    )
    assert agency.expectation == "Send your return each autumn."


async def test_the_choice_is_in_the_audit_trail_with_its_reason_and_law(database: Cluster) -> None:
    area = await make_area()
    await choose(area, await make_school(area))
    async with tenant_scope(manager(area), readonly=True):
        (entry,) = await audit.entries(area_id=area.id)
    assert (entry.action, entry.reason) == ("agency.choose", REASON)
    assert "s.16E" in (entry.legal_basis or "")


async def test_a_body_from_elsewhere_becomes_present_in_the_area(database: Cluster) -> None:
    area = await make_area()
    body = await make_body(name="Rail Police")
    with pytest.raises(Invalid, match="statutory category"):
        await choose(area, body)
    await choose(area, body, category="british_transport_police")
    async with tenant_scope(manager(area), readonly=True):
        assert await register.areas_of(organisation_id=body) == [area.id]


async def test_what_was_considered_and_not_chosen_can_be_chosen_later(database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area)
    first = await choose(area, school, chosen=False, reason="No pupils from this area yet.")
    assert (await read(area, first)).state == "not_selected"
    assert await choose(area, school) == first
    assert (await read(area, first)).state == "selected"


async def test_an_agency_is_on_the_list_once(database: Cluster) -> None:
    area = await make_area()
    school = await chosen_school(area)
    with pytest.raises(WrongState, match="already on this area's list"):
        await choose(area, school)


async def test_all_schools_of_the_area_can_be_chosen_at_once_and_again_without_harm(database: Cluster) -> None:
    area, elsewhere = await make_area(), await make_area()
    for number in range(3):
        await make_school(area, name=f"School {number}")
    await make_school(elsewhere, name="Not ours")
    await chosen_school(area, name="Chosen before")
    inputs = {"area_id": area.id, "categories": [MAINTAINED], "reason": REASON}
    assert await do(manager(area), choosing.choose_establishments, **inputs) == 3
    assert await do(manager(area), choosing.choose_establishments, **inputs) == 0
    assert await names(area) == ["Chosen before", "School 0", "School 1", "School 2"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
        ({"category": "wizard"}, "category"),
        ({"expectation": "x" * 4001}, "expectation"),
        ({"contact_email": "not an address"}, "contactEmail"),
        ({"contact_name": "x" * 201}, "contactName"),
    ],
)
async def test_a_bad_choice_is_a_problem_and_nothing_is_written(
    database: Cluster, changes: dict[str, str], field: str
) -> None:
    area = await make_area()
    with pytest.raises(Invalid) as problem:
        await choose(area, await make_school(area), **changes)
    assert problem.value.field == field
    assert await names(area) == []


async def test_an_organisation_that_does_not_exist_is_not_found(database: Cluster) -> None:
    with pytest.raises(NotFound):
        await choose(await make_area(), uuid7())


@pytest.mark.parametrize("who", ["viewer", "scrutineer", "other area", "official", "school", "expired"])
async def test_only_the_areas_manager_chooses(database: Cluster, who: str) -> None:
    area, other = await make_area(), await make_area()
    school = await make_school(area)
    by = {
        "viewer": actor(Role.VIEWER, area_id=area.id),
        "scrutineer": actor(Role.INDEPENDENT_SCRUTINEER, area_id=area.id),
        "other area": manager(other),
        "official": official(),
        "school": contact(area, school),
        "expired": Actor(kind="person", name="Was Manager", id=uuid7()),  # grants are those valid today: none
    }[who]
    with pytest.raises(NotAllowed):
        await do(by, choosing.choose, area_id=area.id, organisation_id=school, reason=REASON)
    assert await names(area) == []


async def test_revising_takes_the_version_that_was_read(database: Cluster) -> None:
    area = await make_area()
    agency_id = await choose(area, await make_school(area))
    inputs = {"area_id": area.id, "agency_id": agency_id, "reason": "A new reason.", "expectation": None}
    await do(manager(area), choosing.revise, version=1, contact_email="Office@Meadow.example.org", **inputs)
    assert (await read(area, agency_id)).contact_email == "office@meadow.example.org"
    with pytest.raises(Conflict):
        await do(manager(area), choosing.revise, version=1, **inputs)


async def test_ceasing_cancels_what_the_agency_still_owed(database: Cluster) -> None:
    area = await make_area()
    school = await chosen_school(area)
    await ask(area)
    agency = (await request_of(area, school)).agency_id
    await do(manager(area), choosing.cease, area_id=area.id, agency_id=agency, version=1, reason="The school closed.")
    assert (await read(area, agency)).state == "ceased"
    request = await request_of(area, school)
    assert (request.state, request.state_reason) == ("cancelled", "The school closed.")
    assert await choose(area, school) == agency


async def test_agencies_are_searched_filtered_and_paged(database: Cluster) -> None:
    area = await make_area()
    for name in ("Ash School", "Birch School", "Cedar College", "Dogwood School"):
        await chosen_school(area, name=name)
    assert await names(area, search="school") == ["Ash School", "Birch School", "Dogwood School"]
    assert await names(area, search="100%_") == []
    assert await names(area, state="notified") == []
    assert await names(area, category=MAINTAINED, limit=2) == ["Ash School", "Birch School"]
    async with tenant_scope(manager(area), readonly=True):
        first = await queries.agencies(area_id=area.id, limit=2)
    assert await names(area, after=(first[-1].name, first[-1].id)) == ["Cedar College", "Dogwood School"]


async def test_notes_are_the_areas_alone(database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area)
    agency_id = await choose(area, school)
    note = {"area_id": area.id, "agency_id": agency_id, "body": "New head from January."}
    await do(manager(area), choosing.add_note, **note)
    with pytest.raises(NotAllowed):
        await do(contact(area, school), choosing.add_note, **note)
    with pytest.raises(Invalid, match="NHS number"):
        await do(manager(area), choosing.add_note, **{**note, "body": "About 943 476 5919"})
    async with tenant_scope(manager(area), readonly=True):
        assert [n.body for n in await queries.notes(area_id=area.id, agency_id=agency_id)] == ["New head from January."]
    async with tenant_scope(contact(area, school), readonly=True):
        assert await queries.notes(area_id=area.id, agency_id=agency_id) == []


async def test_candidates_are_those_not_on_the_list_the_areas_own_first(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    await chosen_school(area, name="Quarrylane Infants")
    ours, theirs = await make_school(area, name="Quarrylane Juniors"), await make_school(other, name="Quarrylane Abbey")
    async with tenant_scope(manager(area), readonly=True):
        rows = await queries.candidates(area_id=area.id, search="quarrylane")
    assert [row.id for row in rows] == [ours, theirs]
