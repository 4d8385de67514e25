"""Reading membership over GraphQL: members everything, officials what is missing, anyone what is published."""

from __future__ import annotations

import pytest

from concordat_graphql.ids import encode
from tenants.audit import queries as audit
from tenants.membership.rules import Kind
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import area_id, ask, refusal_of
from tests.graphql.intervention.test_queries import counted
from tests.support.cluster import Cluster
from tests.support.membership import complete, make_partnership
from tests.support.world import actor, make_area, manager, official


@pytest.mark.parametrize("role", [Role.BUSINESS_MANAGER, Role.VIEWER, Role.INDEPENDENT_SCRUTINEER])
async def test_every_member_reads_and_only_the_manager_may_edit(database: Cluster, role: Role) -> None:
    made = await make_partnership()
    await complete(made)
    who = actor(role, area_id=made.area.id)
    found = (await ask("AreaMembership", who, areaId=area_id(made.area)))["membership"]
    assert found["mayEdit"] is (role is Role.BUSINESS_MANAGER)
    assert [row["lead"]["holder"]["email"] for row in found["partners"]] == ["lena@example.org"] * 3
    assert (found["chair"]["personName"], found["completeness"]["complete"]) == ("Dev Police", True)
    history = (await ask("MembershipHistory", who, areaId=area_id(made.area)))["membershipHistory"]
    assert len(history["nodes"]) == 9


async def test_as_at_a_day_before_anyone_there_is_nobody(database: Cluster) -> None:
    made = await make_partnership()
    found = await ask("AreaMembership", made.manager, areaId=area_id(made.area), asAt="2018-01-01")
    assert (found["membership"]["partners"], len(found["membership"]["completeness"]["missing"])) == ([], 7)


@pytest.mark.parametrize("name", ["AreaMembership", "MembershipHistory"])
async def test_others_are_refused(database: Cluster, name: str) -> None:
    made = await make_partnership()
    area = area_id(made.area)
    assert await refusal_of(name, manager(await make_area()), areaId=area) == "FORBIDDEN"
    assert await refusal_of(name, official(), areaId=area) == "FORBIDDEN"
    assert await refusal_of(name, ANONYMOUS, areaId=area) == "UNAUTHENTICATED"


async def test_one_appointment_is_read_by_members_and_null_from_another_area(database: Cluster) -> None:
    made, other = await make_partnership(), await make_area()
    lead = encode("Appointment", made.leads[Kind.POLICE])
    mine = await ask("OneAppointment", made.manager, areaId=area_id(made.area), id=lead)
    assert mine["appointment"]["personName"] == "Lena Police"
    theirs = await ask("OneAppointment", manager(other), areaId=area_id(other), id=lead)
    assert theirs == {"appointment": None}


async def test_officials_read_what_is_missing_and_the_area_sees_that_they_did(database: Cluster) -> None:
    made = await make_partnership()
    found = await ask("MembershipMissing", official(), areaId=area_id(made.area))
    assert [one["sentence"] for one in found["membershipCompleteness"]["missing"]] == [
        "No independent scrutineer is in term.",
        "None of the delegated safeguarding partners chairs the partnership.",
        "Nobody represents education at strategic level.",
        "Nobody represents education at operational level.",
    ]
    async with tenant_scope(made.manager, readonly=True):
        entry = (await audit.entries(area_id=made.area.id, limit=1))[0]
    assert (entry.action, entry.subject_type) == ("national.read", "membership")


async def test_anyone_reads_what_a_live_area_publishes(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    for who in (ANONYMOUS, manager(await make_area()), made.manager, official()):
        found = (await ask("PublishedMembership", who, areaId=area_id(made.area)))["publishedMembership"]
        assert [row["lead"]["personName"] for row in found["partners"]] == ["Lena Council", "Lena ICB", "Lena Police"]
        assert [row["chairs"] for row in found["partners"]] == [False, False, True]


async def test_nobody_reads_what_an_area_being_set_up_will_publish(database: Cluster) -> None:
    made = await make_partnership(await make_area(lifecycle="setting_up"))
    for who in (ANONYMOUS, made.manager):
        found = (await ask("PublishedMembership", who, areaId=area_id(made.area)))["publishedMembership"]
        assert found == {"partners": [], "scrutineers": []}


async def test_the_number_of_statements_does_not_grow_with_the_membership(database: Cluster) -> None:
    small, large = await make_area(), await make_partnership()
    await complete(large)
    spent = []
    for area, who in ((small, manager(small)), (large.area, large.manager)):
        with counted() as statements:
            await ask("AreaMembership", who, areaId=area_id(area))
        spent.append(len(statements))
    assert spent[0] == spent[1] <= 12
