"""Linking an appointment to an account: by a manager, to somebody with a role in the area, in the audit trail."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tenants.audit import queries as audit
from tenants.membership import queries, service
from tenants.membership.queries.rows import Appointment
from tenants.membership.rules import Kind
from tenants.tenancy.errors import Conflict, NotAllowed, NotFound, WrongState
from tenants.tenancy.people import queries as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_partnership, person
from tests.support.world import actor, make_actor, make_area, make_person, manager

LEAD = Role.LEAD_SAFEGUARDING_PARTNER


async def link(made: Partnership, account: UUID | None, *, kind: Kind = Kind.POLICE, **change: Any) -> None:
    values: dict[str, Any] = {"by": made.manager, "area_id": made.area.id, "appointment_id": made.leads[kind]}
    values |= {"version": 1, "person_id": account, **change}
    async with tenant_scope(values["by"]):
        await service.link_account(**values)


async def lead_of(made: Partnership, kind: Kind = Kind.POLICE) -> Appointment:
    async with tenant_scope(made.manager, readonly=True):
        found = await queries.appointment(area_id=made.area.id, appointment_id=made.leads[kind])
    assert found is not None
    return found


async def test_an_appointment_is_linked_and_the_trail_says_by_whom(database: Cluster) -> None:
    made = await make_partnership()
    new = await make_actor(LEAD, area=made.area, name="Nia New")
    await link(made, new.id)
    assert ((await lead_of(made)).person_id, (await lead_of(made)).version) == (new.id, 2)
    async with tenant_scope(made.manager, readonly=True):
        [newest, *_] = await audit.entries(area_id=made.area.id, limit=5)
    assert (newest.action, newest.actor_name) == ("appointment.link", made.manager.name)


async def test_a_link_is_taken_away_again(database: Cluster) -> None:
    made = await make_partnership()
    await link(made, None)
    assert (await lead_of(made)).person_id is None


async def test_a_correction_keeps_the_link(database: Cluster) -> None:
    made = await make_partnership()
    before = (await lead_of(made)).person_id
    async with tenant_scope(made.manager):
        await service.correct_appointment(
            by=made.manager, area_id=made.area.id, appointment_id=made.leads[Kind.POLICE], version=1,
            holder=person("Lena Newname", "Chief constable"), valid_from=date(2019, 9, 29), reason="She married.",
        )  # fmt: skip
    assert before is not None
    assert (await lead_of(made)).person_id == before


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUSINESS_MANAGER}))
async def test_only_the_business_manager_links(database: Cluster, role: Role) -> None:
    made = await make_partnership()
    with pytest.raises(NotAllowed):
        await link(made, None, by=actor(role, area_id=made.area.id))
    assert (await lead_of(made)).version == 1


async def test_somebody_without_a_role_in_the_area_is_not_found(database: Cluster) -> None:
    made, other = await make_partnership(), await make_area()
    stranger = await make_actor(LEAD, area=other)
    for account in (stranger.id, await make_person("Nobody Here")):
        with pytest.raises(NotFound):
            await link(made, account)


async def test_an_ended_appointment_a_stale_version_and_another_areas_appointment(database: Cluster) -> None:
    made, other = await make_partnership(), await make_area()
    with pytest.raises(Conflict):
        await link(made, None, version=9)
    with pytest.raises(NotFound):
        await link(made, None, by=manager(other), area_id=other.id)
    async with tenant_scope(made.manager):
        await service.end_appointment(
            by=made.manager, area_id=made.area.id, appointment_id=made.leads[Kind.POLICE], version=1,
            last_day=date(2020, 1, 1), reason="Retired.",
        )  # fmt: skip
    with pytest.raises(WrongState):
        await link(made, None, version=2)


async def test_who_can_be_linked_are_those_with_a_role_of_the_partnership_today(database: Cluster) -> None:
    made, other = await make_partnership(), await make_area()
    await make_actor(Role.VIEWER, area=made.area, name="Vic Viewer")
    async with tenant_scope(made.manager, readonly=True):
        found = [row.person_name for row in await people.members_of_area(area_id=made.area.id)]
        before = await people.members_of_area(area_id=made.area.id, on=date(2001, 1, 1))
    assert found == ["Lena Council", "Lena ICB", "Lena Police", "Vic Viewer"]
    assert before == []
    async with tenant_scope(manager(other), readonly=True):
        assert await people.members_of_area(area_id=made.area.id) == []
