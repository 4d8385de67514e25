"""Reading budgets, for the members of the area."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info, reading
from concordat_graphql.resourcing.types import Budget, BudgetSheet, Contribution, Receipt
from infra.clock import today
from tenants.membership import queries as membership
from tenants.resourcing import queries
from tenants.resourcing.permissions import can_edit, check_can_read, led_by


@strawberry.type
class ContributionRecord:
    """A contribution with everything that came of it."""

    contribution: Contribution
    receipts: list[Receipt]


@strawberry.type
class ResourcingQuery:
    """Reading budgets and contributions."""

    @strawberry.field(description="The financial years the area has budgets for, newest first. For members.")
    async def budgets(self, info: Info, area_id: strawberry.ID) -> list[Budget]:
        area = _area(info, area_id)
        async with reading(info, own=True):
            return [Budget.of(row) for row in await queries.years(area_id=area)]

    @strawberry.field(description="A year's budget with all that belongs to it; null when there is none. For members.")
    async def budget_sheet(self, info: Info, area_id: strawberry.ID, year: int) -> BudgetSheet | None:
        area, actor = _area(info, area_id), info.context.person
        if not 2000 <= year <= 2099:
            return None
        async with reading(info, own=True):
            found = await queries.sheet(area_id=area, year=year)
            leads = await membership.lead_partners(area_id=area, as_at=today())
        if found is None:
            return None
        mine: set[object] = {lead.partner_id for lead in led_by(actor, area_id=area, leads=leads)}
        return BudgetSheet.of(found, may_edit=can_edit(actor, area_id=area), leads=mine)

    @strawberry.field(description="One contribution with what came of it; null when not the reader's. For members.")
    async def contribution(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> ContributionRecord | None:
        area, wanted = _area(info, area_id), ids.decode_uuid("Contribution", id, field="id")
        async with reading(info, own=True):
            row = await queries.contribution(area_id=area, contribution_id=wanted)
            receipts = await queries.receipts(area_id=area, contribution_id=wanted)
        if row is None:
            return None
        return ContributionRecord(contribution=Contribution.of(row), receipts=[Receipt.of(each) for each in receipts])


def _area(info: Info, opaque: strawberry.ID) -> int:
    area_id = ids.decode_area(opaque)
    check_can_read(info.context.person, area_id=area_id)
    return area_id
