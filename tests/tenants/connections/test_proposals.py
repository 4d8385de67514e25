"""What an agency says of people waits for a person, who accepts or refuses it; their own entry is never overwritten."""

from __future__ import annotations

from dataclasses import replace
from uuid import RFC_4122

import pytest

from infra.clock import today
from infra.database import sql
from tenants.connections import proposals, service
from tenants.connections.rules.deciding import differences
from tenants.tenancy.errors import NotAllowed, Problems
from tenants.tenancy.people import queries as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import asked, engine, keeper, make_connection, serving
from tests.support.organisations import make_body, make_school
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


async def test_ids_made_together_and_one_after_the_other_sort_as_they_were_made(database: Cluster) -> None:
    area = await make_area()
    school, connection, names = await make_school(area), await make_connection(area), [f"Ida {n:02}" for n in range(90)]
    for many in (names[:40], names[40:]):
        await proposed(area, connection, *(about(school, name) for name in many))
    async with serving(area):
        made = await sql.fetch("select id, external_id from connection_proposal order by id")
    assert [row["external_id"] for row in made] == names
    assert {(row["id"].version, row["id"].variant) for row in made} == {(7, RFC_4122)}


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
    assert [one.done for one in await accept(area, *rows, reason="Checked by telephone.")] == [True] * 4
    assert [one.name for one in await contacts(area, schools[0], ended=True)] == ["Ola Nord"]
    assert await waiting(area) == []
    chain = await as_superuser(
        database, "select count(*) as n from audit.event where area_id = $1 and action = 'proposal.accept' "
        "and reason = 'Checked by telephone.'", area.id
    )  # fmt: skip
    assert chain[0]["n"] == 4


async def test_what_was_decided_or_seen_otherwise_is_left_and_does_not_stop_the_others(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    schools = [await make_school(area) for _ in range(3)]
    connection = await make_connection(area)
    await proposed(area, connection, *(about(school, f"Ola {n}") for n, school in enumerate(schools)))
    await proposed(other, await make_connection(other), about(await make_school(other)))
    first, second, third = await waiting(area)
    await accept(area, first)
    told = await accept(area, first, replace(second, version=7), third, *await waiting(other))
    assert [one.done for one in told] == [False, False, True, False]
    assert [(one.said or "")[:30] for one in told] == [
        "This proposal no longer waits ", "Someone else changed this prop", "", "We could not find that proposa",
    ]  # fmt: skip
    assert [row.id for row in await waiting(area)] == [second.id]
    assert len(await waiting(other)) == 1
    with pytest.raises(Problems, match="no longer waits"):
        await accept(area, first, third)


async def test_refusing_tells_of_each_as_well(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    await proposed(area, connection, about(await make_school(area)), about(await make_school(area)))
    first, second = await waiting(area)
    await accept(area, first)
    who = keeper(area)
    seen = {first.id: first.version, second.id: second.version}
    async with tenant_scope(who):
        told = await service.refuse(by=who, area_id=area.id, proposals=seen, reason="They have left.")
    assert [one.done for one in told] == [False, True]


async def test_a_role_without_an_address_is_left_and_the_contact_beside_it_accepted(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await make_connection(area)
    nobody = about(school, subject_kind="role", proposed={"name": "Ida Field", "role": "establishment_contact"})
    await proposed(area, connection, nobody, about(school))
    rows = await waiting(area)
    told = {one.proposal_id: one for one in await accept(area, *rows)}
    assert {row.subject_kind: told[row.id].done for row in rows} == {"role": False, "contact": True}
    assert [row.subject_kind for row in await waiting(area)] == ["role"]
    assert len(await contacts(area, school)) == 1


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


async def test_an_accepted_end_of_a_role_ends_what_the_person_holds_there_and_nowhere_else(database: Cluster) -> None:
    area = await make_area()
    school, other, connection = await make_school(area), await make_school(area), await make_connection(area)
    lead = await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=school)
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=school)
    async with tenant_scope(keeper(area), readonly=True):
        held = await people.assignments_of_organisation(area_id=area.id, organisation_id=school)
    [email] = [one.email for one in held if one.person_id == lead.id]
    said = {"name": lead.name, "email": email, "role": "establishment_contact"}
    await proposed(area, connection, about(school, subject_kind="role", action="end", proposed=said),
                   about(other, subject_kind="role", action="end", proposed=said))  # fmt: skip
    rows, who = await waiting(area), await make_actor(Role.BUSINESS_MANAGER, area=area)
    assert {row.action for row in rows} == {"end"}
    async with tenant_scope(who):
        told = await service.accept(by=who, area_id=area.id, proposals={row.id: row.version for row in rows})
        after = await people.assignments_of_organisation(area_id=area.id, organisation_id=school)
    assert [one.done for one in told] == [True, True]
    assert {one.email: one.valid_to for one in after} == {
        one.email: today() if one.email == email else None for one in held
    }


async def test_a_partners_contact_becomes_a_named_contact_of_its_body(database: Cluster) -> None:
    area = await make_area()
    force, connection = await make_body(), await make_connection(area)
    said = {"post": "other", "name": "Ivo Reed", "email": "ivo@force.example"}
    new = about(force, subject_kind="partner_contact", proposed=said)
    await proposed(area, connection, new)
    [row] = await waiting(area)
    assert (row.subject_kind, row.action) == ("partner_contact", "add")
    await accept(area, row)
    assert [(one.post, one.name, one.email) for one in await contacts(area, force)] == [
        ("other", "Ivo Reed", "ivo@force.example")
    ]
    assert (await proposed(area, connection, new)).proposed == 0, "it is as known"
    await proposed(area, connection, about(force, subject_kind="partner_contact", action="end", proposed=said))
    [end] = await waiting(area)
    assert (end.action, end.present and end.present["name"]) == ("end", "Ivo Reed")
    await accept(area, end)
    assert await contacts(area, force) == []


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
