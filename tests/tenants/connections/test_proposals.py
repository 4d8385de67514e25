"""What an agency says of people waits for a person, who accepts or refuses it; their own entry is never overwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenants.connections import proposals, service
from tenants.connections.rules.deciding import differences
from tenants.tenancy.errors import Conflict, NotAllowed, WrongState
from tenants.tenancy.people import queries as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import asked, engine, keeper, make_connection, serving
from tests.support.organisations import make_school
from tests.support.queue import as_superuser
from tests.support.world import actor, make_actor, make_area
from tests.tenants.connections.entered import about, accept, contacts, proposed, waiting


async def test_an_accepted_contact_is_named_and_the_one_before_ends(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    assert (await proposed(area, connection, about(school))).proposed == 1
    await accept(area, *await waiting(area))
    await proposed(area, connection, about(school, "Ola Nord"))
    change = (await waiting(area))[0]
    assert (change.action, change.present and change.present["name"]) == ("change", "Ida Field")
    await accept(area, change)
    now = await contacts(area, school)
    assert [(one.name, one.entered_by, one.entered_by_name) for one in now] == [
        ("Ola Nord", "connection", "Schools of Testshire")
    ]
    assert [one.name for one in await contacts(area, school, ended=True)] == ["Ola Nord", "Ida Field"]


async def test_the_same_again_proposes_nothing(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    await proposed(area, connection, about(school))
    again = await proposed(area, connection, about(school))
    assert (again.proposed, again.unchanged) == (0, 1)
    await accept(area, *await waiting(area))
    assert (await proposed(area, connection, about(school))).proposed == 0, "it is as known"
    assert await waiting(area) == []


async def test_a_newer_proposal_supersedes_an_open_one(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    await proposed(area, connection, about(school))
    said = {**about(school).proposed, "phone": "01632 960001"}
    await proposed(area, connection, about(school, proposed=said))
    assert [row.proposed.get("phone") for row in await waiting(area)] == ["01632 960001"]


async def test_refused_stays_refused_until_the_agency_says_something_else(database: Cluster) -> None:
    area = await make_area()
    school, connection, who = await make_school(area), await make_connection(area), keeper(area)
    await proposed(area, connection, about(school))
    row = (await waiting(area))[0]
    async with tenant_scope(who):
        await service.refuse(by=who, area_id=area.id, proposals={row.id: row.version}, reason="She left in May.")
    assert (await proposed(area, connection, about(school))).proposed == 0
    said = {**about(school).proposed, "name": "Ida Fields"}
    assert (await proposed(area, connection, about(school, proposed=said))).proposed == 1


async def test_a_persons_own_entry_is_not_overwritten_but_proposed_against(database: Cluster) -> None:
    area = await make_area()
    school, connection, who = await make_school(area), await make_connection(area), keeper(area)
    async with tenant_scope(who):
        await service.enter_contact(
            by=who, area_id=area.id, organisation_id=school, post="designated_safeguarding_lead", name="Ivo Reed"
        )
    await proposed(area, connection, about(school))
    assert [one.name for one in await contacts(area, school)] == ["Ivo Reed"]
    row = (await waiting(area))[0]
    assert row.present == {"post": "designated_safeguarding_lead", "name": "Ivo Reed", "entered_by": "person"}
    assert differences(row.present, row.proposed, action=row.action) == [
        ("post", "designated_safeguarding_lead", "designated_safeguarding_lead"),
        ("name", "Ivo Reed", "Ida Field"),
        ("email", None, "ida@school.example"),
    ]


async def test_an_accepted_end_ends_the_contact_and_one_about_nobody_is_not_made(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    assert (await proposed(area, connection, about(school, action="end"))).proposed == 0
    await proposed(area, connection, about(school))
    await accept(area, *await waiting(area))
    await proposed(area, connection, about(school, action="end"))
    await accept(area, *await waiting(area))
    assert await contacts(area, school) == []


async def test_many_are_accepted_at_once_and_the_last_of_two_leads_stays(database: Cluster) -> None:
    area = await make_area()
    schools = [await make_school(area) for _ in range(3)]
    connection, other = await make_connection(area), await make_connection(area, system="schools_wonde", name="Wonde")
    await proposed(area, connection, *(about(school) for school in schools[:1]))
    await proposed(area, other, about(schools[0], "Ola Nord"), about(schools[1]), about(schools[2]))
    rows = await waiting(area)
    assert await accept(area, *rows, reason="Checked by telephone.") == 4
    assert [one.name for one in await contacts(area, schools[0], ended=True)] == ["Ola Nord"]
    assert await waiting(area) == []
    chain = await as_superuser(
        database, "select count(*) as n from audit.event where area_id = $1 and action = 'proposal.accept' "
        "and reason = 'Checked by telephone.'", area.id
    )  # fmt: skip
    assert chain[0]["n"] == 4


async def test_a_decision_on_what_was_decided_or_seen_otherwise_is_refused_whole(database: Cluster) -> None:
    area = await make_area()
    schools = [await make_school(area) for _ in range(2)]
    connection = await make_connection(area)
    await proposed(area, connection, about(schools[0]), about(schools[1], "Ola Nord"))
    first, second = await waiting(area)
    with pytest.raises(Conflict):
        await accept(area, first, replace(second, version=7))
    await accept(area, first)
    with pytest.raises(WrongState, match="no longer waits"):
        await accept(area, first, second)
    assert [row.id for row in await waiting(area)] == [second.id]


async def test_only_the_manager_decides(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    await proposed(area, connection, about(school))
    row, viewer = (await waiting(area))[0], actor(Role.VIEWER, area_id=area.id)
    with pytest.raises(NotAllowed):
        async with tenant_scope(viewer):
            await service.accept(by=viewer, area_id=area.id, proposals={row.id: row.version})


async def test_a_proposed_role_becomes_an_invitation_once_and_its_end_ends_it(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    who = await make_actor(Role.BUSINESS_MANAGER, area=area)
    role = about(school, subject_kind="role")
    await proposed(area, connection, role)
    rows = {row.id: row.version for row in await waiting(area)}
    async with tenant_scope(who):
        await service.accept(by=who, area_id=area.id, proposals=rows)
        invited = await people.invitations_of_area(area_id=area.id)
    assert [(one.email, one.role, one.organisation_id) for one in invited] == [
        ("ida@school.example", "establishment_contact", school)
    ]
    assert (await proposed(area, connection, role)).proposed == 0, "accepted is accepted"


async def test_a_contact_is_invited_when_asked_for(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    who = await make_actor(Role.BUSINESS_MANAGER, area=area)
    await proposed(area, connection, about(school))
    row = (await waiting(area))[0]
    async with tenant_scope(who):
        await service.accept(by=who, area_id=area.id, proposals={row.id: row.version}, invite_people=True)
        assert len(await people.invitations_of_area(area_id=area.id)) == 1


async def test_a_national_connection_proposes_in_an_area_without_seeing_it(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    school = await make_school(area)
    connection = await make_connection(None, system="dfe_sign_in", name="DfE Sign-in")
    run = await asked(None, connection)
    async with serving(None):
        await proposals.propose(
            by=engine(None), connection_id=connection, run_id=run, area_id=area.id, rows=[about(school)]
        )
    assert [row.source for row in await waiting(area)] == ["DfE Sign-in"]
    assert await waiting(other) == []
