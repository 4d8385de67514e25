"""Completeness for the Department and what the public reads: column grants decide, and a draft area is not public."""

from __future__ import annotations

from datetime import date

import asyncpg
import pytest

from infra.clock import today
from infra.database import Scope, sql
from tenants.membership import queries, service
from tenants.membership.queries.rows import AreaCompleteness
from tenants.membership.rules import Kind
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import complete, make_bodies, make_partnership
from tests.support.world import make_area


async def reading(scope: Scope, *area_ids: int) -> list[AreaCompleteness]:
    async with scope:
        return await queries.completeness_of(area_ids=area_ids, as_at=today())


async def test_the_department_reads_the_completeness_of_many_areas_at_once(database: Cluster) -> None:
    whole, part, none = await make_partnership(), await make_bodies(), await make_area()
    await complete(whole)
    found = await reading(national_scope(), whole.area.id, part.area.id, none.id)
    assert [(row.area_id, row.reading.complete, len(row.reading.missing)) for row in found] == [
        (whole.area.id, True, 0),
        (part.area.id, False, 6 + 4),
        (none.id, False, 7),
    ]


async def test_the_area_reads_the_same_about_itself_and_nothing_about_another(database: Cluster) -> None:
    here, there = await make_partnership(), await make_partnership()
    await complete(here)
    await complete(there)
    found = await reading(tenant_scope(here.manager, readonly=True), here.area.id, there.area.id)
    assert [row.reading.complete for row in found] == [True, False]


async def test_an_ended_lead_is_said_with_the_day(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    async with tenant_scope(made.manager):
        await service.end_appointment(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.leads[Kind.INTEGRATED_CARE_BOARD],
            version=1,
            last_day=date(2026, 4, 30),
            reason="Left the board.",
        )
    [found] = await reading(national_scope(), made.area.id)
    assert [finding.sentence for finding in found.reading.missing] == [
        f"{made.area.name} ICB has had no lead safeguarding partner since 1 May 2026."
    ]


@pytest.mark.parametrize("column", ["email", "telephone", "person_id", "organisation", "declared_tie", "ended_reason"])
@pytest.mark.parametrize("scope", [national_scope, public_scope], ids=["national", "public"])
async def test_contact_details_and_free_text_are_not_readable_at_all(
    database: Cluster, scope: type[Scope], column: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope():
            await sql.fetch(f"select {column} from appointment")


@pytest.mark.parametrize("table", ["board_group", "seat"])
async def test_the_public_login_cannot_ask_about_groups_and_seats(database: Cluster, table: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with public_scope():
            await sql.fetch(f"select id from {table}")


async def test_the_public_reads_who_is_named_in_a_live_area(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    async with public_scope():
        found = await queries.published(area_id=made.area.id, as_at=today())
    assert [(row.name, row.lead and row.lead.person_name, row.chairs) for row in found.partners] == [
        (f"{made.area.name} Council", "Lena Council", False),
        (f"{made.area.name} ICB", "Lena ICB", False),
        (f"{made.area.name} Police", "Lena Police", True),
    ]
    assert [(row.person_name, row.has_tie) for row in found.scrutineers] == [("Sam Scrutineer", False)]


async def test_an_area_that_is_being_set_up_publishes_nothing(database: Cluster) -> None:
    made = await make_partnership(await make_area(lifecycle="setting_up"))
    async with public_scope():
        found = await queries.published(area_id=made.area.id, as_at=today())
    assert (found.partners, found.scrutineers) == ([], [])


async def test_the_public_reads_today_only_whatever_day_is_asked_for(database: Cluster) -> None:
    made = await make_partnership()
    async with tenant_scope(made.manager):
        await service.end_partner(
            by=made.manager,
            area_id=made.area.id,
            partner_id=made.bodies[Kind.POLICE],
            version=1,
            last_day=date(2025, 1, 1),
            reason="Merged.",
        )
    async with public_scope():
        found = await queries.published(area_id=made.area.id, as_at=date(2024, 1, 1))
    assert [row.kind for row in found.partners] == [Kind.LOCAL_AUTHORITY, Kind.INTEGRATED_CARE_BOARD]


async def test_seats_other_than_education_are_not_read_by_the_department(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    async with tenant_scope(made.manager):
        group = await service.add_group(
            by=made.manager, area_id=made.area.id, name="Board", valid_from=date(2020, 1, 1)
        )
        seat = await service.add_seat(
            by=made.manager, area_id=made.area.id, title="Lay member", group_id=group, valid_from=date(2020, 1, 1)
        )
        await service.appoint(
            by=made.manager,
            area_id=made.area.id,
            office="seat",
            seat_id=seat,
            holder=service.Holder(person_name="Lay Member"),
            valid_from=date(2020, 1, 1),
        )
    async with national_scope():
        names = await sql.fetch("select person_name from appointment where area_id = $1", made.area.id)
    assert "Lay Member" not in [row["person_name"] for row in names]
    assert len(names) == 6 + 1 + 2
