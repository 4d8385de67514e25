"""Nobody reads or writes another area's membership; in their own, only those who may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import asyncpg
import pytest

from infra.clock import today
from infra.database import sql
from tenants.audit import queries as audit
from tenants.membership import permissions, queries, service
from tenants.membership.rules import Kind
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import START, Partnership, complete, make_partnership, person
from tests.support.world import AreaMade, actor, make_area, manager

TODAY = today()
NIL = UUID(int=1)

READS: dict[str, Callable[[Partnership], Awaitable[object]]] = {
    "partners": lambda made: queries.partners(area_id=made.area.id),
    "partner": lambda made: queries.partner(area_id=made.area.id, partner_id=made.bodies[Kind.POLICE]),
    "appointments": lambda made: queries.appointments(area_id=made.area.id),
    "appointment": lambda made: queries.appointment(area_id=made.area.id, appointment_id=made.leads[Kind.POLICE]),
    "chair": lambda made: queries.chair(area_id=made.area.id, as_at=TODAY),
    "chairs": lambda made: queries.chairs(area_id=made.area.id),
    "lead_partners": lambda made: queries.lead_partners(area_id=made.area.id, as_at=TODAY),
}


@pytest.mark.parametrize("read", READS)
async def test_another_area_finds_nothing(database: Cluster, read: str) -> None:
    made, other = await make_partnership(), await make_area()
    await complete(made)
    async with tenant_scope(made.manager, readonly=True):
        assert await READS[read](made)
    async with tenant_scope(manager(other), readonly=True):
        assert not await READS[read](made)


async def test_another_area_finds_an_empty_membership_and_publication(database: Cluster) -> None:
    made, other = await make_partnership(), await make_area()
    await complete(made)
    async with tenant_scope(manager(other), readonly=True):
        members = await queries.members(area_id=made.area.id, as_at=TODAY)
        published = await queries.published(area_id=made.area.id, as_at=TODAY)
    assert not any((members.partners, members.chair, members.scrutineers, members.groups, members.seats))
    assert not any((published.partners, published.scrutineers))


def verbs(made: Partnership, by: Actor) -> dict[str, Callable[[], Awaitable[UUID]]]:
    common = {"by": by, "area_id": made.area.id}
    ending = {**common, "version": 1, "last_day": TODAY, "reason": "A reason."}
    holder = person("Any One", "Any post")
    return {
        "add_partner": lambda: service.add_partner(**common, kind="police", name="Another Police", valid_from=START),
        "correct_partner": lambda: service.correct_partner(
            **common, partner_id=NIL, version=1, name="Name", valid_from=START, reason="A reason."
        ),
        "link_partner": lambda: service.link_partner(**common, partner_id=NIL, version=1, organisation_id=NIL),
        "end_partner": lambda: service.end_partner(**ending, partner_id=NIL),
        "succeed_partner": lambda: service.succeed_partner(
            **common, partner_id=NIL, version=1, on=TODAY, reason="A reason.", name="New body"
        ),
        "follow_successor": lambda: service.follow_successor(
            **common, partner_id=NIL, version=1, organisation_id=NIL, on=TODAY
        ),
        "decline_successor": lambda: service.decline_successor(
            **common, partner_id=NIL, version=1, organisation_id=NIL, reason="A reason."
        ),
        "appoint": lambda: service.appoint(**common, office="scrutineer", holder=holder, valid_from=START),
        "replace_holder": lambda: service.replace_holder(
            **common, appointment_id=NIL, version=1, holder=holder, valid_from=TODAY, reason="A reason."
        ),
        "link_account": lambda: service.link_account(**common, appointment_id=NIL, version=1),
        "end_appointment": lambda: service.end_appointment(**ending, appointment_id=NIL),
        "correct_appointment": lambda: service.correct_appointment(
            **common, appointment_id=NIL, version=1, holder=holder, valid_from=START, reason="A reason."
        ),
        "choose_chair": lambda: service.choose_chair(
            **common, appointment_id=NIL, valid_from=START, reason="A reason."
        ),
        "end_chair": lambda: service.end_chair(**ending, chair_id=NIL),
        "add_group": lambda: service.add_group(**common, name="Group", valid_from=START),
        "correct_group": lambda: service.correct_group(
            **common, group_id=NIL, version=1, name="Group", valid_from=START, reason="A reason."
        ),
        "end_group": lambda: service.end_group(**ending, group_id=NIL),
        "add_seat": lambda: service.add_seat(**common, title="Seat", group_id=NIL, valid_from=START),
        "correct_seat": lambda: service.correct_seat(
            **common, seat_id=NIL, version=1, title="Seat", valid_from=START, reason="A reason."
        ),
        "end_seat": lambda: service.end_seat(**ending, seat_id=NIL),
        "take_back": lambda: service.take_back(**common, what="seat", id=NIL, version=1, reason="A reason."),
    }


def test_every_verb_of_the_service_is_tried_below() -> None:
    area = AreaMade(id=1, slug="testshire", name="Testshire", la_code="100")
    tried = set(verbs(Partnership(area=area, manager=manager(area)), manager(area)))
    assert tried == set(service.__all__) - {"Holder"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUSINESS_MANAGER}))
async def test_nobody_but_the_business_manager_changes_membership(database: Cluster, role: Role) -> None:
    area = await make_area()
    made = Partnership(area=area, manager=manager(area))
    who = actor(role, area_id=area.id)
    async with tenant_scope(made.manager, readonly=True):
        entries = len(await audit.entries(area_id=made.area.id))
    for verb in verbs(made, who).values():
        with pytest.raises(NotAllowed):
            async with tenant_scope(who):
                await verb()
    async with tenant_scope(made.manager, readonly=True):
        assert len(await audit.entries(area_id=made.area.id)) == entries


async def test_a_business_manager_of_another_area_or_whose_role_has_ended_changes_nothing(database: Cluster) -> None:
    area = await make_area()
    made = Partnership(area=area, manager=manager(area))
    for who in (manager(await make_area()), replace(made.manager, grants=())):
        for verb in verbs(made, who).values():
            with pytest.raises(NotAllowed):
                async with tenant_scope(who):
                    await verb()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INDEPENDENT_SCRUTINEER, Role.DELEGATED_SAFEGUARDING_PARTNER])
async def test_every_member_reads(database: Cluster, role: Role) -> None:
    made = await make_partnership()
    who = actor(role, area_id=made.area.id)
    assert permissions.can_read(who, area_id=made.area.id)
    async with tenant_scope(who, readonly=True):
        members = await queries.members(area_id=made.area.id, as_at=TODAY)
    assert members.partners[0].lead.holder is not None
    assert members.partners[0].lead.holder.email == "lena@example.org"


async def test_an_agency_of_the_area_does_not_read_its_membership(database: Cluster) -> None:
    made = await make_partnership()
    agency = actor(Role.AGENCY_CONTACT, area_id=made.area.id, organisation_id=UUID(int=7))
    assert not permissions.can_read(agency, area_id=made.area.id)
    async with tenant_scope(agency, readonly=True):
        assert await queries.partners(area_id=made.area.id) == []


BODY = "insert into partner_body (area_id, kind, name, valid_from) values ($1, 'police', 'X Police', '2020-01-01')"


async def test_the_database_itself_refuses_a_row_for_another_area(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(here)):
            await sql.execute(BODY, there.id)


async def test_the_database_itself_refuses_an_appointment_to_another_areas_body(database: Cluster) -> None:
    made, other = await make_partnership(), await make_area()
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with tenant_scope(manager(other)):
            await sql.execute(
                "insert into appointment (area_id, office, partner_id, person_name, post, valid_from) "
                "values ($1, 'lead', $2, 'A', 'B', $3)",
                other.id,
                made.bodies[Kind.POLICE],
                date(2026, 1, 1),
            )


async def test_no_login_deletes_what_has_begun(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    for table in ("partner_body", "appointment", "partnership_chair", "board_group", "seat"):
        async with tenant_scope(made.manager):
            assert await sql.execute(f"delete from {table}") == "DELETE 0"


@pytest.mark.parametrize("login", ["worker", "national", "public"])
async def test_no_other_login_deletes(database: Cluster, login: str) -> None:
    connection = await asyncpg.connect(database.dsns[login])
    try:
        await connection.execute("set default_transaction_read_only = off")
        for table in ("partner_body", "appointment", "partnership_chair", "board_group", "seat"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"delete from {table}")
    finally:
        await connection.close()
