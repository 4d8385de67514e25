"""A year's budget: opened (afresh or from last year's), planned line by line, agreed by every lead, spent."""

from __future__ import annotations

from uuid import UUID

from piccolo.columns.combination import And

from infra.clock import today
from infra.ids import uuid7
from tenants.membership import queries as membership
from tenants.resourcing.permissions import check_can_agree, check_can_edit
from tenants.resourcing.rules import LineKind, State
from tenants.resourcing.service.rows import add, amount, change, draft, find
from tenants.resourcing.service.signing import everyone_agreed, sign
from tenants.resourcing.tables import Budget, BudgetLine, Contribution
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound, WrongState
from tenants.tenancy.inputs import Gather
from tenants.tenancy.rows import Row


async def open_budget(
    *, by: Actor, area_id: int, year: int, copy_from: int | None = None, note: str | None = None
) -> UUID:
    """Open a draft budget for the financial year that starts in `year`; return its id.

    `copy_from` is a year whose lines and contributions to begin from; every contribution starts again as a pledge.
    """
    check_can_edit(by, area_id=area_id)
    if not 2000 <= year <= 2099:
        raise Invalid("Enter a financial year between 2000-01 and 2099-00, like 2026-27.", field="year")
    if copy_from is not None and not 2000 <= copy_from <= 2099:
        raise NotFound("budget to begin from", field="copyFrom")
    said = checks.optional_text(note, name="the note", field="note", most=4000)
    values: Row = {"area_id": area_id, "id": uuid7(), "year": year, "state": "draft", "note": said}
    budget_id = await add(Budget, by=by, values=values, verb="open")
    if copy_from is not None:
        await _copy(by=by, area_id=area_id, from_year=copy_from, budget_id=budget_id)
    return budget_id


async def add_line(
    *, by: Actor, area_id: int, budget_id: UUID, kind: str, description: str, planned_pence: int
) -> UUID:
    """Plan an amount for something in a draft budget; return the line's id."""
    check_can_edit(by, area_id=area_id)
    budget = await draft(area_id=area_id, budget_id=budget_id)
    values = _line(kind=kind, description=description, planned_pence=planned_pence)
    line = {"area_id": area_id, "id": uuid7(), "budget_id": budget_id, **values}
    line_id = await add(BudgetLine, by=by, values=line, verb="add")
    await _moved(budget)
    return line_id


async def change_line(
    *, by: Actor, area_id: int, line_id: UUID, version: int, kind: str, description: str, planned_pence: int
) -> UUID:
    """Change what a line of a draft budget plans. Agreements given before no longer count."""
    check_can_edit(by, area_id=area_id)
    row, budget = await _line_in_draft(area_id=area_id, line_id=line_id)
    values = _line(kind=kind, description=description, planned_pence=planned_pence)
    await change(BudgetLine, by=by, row=row, version=version, values=values, verb="change")
    await _moved(budget)
    return line_id


async def remove_line(*, by: Actor, area_id: int, line_id: UUID, version: int, reason: str) -> UUID:
    """Take a line out of a draft budget; the row stays with the reason."""
    check_can_edit(by, area_id=area_id)
    row, budget = await _line_in_draft(area_id=area_id, line_id=line_id)
    why = checks.reason(reason)
    values = {"removed_reason": why}
    await change(BudgetLine, by=by, row=row, version=version, values=values, verb="remove", reason=why)
    await _moved(budget)
    return line_id


async def record_outturn(*, by: Actor, area_id: int, line_id: UUID, version: int, outturn_pence: int) -> UUID:
    """Record what was spent on a line of an agreed budget."""
    check_can_edit(by, area_id=area_id)
    row = await find(BudgetLine, area_id=area_id, id=line_id, field="lineId")
    budget = await find(Budget, area_id=area_id, id=row["budget_id"], field="lineId")
    if budget["state"] != "agreed" or row["removed_reason"] is not None:
        raise WrongState("What was spent is recorded once the budget has been agreed.")
    values = {"outturn_pence": amount(outturn_pence, field="outturnPence", least=0)}
    await change(BudgetLine, by=by, row=row, version=version, values=values, verb="outturn")
    return line_id


