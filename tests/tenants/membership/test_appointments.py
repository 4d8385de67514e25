"""Appointments: one holder of an office on any day, vacancies shown, replaced and ended people kept in the history."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.audit import queries as audit
from tenants.membership import queries, service
from tenants.membership.errors import Overlap
from tenants.membership.queries.rows import PartnerOffices
from tenants.membership.rules import Kind, Office
from tenants.tenancy.errors import Problem, Problems, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import START, Partnership, make_bodies, make_partnership, person

DAY = date(2026, 4, 1)
DAY_BEFORE = date(2026, 3, 31)


async def police_on(made: Partnership, day: date) -> PartnerOffices:
    async with tenant_scope(made.manager, readonly=True):
        found = await queries.members(area_id=made.area.id, as_at=day)
    return next(row for row in found.partners if row.partner.kind is Kind.POLICE)


async def replace_lead(made: Partnership, **change: object) -> None:
    values: dict[str, object] = {
        "version": 1,
        "holder": person("Nia Newchief", "Chief constable"),
        "valid_from": DAY,
        "reason": "Retired.",
        **change,
    }
    async with tenant_scope(made.manager):
        await service.replace_holder(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.leads[Kind.POLICE],
            **values,  # type: ignore[arg-type]
        )


async def test_an_office_nobody_was_ever_appointed_to_is_vacant_since_the_body_joined(database: Cluster) -> None:
    police = await police_on(await make_bodies(), DAY)
    assert (police.lead.holder, police.lead.vacant_since) == (None, START)


async def test_a_replacement_takes_over_without_a_gap_and_both_are_in_the_history(database: Cluster) -> None:
    made = await make_partnership()
    await replace_lead(made)
    before, after = await police_on(made, DAY_BEFORE), await police_on(made, DAY)
    assert before.lead.holder is not None
    assert after.lead.holder is not None
    assert (before.lead.holder.person_name, after.lead.holder.person_name) == ("Lena Police", "Nia Newchief")
    assert (before.lead.holder.valid_to, before.lead.holder.ended_reason) == (DAY_BEFORE, "Retired.")


async def test_an_ended_appointment_leaves_the_office_vacant_from_the_day_after(database: Cluster) -> None:
    made = await make_partnership()
    async with tenant_scope(made.manager):
        await service.end_appointment(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.delegates[Kind.POLICE],
            version=1,
            last_day=DAY_BEFORE,
            reason="Moved to another force.",
        )
    assert (await police_on(made, DAY_BEFORE)).delegated.holder is not None
    assert (await police_on(made, date(2026, 6, 1))).delegated.vacant_since == DAY


async def test_an_office_that_is_held_cannot_be_filled_again(database: Cluster) -> None:
    made = await make_partnership()
    with pytest.raises(Overlap):
        async with tenant_scope(made.manager):
            await service.appoint(
                by=made.manager,
                area_id=made.area.id,
                office=Office.LEAD,
                partner_id=made.bodies[Kind.POLICE],
                holder=person("Second Chief", "Chief constable"),
                valid_from=DAY,
            )


async def test_a_correction_changes_the_record_not_the_history(database: Cluster) -> None:
    made = await make_partnership()
    async with tenant_scope(made.manager):
        await service.correct_appointment(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.delegates[Kind.POLICE],
            version=1,
            holder=person("Dev Pólice", "Assistant chief constable", telephone="01632 960 001"),
            valid_from=START,
            reason="The name was misspelt.",
        )
        entry = (await audit.entries(area_id=made.area.id, limit=1))[0]
        history = await queries.appointments(area_id=made.area.id)
    assert (entry.action, entry.before, entry.after) == (
        "appointment.correct",
        {"person_name": "Dev Police", "post": "Director"},
        {"person_name": "Dev Pólice", "post": "Assistant chief constable"},
    )
    assert len(history) == 6


async def test_an_appointment_that_has_ended_cannot_be_ended_later(database: Cluster) -> None:
    made = await make_partnership()
    common = {"by": made.manager, "area_id": made.area.id, "appointment_id": made.leads[Kind.POLICE], "reason": "Left."}
    async with tenant_scope(made.manager):
        await service.end_appointment(version=1, last_day=DAY_BEFORE, **common)  # type: ignore[arg-type]
    with pytest.raises(WrongState):
        async with tenant_scope(made.manager):
            await service.end_appointment(version=2, last_day=DAY, **common)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"version": 2}, "CONFLICT", None),
        ({"valid_from": START}, "INVALID", "validFrom"),
        ({"valid_from": date(1066, 10, 14)}, "INVALID", "validFrom"),
        ({"valid_to": DAY_BEFORE}, "INVALID", "validTo"),
        ({"holder": person("", "Chief constable")}, "INVALID", "personName"),
        ({"holder": person("x" * 201, "Chief constable")}, "INVALID", "personName"),
        ({"holder": person("Nia Newchief")}, "INVALID", "post"),
        ({"holder": person("Nia Newchief", "Chief", email="nia at example")}, "INVALID", "email"),
        ({"holder": person("Nia Newchief", "Chief", telephone="ring me")}, "INVALID", "telephone"),
        ({"reason": ""}, "INVALID", "reason"),
    ],
)
async def test_a_replacement_that_does_not_fit_says_why_and_changes_nothing(
    database: Cluster, change: dict[str, object], code: str, field: str | None
) -> None:
    made = await make_partnership()
    with pytest.raises((Problem, Problems)) as caught:
        await replace_lead(made, **change)
    problem = getattr(caught.value, "problems", [caught.value])[0]
    assert (problem.code, problem.field) == (code, field)
    police = await police_on(made, DAY)
    assert police.lead.holder is not None
    assert police.lead.holder.person_name == "Lena Police"
