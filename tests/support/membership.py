"""Partnerships for the tests, made through the services: bodies, leads, delegates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from infra.database import sql
from tenants.membership import service
from tenants.membership.rules import Kind, Office
from tenants.membership.service import Holder
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.world import AreaMade, actor, make_area, make_person, manager

START = date(2019, 9, 29)
NAMES = {Kind.LOCAL_AUTHORITY: "Council", Kind.INTEGRATED_CARE_BOARD: "ICB", Kind.POLICE: "Police"}


@dataclass(frozen=True, kw_only=True)
class Partnership:
    """An area with three partner bodies; by kind: the body, its lead and delegate, and the lead as an actor."""

    area: AreaMade
    manager: Actor
    bodies: dict[Kind, UUID] = field(default_factory=dict)
    leads: dict[Kind, UUID] = field(default_factory=dict)
    delegates: dict[Kind, UUID] = field(default_factory=dict)
    lead_actors: dict[Kind, Actor] = field(default_factory=dict)


def person(name: str, post: str | None = None, **more: object) -> Holder:
    """Return somebody to appoint."""
    return Holder(person_name=name, post=post, **more)  # type: ignore[arg-type]


async def make_bodies(area: AreaMade | None = None) -> Partnership:
    """Make an area with a council, an ICB and a police force, and nobody in any office."""
    area = area or await make_area()
    made = Partnership(area=area, manager=manager(area))
    async with tenant_scope(made.manager):
        for kind in Kind:
            made.bodies[kind] = await service.add_partner(
                by=made.manager, area_id=area.id, kind=kind, name=f"{area.name} {NAMES[kind]}", valid_from=START
            )
    return made


async def make_partnership(area: AreaMade | None = None) -> Partnership:
    """Make an area whose three bodies each have a lead, who can sign in, and a delegate; no chair, no scrutineer."""
    made = await make_bodies(area)
    area, by = made.area, made.manager
    for kind in Kind:
        name = f"Lena {NAMES[kind]}"
        account = await make_person(name)
        lead = actor(Role.LEAD_SAFEGUARDING_PARTNER, area_id=area.id, person_id=account, name=name)
        await _hold_role(account, area)
        made.lead_actors[kind] = lead
        async with tenant_scope(by):
            made.leads[kind] = await service.appoint(
                by=by,
                area_id=area.id,
                office=Office.LEAD,
                partner_id=made.bodies[kind],
                holder=person(name, "Chief executive", person_id=account, email="lena@example.org"),
                valid_from=START,
            )
            made.delegates[kind] = await service.appoint(
                by=by,
                area_id=area.id,
                office=Office.DELEGATED,
                partner_id=made.bodies[kind],
                holder=person(f"Dev {NAMES[kind]}", "Director", telephone="01632 960 001"),
                valid_from=START,
            )
    return made


async def _hold_role(person_id: UUID, area: AreaMade) -> None:
    async with system_scope("test world", powers=["platform"]):
        await sql.execute(
            "insert into role_assignment (person_id, role, area_id, valid_from) "
            "values ($1, 'lead_safeguarding_partner', $2, $3)",
            person_id,
            area.id,
            START,
        )


async def complete(made: Partnership) -> None:
    """Give the partnership a chair, a scrutineer in term, and education at both levels."""
    area_id, by = made.area.id, made.manager
    async with tenant_scope(by):
        await service.choose_chair(
            by=by,
            area_id=area_id,
            appointment_id=made.delegates[Kind.POLICE],
            valid_from=START,
            reason="Chosen by the three leads.",
        )
        await service.appoint(
            by=by,
            area_id=area_id,
            office=Office.SCRUTINEER,
            holder=person("Sam Scrutineer", no_tie=True),
            valid_from=START,
            valid_to=date(2099, 3, 31),
        )
        for level in ("strategic", "operational"):
            seat = await service.add_seat(
                by=by, area_id=area_id, title=f"Education, {level}", education_level=level, valid_from=START
            )
            await service.appoint(
                by=by, area_id=area_id, office=Office.SEAT, seat_id=seat, holder=person("Edie Head"), valid_from=START
            )


async def make_chief(*partnerships: Partnership) -> Actor:
    """Make a chief officer, stored, who leads the police in each of these partnerships."""
    account = await make_person("Cora Chief")
    for made in partnerships:
        await _hold_role(account, made.area)
        async with tenant_scope(made.manager):
            await service.link_account(
                by=made.manager,
                area_id=made.area.id,
                appointment_id=made.leads[Kind.POLICE],
                version=1,
                person_id=account,
            )
    grants = tuple(Grant(role=Role.LEAD_SAFEGUARDING_PARTNER, area_id=made.area.id) for made in partnerships)
    first = actor(Role.LEAD_SAFEGUARDING_PARTNER, person_id=account, name="Cora Chief")
    return replace(first, grants=grants)
