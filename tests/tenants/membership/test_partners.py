"""Partner bodies: listed, corrected, ended, succeeded; what was is kept and what is ended says why."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.audit import queries as audit
from tenants.membership import queries, service
from tenants.membership.rules import Kind, Office
from tenants.organisations import queries as organisations
from tenants.organisations.rules import Kind as RegisterKind
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problem
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import START, make_bodies, make_partnership
from tests.support.organisations import make_body
from tests.support.world import make_area, manager

DAY = date(2026, 4, 1)


async def test_an_area_may_have_any_number_of_partners_of_a_kind(database: Cluster) -> None:
    made = await make_bodies()
    async with tenant_scope(made.manager):
        await service.add_partner(
            by=made.manager, area_id=made.area.id, kind="police", name=" British Test Police ", valid_from=DAY
        )
        found = await queries.members(area_id=made.area.id, as_at=DAY)
    assert [row.partner.kind for row in found.partners] == [
        Kind.LOCAL_AUTHORITY,
        Kind.INTEGRATED_CARE_BOARD,
        Kind.POLICE,
        Kind.POLICE,
    ]
    assert "British Test Police" in [row.partner.name for row in found.partners]


async def test_a_partner_in_the_national_register_is_present_in_the_area_while_it_is_a_partner(
    database: Cluster,
) -> None:
    area = await make_area()
    by, force = manager(area), await make_body(RegisterKind.POLICE_FORCE)
    async with tenant_scope(by):
        partner = await service.add_partner(
            by=by, area_id=area.id, kind="police", name="Northshire Police", valid_from=START, organisation_id=force
        )
        assert await organisations.areas_of(organisation_id=force) == [area.id]
        await service.end_partner(
            by=by, area_id=area.id, partner_id=partner, version=1, last_day=date(2020, 1, 1), reason="It left."
        )
        assert await organisations.areas_of(organisation_id=force) == []


async def test_a_body_of_another_kind_cannot_be_linked(database: Cluster) -> None:
    area = await make_area()
    board = await make_body(RegisterKind.INTEGRATED_CARE_BOARD, "North ICB")
    with pytest.raises(Invalid, match="is not a police force"):
        async with tenant_scope(manager(area)):
            await service.add_partner(
                by=manager(area),
                area_id=area.id,
                kind="police",
                name="Northshire Police",
                valid_from=START,
                organisation_id=board,
            )


async def test_a_correction_is_audited_as_one_with_before_and_after(database: Cluster) -> None:
    made = await make_bodies()
    async with tenant_scope(made.manager):
        await service.correct_partner(
            by=made.manager,
            area_id=made.area.id,
            partner_id=made.bodies[Kind.POLICE],
            version=1,
            name="Northshire Constabulary",
            valid_from=START,
            reason="It was misnamed.",
        )
        entry = (await audit.entries(area_id=made.area.id, limit=1))[0]
    assert (entry.action, entry.reason, entry.actor_role) == (
        "partner_body.correct",
        "It was misnamed.",
        "business_manager",
    )
    assert (entry.before, entry.after) == (
        {"name": f"{made.area.name} Police"},
        {"name": "Northshire Constabulary"},
    )


async def test_ending_a_partner_ends_its_appointments_and_keeps_the_history(database: Cluster) -> None:
    made = await make_partnership()
    area_id, board = made.area.id, made.bodies[Kind.INTEGRATED_CARE_BOARD]
    async with tenant_scope(made.manager):
        await service.end_partner(
            by=made.manager, area_id=area_id, partner_id=board, version=1, last_day=DAY, reason="Abolished."
        )
        before, after = [await queries.members(area_id=area_id, as_at=day) for day in (DAY, date(2026, 4, 2))]
        history = await queries.appointments(area_id=area_id)
    assert board in [row.partner.id for row in before.partners]
    assert board not in [row.partner.id for row in after.partners]
    ended = [row for row in history if row.partner_id == board]
    assert [(row.valid_to, row.ended_reason) for row in ended] == [(DAY, "Abolished.")] * 2


async def test_a_successor_takes_over_and_the_line_is_kept(database: Cluster) -> None:
    made = await make_partnership()
    area_id, old = made.area.id, made.bodies[Kind.INTEGRATED_CARE_BOARD]
    async with tenant_scope(made.manager):
        new = await service.succeed_partner(
            by=made.manager,
            area_id=area_id,
            partner_id=old,
            version=1,
            on=DAY,
            name="Greater North ICB",
            reason="The boards merged.",
        )
        partner = await queries.partner(area_id=area_id, partner_id=old)
        today = await queries.members(area_id=area_id, as_at=DAY)
    assert partner is not None
    assert (partner.succeeded_by, partner.valid_to) == (new, date(2026, 3, 31))
    offices = next(row for row in today.partners if row.partner.id == new)
    assert (offices.lead.holder, offices.lead.vacant_since) == (None, DAY)


async def test_two_bodies_may_merge_into_one_that_is_listed_already(database: Cluster) -> None:
    made = await make_bodies()
    by, area_id = made.manager, made.area.id
    async with tenant_scope(by):
        old = await service.add_partner(by=by, area_id=area_id, kind="police", name="Old Police", valid_from=START)
        new = await service.succeed_partner(
            by=by,
            area_id=area_id,
            partner_id=old,
            version=1,
            on=DAY,
            successor_id=made.bodies[Kind.POLICE],
            reason="The forces merged.",
        )
    assert new == made.bodies[Kind.POLICE]


async def test_a_successor_may_keep_the_name_and_the_register_entry(database: Cluster) -> None:
    area = await make_area()
    by, force = manager(area), await make_body(RegisterKind.POLICE_FORCE)
    listed = {"name": "Northshire Police", "organisation_id": force}
    async with tenant_scope(by):
        old = await service.add_partner(by=by, area_id=area.id, kind="police", valid_from=START, **listed)
        await service.succeed_partner(
            by=by, area_id=area.id, partner_id=old, version=1, on=DAY, reason="A new order.", **listed
        )
        assert len(await queries.partners(area_id=area.id)) == 2
        assert await organisations.areas_of(organisation_id=force, on=DAY) == [area.id]


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"name": None}, Invalid, "name"),
        ({"successor": Kind.POLICE}, Invalid, "name"),
        ({"name": None, "successor": Kind.LOCAL_AUTHORITY}, Invalid, "successorId"),
        ({"on": START}, Invalid, "lastDay"),
        ({"version": 7}, Conflict, None),
        ({"reason": " "}, Invalid, "reason"),
    ],
)
async def test_a_succession_that_cannot_be_writes_nothing(
    database: Cluster, change: dict[str, object], error: type[Problem], field: str | None
) -> None:
    made = await make_bodies()
    values: dict[str, object] = {"version": 1, "on": DAY, "name": "New ICB", "reason": "Merged.", **change}
    if (kind := values.pop("successor", None)) is not None:
        values["successor_id"] = made.bodies[kind]  # type: ignore[index]
    with pytest.raises(error) as caught:
        async with tenant_scope(made.manager):
            await service.succeed_partner(
                by=made.manager,
                area_id=made.area.id,
                partner_id=made.bodies[Kind.INTEGRATED_CARE_BOARD],
                **values,  # type: ignore[arg-type]
            )
    assert caught.value.field == field
    async with tenant_scope(made.manager):
        assert all(partner.valid_to is None for partner in await queries.partners(area_id=made.area.id))


async def test_a_partner_of_another_area_is_not_found(database: Cluster) -> None:
    made, other = await make_bodies(), await make_area()
    with pytest.raises(NotFound):
        async with tenant_scope(manager(other)):
            await service.end_partner(
                by=manager(other),
                area_id=other.id,
                partner_id=made.bodies[Kind.POLICE],
                version=1,
                last_day=DAY,
                reason="Not mine.",
            )


async def test_a_partner_with_an_appointment_still_to_begin_cannot_be_ended_before_it(database: Cluster) -> None:
    made = await make_bodies()
    async with tenant_scope(made.manager):
        await service.appoint(
            by=made.manager,
            area_id=made.area.id,
            office=Office.LEAD,
            partner_id=made.bodies[Kind.POLICE],
            holder=service.Holder(person_name="Next Chief", post="Chief constable"),
            valid_from=date(2027, 1, 1),
        )
    with pytest.raises(Problem, match="begins after that day"):
        async with tenant_scope(made.manager):
            await service.end_partner(
                by=made.manager,
                area_id=made.area.id,
                partner_id=made.bodies[Kind.POLICE],
                version=1,
                last_day=DAY,
                reason="Left.",
            )
