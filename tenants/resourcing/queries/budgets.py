"""Reading a year's budget with its lines, contributions, agreements and shares."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from tenants.membership import queries as membership
from tenants.resourcing.queries.rows import (
    Agreement,
    BudgetRow,
    ContributionRow,
    Line,
    ReceiptRow,
    Sheet,
)
from tenants.resourcing.queries.shares import shares
from tenants.resourcing.rules import Balance, Form, LineKind, State

_BUDGET = "select id, year, state, note, agreed_on, version from budget where area_id = $1"
_LINES = """select id, kind, description, planned_pence, outturn_pence, version from budget_line
    where area_id = $1 and budget_id = $2 and removed_reason is null
    order by array_position(array['business_support', 'scrutiny', 'reviews', 'training', 'analysis'], kind), id"""
_CONTRIBUTION = """select c.id, c.budget_id, c.partner_id, coalesce(p.name, c.contributor) as contributor, c.form,
    c.amount_pence, coalesce((select sum(r.amount_pence) from receipt r
        where r.area_id = c.area_id and r.contribution_id = c.id), 0)::bigint as received_pence,
    c.valuation_method, c.description, c.payer, c.state, c.invoice_reference, c.invoiced_on, c.withdrawn_reason,
    c.reduced_from_pence, c.reduced_reason, c.version,
    array(select g.partner_id from funding_agreement g where g.area_id = c.area_id
        and g.contribution_id = c.id and g.of_terms = c.terms order by g.partner_id) as agreed_by
    from contribution c left join partner_body p on p.area_id = c.area_id and p.id = c.partner_id
    where c.area_id = $1"""
_GIVEN = """select g.partner_id, g.agreed_name, g.agreed_on from funding_agreement g
    join budget b on b.area_id = g.area_id and b.id = g.budget_id and b.terms = g.of_terms
    where g.area_id = $1 and g.budget_id = $2 and g.contribution_id is null"""


async def years(*, area_id: int) -> list[BudgetRow]:
    """Return the area's budgets, the newest year first."""
    return [BudgetRow(**row) for row in await sql.fetch(f"{_BUDGET} order by year desc", area_id)]


async def budget(*, area_id: int, budget_id: UUID) -> BudgetRow | None:
    """Return one budget by itself, or None."""
    row = await sql.fetch_one(f"{_BUDGET} and id = $2", area_id, budget_id)
    return None if row is None else BudgetRow(**row)


async def sheet(*, area_id: int, year: int) -> Sheet | None:
    """Return a year's budget with all that belongs to it, in seven statements; None when there is none."""
    row = await sql.fetch_one(f"{_BUDGET} and year = $2", area_id, year)
    if row is None:
        return None
    found = BudgetRow(**row)
    lines = [_line(each) for each in await sql.fetch(_LINES, area_id, found.id)]
    given = await contributions(area_id=area_id, budget_id=found.id)
    return Sheet(
        budget=found,
        lines=lines,
        contributions=given,
        agreements=await _agreements(area_id=area_id, budget=found),
        shares=await shares(area_id=area_id, year=year, given=given),
        balance=_balance(lines, given),
    )


async def contributions(*, area_id: int, budget_id: UUID) -> list[ContributionRow]:
    """Return the contributions of a budget: partner bodies first, then others, by name."""
    order = "order by c.partner_id is null, 4, c.id"
    rows = await sql.fetch(f"{_CONTRIBUTION} and c.budget_id = $2 {order}", area_id, budget_id)
    return [_contribution(row) for row in rows]


async def contribution(*, area_id: int, contribution_id: UUID) -> ContributionRow | None:
    """Return one contribution, or None when it is not there or not the reader's to see."""
    row = await sql.fetch_one(f"{_CONTRIBUTION} and c.id = $2", area_id, contribution_id)
    return None if row is None else _contribution(row)


async def line(*, area_id: int, line_id: UUID) -> Line | None:
    """Return one line of a budget, or None."""
    row = await sql.fetch_one(
        "select id, kind, description, planned_pence, outturn_pence, version from budget_line "
        "where area_id = $1 and id = $2",
        area_id,
        line_id,
    )
    return None if row is None else _line(row)


async def receipts(*, area_id: int, contribution_id: UUID) -> list[ReceiptRow]:
    """Return what has come of a contribution, reversed or not, and the reversals: oldest first."""
    rows = await sql.fetch(
        "select id, received_on, amount_pence, reference, reverses, reason, exists (select from receipt v "
        "where v.area_id = r.area_id and v.reverses = r.id) as reversed from receipt r "
        "where area_id = $1 and contribution_id = $2 order by received_on, id",
        area_id,
        contribution_id,
    )
    return [ReceiptRow(**row) for row in rows]


async def contribution_of_receipt(*, area_id: int, receipt_id: UUID) -> UUID | None:
    """Return the contribution that a receipt is part of, or None."""
    found: UUID | None = await sql.fetch_value(
        "select contribution_id from receipt where area_id = $1 and id = $2", area_id, receipt_id
    )
    return found


async def _agreements(*, area_id: int, budget: BudgetRow) -> list[Agreement]:
    given = {row["partner_id"]: row for row in await sql.fetch(_GIVEN, area_id, budget.id)}
    on: date = budget.agreed_on or today()
    return [
        Agreement(
            partner_id=lead.partner_id,
            partner_name=lead.name,
            lead_name=lead.person_name,
            agreed_name=given[lead.partner_id]["agreed_name"] if lead.partner_id in given else None,
            agreed_on=given[lead.partner_id]["agreed_on"] if lead.partner_id in given else None,
        )
        for lead in await membership.lead_partners(area_id=area_id, as_at=on)
    ]


def _balance(lines: list[Line], given: list[ContributionRow]) -> Balance:
    live = [each for each in given if each.state is not State.WITHDRAWN]
    return Balance(
        planned=sum(line.planned_pence for line in lines),
        promised=sum(each.amount_pence for each in live),
        received=sum(each.received_pence for each in live),
        spent=sum(line.outturn_pence or 0 for line in lines),
    )


def _line(row: Any) -> Line:
    return Line(**{**row, "kind": LineKind(row["kind"])})


def _contribution(row: Any) -> ContributionRow:
    return ContributionRow(**{**row, "form": Form(row["form"]), "state": State(row["state"])})
