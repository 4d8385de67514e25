"""Membership by one statement: offices held and vacant, the history page by page, one thing each, what is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from concordat_graphql import ids, paging
from concordat_graphql.answering import answer
from concordat_graphql.operations import run, stored
from infra.clock import today
from tenants.membership import service
from tenants.membership.rules import Kind, Office
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.shapes.same import compiled, one_answer, ordinary
from tests.support.cluster import Cluster
from tests.support.membership import START, Partnership, complete, make_partnership, person
from tests.support.organisations import make_body
from tests.support.world import actor, make_actor, make_area, official
from tests.tenants.overview import keeping

ODD = 'Zoë O\'Neill {p} %s \\ "q" _'
LATER = START + timedelta(days=700)


@dataclass(frozen=True, kw_only=True)
class World:
    """A partnership with a group, a seat that was held and is vacant, one never held, and a lead who has gone."""

    made: Partnership
    group: UUID
    seat: UUID


@pytest_asyncio.fixture(scope="module")
async def world(database: Cluster) -> World:
    made = await make_partnership()
    await complete(made)
    body = await make_body()
    who: dict[str, Any] = {"by": made.manager, "area_id": made.area.id}
    async with tenant_scope(made.manager):
        group = await service.add_group(**who, name=ODD, purpose=ODD, valid_from=START)
        seat = await service.add_seat(**who, title=ODD, group_id=group, valid_from=START)
        await service.add_seat(**who, title="Never held", group_id=group, valid_from=LATER)
        holder = person(ODD, ODD, organisation=ODD, telephone="01632 960 002")
        held = await service.appoint(**who, office=Office.SEAT, seat_id=seat, holder=holder, valid_from=START)
        gone = {"last_day": LATER, "reason": ODD, "version": 1}
        await service.end_appointment(**who, appointment_id=held, **gone)
        await service.end_appointment(**who, appointment_id=made.leads[Kind.POLICE], **gone)
        await service.link_partner(**who, partner_id=made.bodies[Kind.POLICE], version=1, organisation_id=body)
    return World(made=made, group=group, seat=seat)


def of(world: World, **more: Any) -> dict[str, Any]:
    return {"areaId": ids.encode("Area", world.made.area.id), **more}


async def test_who_is_in_which_office_and_what_is_vacant_since_when(world: World) -> None:
    await keeping.refresh(world.made.area)
    found = (await one_answer(stored()["AreaMembership"], by=world.made.manager, variables=of(world)))["membership"]
    vacancies = {row["partner"]["kind"]: row["lead"]["vacantSince"] for row in found["partners"]}
    after = (LATER + timedelta(days=1)).isoformat()
    assert vacancies == {"local_authority": None, "integrated_care_board": None, "police": after}
    seats = {seat["title"]: seat["filled"] for seat in found["seats"]}
    assert (seats[ODD]["vacantSince"], seats["Never held"]["vacantSince"]) == (after, LATER.isoformat())
    assert seats["Education, strategic"]["holder"]["personName"] == "Edie Head"
    assert found["completeness"]["missing"][0]["sentence"].startswith(f"{world.made.area.name} Police has had no lead")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INDEPENDENT_SCRUTINEER, Role.LEAD_SAFEGUARDING_PARTNER])
async def test_every_member_may_read_and_only_the_manager_edit(world: World, role: Role) -> None:
    await keeping.refresh(world.made.area)
    who = actor(role, area_id=world.made.area.id)
    found = await one_answer(stored()["AreaMembership"], by=who, variables=of(world, asAt=today().isoformat()))
    assert found["membership"]["mayEdit"] is False


async def test_another_day_is_for_the_ordinary_path(world: World) -> None:
    await keeping.refresh(world.made.area)
    variables = of(world, asAt=START.isoformat())
    for name in ("AreaMembership", "MembershipMissing"):
        document = stored()[name].replace("membershipCompleteness(areaId: $areaId)",
                                          'membershipCompleteness(areaId: $areaId, asAt: "2020-01-01")')  # fmt: skip
        assert await compiled(document, by=world.made.manager, variables=variables) is None


@pytest.mark.parametrize("name", ["MembershipMissing", "AreaHome", "AreaMembership"])
async def test_what_is_missing_is_read_from_the_kept_row_while_it_holds(database: Cluster, name: str) -> None:
    made = await make_partnership()
    manager = made.manager
    variables = {"areaId": ids.encode("Area", made.area.id), "slug": made.area.slug, "trail": True}
    await keeping.refresh(made.area)
    await one_answer(stored()[name], by=manager, variables=variables)
    async with tenant_scope(manager):
        await service.add_partner(by=manager, area_id=made.area.id, kind="police", valid_from=START,
                                  name=f"New force {name}")  # fmt: skip
    with capture_logs() as logs:
        assert await answer(stored()[name], actor=manager, variables=variables) is None
    assert logs == [], "a row that is being computed is nothing to look into"
    result = await run(stored()[name], actor=manager, variables=variables)
    assert f"New force {name} has had no lead" in str(result.data)
    await keeping.refresh(made.area)
    assert f"New force {name} has had no lead" in str(await one_answer(stored()[name], by=manager, variables=variables))


async def test_an_area_of_which_no_row_is_kept_is_computed(database: Cluster) -> None:
    made = await make_partnership()
    variables = {"areaId": ids.encode("Area", made.area.id)}
    assert await compiled(stored()["MembershipMissing"], by=made.manager, variables=variables) is None
    result = await run(stored()["MembershipMissing"], actor=made.manager, variables=variables)
    assert result.data == await ordinary(stored()["MembershipMissing"], by=made.manager, variables=variables)


async def test_every_scrutineer_tied_is_a_note_and_nothing_missing(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    await keeping.refresh(made.area)
    variables = {"areaId": ids.encode("Area", made.area.id)}
    found = await one_answer(stored()["MembershipMissing"], by=made.manager, variables=variables)
    assert found == {"membershipCompleteness": {"complete": True, "missing": [], "notes": []}}


async def test_the_history_page_after_page(world: World) -> None:
    document = stored()["MembershipHistory"].replace("first: 50", "first: 4")
    seen: list[str] = []
    after, more = None, True
    while more:
        page = await one_answer(document, by=world.made.manager, variables=of(world, after=after))
        seen += [row["id"] for row in page["membershipHistory"]["nodes"]]
        info = page["membershipHistory"]["pageInfo"]
        after, more = info["endCursor"], info["hasNextPage"]
    assert len(seen) == len(set(seen)) == 10
    assert len(page["membershipChairs"]) == 1


ONE = {
    "OneAppointment": lambda world: ("Appointment", world.made.leads[Kind.POLICE]),
    "AccountsToLink": lambda world: ("Appointment", world.made.delegates[Kind.POLICE]),
    "OnePartner": lambda world: ("PartnerBody", world.made.bodies[Kind.POLICE]),
    "OneGroup": lambda world: ("BoardGroup", world.group),
    "OneSeat": lambda world: ("BoardSeat", world.seat),
}


@pytest.mark.parametrize("name", ONE)
async def test_one_thing_and_null_for_one_of_another_area(world: World, name: str) -> None:
    opaque = ids.encode(*ONE[name](world))
    found = await one_answer(stored()[name], by=world.made.manager, variables=of(world, id=opaque))
    assert None not in found.values()
    other = await make_area()
    stranger = await make_actor(Role.BUSINESS_MANAGER, area=other)
    variables = {"areaId": ids.encode("Area", other.id), "id": opaque}
    assert None in (await one_answer(stored()[name], by=stranger, variables=variables)).values()


async def test_a_seat_by_itself_is_filled_as_at_no_day(world: World) -> None:
    document = """query($areaId: ID!, $id: ID!) { boardSeat(areaId: $areaId, id: $id) {
        title groupId educationLevel filled { vacantSince holder { personName } } } }"""
    variables = of(world, id=ids.encode("BoardSeat", world.seat))
    found = await one_answer(document, by=world.made.manager, variables=variables)
    assert (found["boardSeat"]["title"], found["boardSeat"]["filled"]) == (ODD, None)


async def test_the_accounts_of_an_area_with_all_their_roles(world: World) -> None:
    for name in ("Zoë First", "Adam Öst", "Zoë First"):
        await make_actor(Role.VIEWER, area=world.made.area, name=name)
    document = "query($areaId: ID!) { areaAccounts(areaId: $areaId) { personId name email roles roleLabels } }"
    found = (await one_answer(document, by=world.made.manager, variables=of(world)))["areaAccounts"]
    assert [one["name"] for one in found if one["roles"] == ["viewer"]] == ["Adam Öst", "Zoë First", "Zoë First"]


@pytest.mark.parametrize("who", [ANONYMOUS, official(), actor(Role.PLATFORM_ADMINISTRATOR)])
async def test_anyone_reads_the_same_of_what_is_published(world: World, who: Actor) -> None:
    found = (await one_answer(stored()["PublishedMembership"], by=who, variables=of(world)))["publishedMembership"]
    assert found["partners"][-1]["chairs"] is True
    assert (found["partners"][-1]["lead"], len(found["scrutineers"])) == (None, 1)


async def test_nothing_is_published_of_an_area_being_set_up_or_of_none(database: Cluster) -> None:
    made = await make_partnership(await make_area(lifecycle="setting_up"))
    for number in (made.area.id, 999_999_999):
        variables = {"areaId": ids.encode("Area", number)}
        found = await one_answer(stored()["PublishedMembership"], by=made.manager, variables=variables)
        assert found == {"publishedMembership": {"partners": [], "scrutineers": []}}


@pytest.mark.parametrize("name", ["AreaMembership", "MembershipHistory", "MembershipMissing"])
async def test_others_are_told_the_same_on_both_paths(world: World, name: str) -> None:
    await keeping.refresh(world.made.area)
    elsewhere = await make_actor(Role.BUSINESS_MANAGER, area=await make_area())
    for who in (elsewhere, official(), actor(Role.PLATFORM_ADMINISTRATOR), ANONYMOUS):
        one = await run(stored()[name], actor=who, variables=of(world))
        other = await run(stored()[name], actor=who, variables=of(world), compiled=False)
        told = [[error.formatted for error in each.errors or []] for each in (one, other)]
        assert (one.data, told[0]) == (other.data, told[1])


@pytest.mark.parametrize("day", [date(2020, 1, 1), LATER, date(2031, 1, 1)])
async def test_the_day_of_a_cursor_is_bound_as_a_day(world: World, day: date) -> None:
    after = paging.cursor(day.isoformat(), world.seat)
    await one_answer(stored()["MembershipHistory"], by=world.made.manager, variables=of(world, after=after))
