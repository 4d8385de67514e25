"""What the database refuses whoever asks: tried directly, past every rule of the service."""

from __future__ import annotations

import asyncio
from uuid import UUID

import asyncpg
import pytest

from infra.database import sql
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_bodies
from tests.support.resourcing import contribution, open_budget, pledge
from tests.support.world import make_area, manager

REFUSED = {
    "a second budget of a year": "insert into budget (area_id, year) values ({area}, 2026)",
    "a year beyond belief": "insert into budget (area_id, year) values ({area}, 1066)",
    "an agreed budget without a day": "update budget set state = 'agreed' where area_id = {area}",
    "a line below zero": "update budget_line set planned_pence = -1 where area_id = {area}",
    "a contribution of nothing": "update contribution set amount_pence = 0 where area_id = {area}",
    "a contribution of nobody": "update contribution set partner_id = null where area_id = {area}",
    "one from a body and another": "update contribution set contributor = 'Two at once' where area_id = {area}",
    "in kind without a method": "update contribution set form = 'in_kind' where area_id = {area}",
    "withdrawn without a reason": "update contribution set state = 'withdrawn' where area_id = {area}",
    "an invoice without a day": "update contribution set invoice_reference = 'INV' where area_id = {area}",
    "a state of its own": "update contribution set state = 'hoped_for' where area_id = {area}",
    "more received than promised": "insert into receipt (area_id, contribution_id, received_on, amount_pence) "
    "values ({area}, '{contribution}', '2026-05-01', 1000001)",
    "an agreement by nobody in office": "insert into funding_agreement (area_id, budget_id, partner_id, "
    "appointment_id, agreed_by, agreed_name, agreed_on, of_terms) select {area}, budget_id, partner_id, "
    "uuidv7(), uuidv7(), 'Somebody', '2026-05-01', 1 from contribution where area_id = {area}",
}


async def made_contribution() -> tuple[Partnership, str]:
    made = await make_bodies()
    return made, str(await pledge(made, await open_budget(made)))


@pytest.mark.parametrize("case", REFUSED)
async def test_the_database_refuses(database: Cluster, case: str) -> None:
    made, given = await made_contribution()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        async with tenant_scope(made.manager):
            await sql.execute(REFUSED[case].format(area=made.area.id, contribution=given))


async def test_two_payments_at_once_cannot_exceed_the_promise(database: Cluster) -> None:
    made, given = await made_contribution()

    async def pay() -> None:
        async with tenant_scope(made.manager):
            await sql.execute(
                "insert into receipt (area_id, contribution_id, received_on, amount_pence) "
                "values ($1, $2, '2026-05-01', 600000)",
                made.area.id,
                given,
            )

    results = await asyncio.gather(*(pay() for _ in range(4)), return_exceptions=True)
    assert [type(result) for result in results].count(asyncpg.CheckViolationError) == 3
    async with tenant_scope(made.manager, readonly=True):
        assert await sql.fetch_value("select count(*) from receipt where area_id = $1", made.area.id) == 1


async def test_a_contribution_to_another_areas_budget_is_refused(database: Cluster) -> None:
    made, given = await made_contribution()
    other = await make_area()
    budget_id = (await contribution(made, UUID(given))).budget_id
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with tenant_scope(manager(other)):
            await sql.execute(
                "insert into contribution (area_id, budget_id, contributor, form, amount_pence) "
                "values ($1, $2, 'Somebody', 'cash', 1)",
                other.id,
                budget_id,
            )
