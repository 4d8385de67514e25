"""Whose agreement a contribution waits for is who leads the bodies of today, whenever the budget was agreed."""

from __future__ import annotations

from datetime import timedelta

from litestar import Litestar

from infra.clock import today
from infra.database import sql
from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.tenancy.scope import tenant_scope
from tests.support.membership import make_partnership
from tests.support.resourcing import act, agree_budget_by_all, open_budget, pledge
from tests.web.resourcing.test_resourcing import EVERY_LEAD, browse, click, year


async def test_a_lead_of_today_is_named_although_the_budget_was_agreed_before(app: Litestar) -> None:
    made = await make_partnership()
    budget = await open_budget(made)
    await agree_budget_by_all(made, budget)
    async with tenant_scope(made.manager):  # it was agreed a month ago; the police have been followed since
        await sql.execute("update budget set agreed_on = $2 where id = $1", budget, today() - timedelta(days=30))
    new = await act(made.manager, membership.succeed_partner, made.area.id, partner_id=made.bodies[Kind.POLICE],
                    version=1, on=today() - timedelta(days=9), name="Greater Police", reason="Merged.")  # fmt: skip
    await pledge(made, budget, partner_id=new)
    async with await browse(app, made) as browser:
        record = await click(browser, await year(browser, made), "Greater Police")
    assert [row[:2] for row in record.table(EVERY_LEAD)] == [
        [f"{made.area.name} Council", "Lena Council"],
        [f"{made.area.name} ICB", "Lena ICB"],
        ["Greater Police", "Vacant"],
    ]