async def agree_budget(*, by: Actor, area_id: int, budget_id: UUID, version: int) -> UUID:
    """Agree a draft budget for the body that the actor leads; the last agreement needed makes it agreed.

    Raises `NotAllowed` for anyone but a lead, `Conflict` when the budget changed since they read it.
    """
    leads = await membership.lead_partners(area_id=area_id, as_at=today())
    mine = check_can_agree(by, area_id=area_id, leads=leads)
    row = await find(Budget, area_id=area_id, id=budget_id, field="budgetId")
    checks.version(expected=version, found=row["version"], what="budget")
    if row["state"] != "draft":
        raise WrongState("This budget has been agreed already.")
    if not await BudgetLine.exists().where(_live_lines(area_id, budget_id)):
        raise WrongState("This budget has no lines yet, so there is nothing to agree.")
    await sign(by=by, row=row, mine=mine, budget_id=budget_id, contribution_id=None)
    if await everyone_agreed(row=row, leads=leads, budget_id=budget_id, contribution_id=None):
        values = {"state": "agreed", "agreed_on": today()}
        await change(Budget, by=by, row=row, version=version, values=values, verb="agree")
    return budget_id


async def reopen_budget(*, by: Actor, area_id: int, budget_id: UUID, version: int, reason: str) -> UUID:
    """Make an agreed budget a draft again, with a reason; every lead has to agree anew."""
    check_can_edit(by, area_id=area_id)
    row = await find(Budget, area_id=area_id, id=budget_id, field="budgetId")
    why = checks.reason(reason)
    if row["state"] != "agreed":
        raise WrongState("This budget is a draft already.")
    values = {"state": "draft", "agreed_on": None, "terms": row["terms"] + 1}
    await change(Budget, by=by, row=row, version=version, values=values, verb="reopen", reason=why)
    return budget_id


async def _copy(*, by: Actor, area_id: int, from_year: int, budget_id: UUID) -> None:
    source = await Budget.select().where((Budget.area_id == area_id) & (Budget.year == from_year)).first()
    if source is None:
        raise NotFound("budget to begin from", field="copyFrom")
    for line in await BudgetLine.select().where(_live_lines(area_id, source["id"])):
        kept = {key: line[key] for key in ("kind", "description", "planned_pence")}
        new = {"area_id": area_id, "id": uuid7(), "budget_id": budget_id, **kept}
        await add(BudgetLine, by=by, values=new, verb="copy")
    today_ids = {lead.partner_id for lead in await membership.lead_partners(area_id=area_id, as_at=today())}
    of_budget = (Contribution.area_id == area_id) & (Contribution.budget_id == source["id"])
    for given in await Contribution.select().where(of_budget & (Contribution.state != State.WITHDRAWN.value)):
        if given["partner_id"] is None or given["partner_id"] in today_ids:
            new = {"area_id": area_id, "id": uuid7(), "budget_id": budget_id, **{key: given[key] for key in _COPIED}}
            await add(Contribution, by=by, values=new, verb="copy")


_COPIED = ("partner_id", "contributor", "form", "amount_pence", "valuation_method", "description", "payer")


def _live_lines(area_id: int, budget_id: UUID) -> And:
    return (BudgetLine.area_id == area_id) & (BudgetLine.budget_id == budget_id) & BudgetLine.removed_reason.is_null()


async def _line_in_draft(*, area_id: int, line_id: UUID) -> tuple[Row, Row]:
    row = await find(BudgetLine, area_id=area_id, id=line_id, field="lineId")
    if row["removed_reason"] is not None:
        raise WrongState("This line has been removed.")
    return row, await draft(area_id=area_id, budget_id=row["budget_id"])


async def _moved(budget: Row) -> None:
    """Move the budget's terms on: who agreed the old ones has not agreed these."""
    await Budget.update({Budget.version: budget["version"] + 1, Budget.terms: budget["terms"] + 1}).where(
        (Budget.area_id == budget["area_id"]) & (Budget.id == budget["id"])
    )


def _line(*, kind: str, description: str, planned_pence: int) -> Row:
    check = Gather()
    values: Row = {
        "kind": check(checks.choice, kind, of=[k.value for k in LineKind], field="kind", name="what it is for"),
        "description": check(checks.text, description, name="a description", field="description", most=300),
        "planned_pence": check(amount, planned_pence, field="plannedPence", least=0),
    }
    check.done()
    return values
