"""A contribution's life: pledged, changed, agreed by all, invoiced; reduced, withdrawn. What comes: `receipts`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from infra.clock import today
from infra.ids import uuid7
from tenants.membership import queries as membership
from tenants.resourcing.errors import came_already, not_between, same_invoice
from tenants.resourcing.permissions import check_can_agree, check_can_edit
from tenants.resourcing.rules import Event, Form, State, settled
from tenants.resourcing.service.life import find_contribution, next_state, not_later, received
from tenants.resourcing.service.rows import add, amount, change, find
from tenants.resourcing.service.signing import everyone_agreed, sign
from tenants.resourcing.tables import Budget, Contribution
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound
from tenants.tenancy.inputs import Gather
from tenants.tenancy.rows import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Pledge:
    """What is given: by a partner body (`partner_id`) or another organisation by name (`contributor`).

    `valuation_method` says how something in kind was valued; `payer` who pays when it is not the contributor.
    """

    form: str
    amount_pence: int
    partner_id: UUID | None = None
    contributor: str | None = None
    valuation_method: str | None = None
    description: str | None = None
    payer: str | None = None


async def pledge(*, by: Actor, area_id: int, budget_id: UUID, what: Pledge) -> UUID:
    """Record what a partner body or another organisation has pledged for the year; return the contribution's id."""
    check_can_edit(by, area_id=area_id)
    await find(Budget, area_id=area_id, id=budget_id, field="budgetId")
    values = await _checked(what, area_id=area_id)
    new = {"area_id": area_id, "id": uuid7(), "budget_id": budget_id, **values}
    return await add(Contribution, by=by, values=new, verb="pledge")


async def change_pledge(
    *, by: Actor, area_id: int, contribution_id: UUID, version: int, what: Pledge, reason: str
) -> UUID:
    """Change a contribution before it is invoiced. One that was agreed is a pledge again: each lead agrees anew."""
    check_can_edit(by, area_id=area_id)
    row = await find_contribution(area_id, contribution_id)
    values = await _checked(what, area_id=area_id)
    why = checks.reason(reason)
    values |= {"state": next_state(row, Event.CHANGE), "terms": row["terms"] + 1}
    await change(Contribution, by=by, row=row, version=version, values=values, verb="change", reason=why)
    return contribution_id


async def agree_contribution(*, by: Actor, area_id: int, contribution_id: UUID, version: int) -> UUID:
    """Agree a contribution for the body that the actor leads; the last agreement needed makes it agreed."""
    leads = await membership.lead_partners(area_id=area_id, as_at=today())
    mine = check_can_agree(by, area_id=area_id, leads=leads)
    row = await find_contribution(area_id, contribution_id)
    checks.version(expected=version, found=row["version"], what="contribution")
    values = {"state": await _agreed(row)}
    budget_id: UUID = row["budget_id"]
    await sign(by=by, row=row, mine=mine, budget_id=budget_id, contribution_id=contribution_id)
    if await everyone_agreed(row=row, leads=leads, budget_id=budget_id, contribution_id=contribution_id):
        await change(Contribution, by=by, row=row, version=version, values=values, verb="agree")
    return contribution_id


async def invoice(
    *, by: Actor, area_id: int, contribution_id: UUID, version: int, reference: str, invoiced_on: date
) -> UUID:
    """Record that an agreed cash contribution was invoiced."""
    check_can_edit(by, area_id=area_id)
    row = await find_contribution(area_id, contribution_id)
    values: Row = {"state": next_state(row, Event.INVOICE), **_invoice(reference, invoiced_on)}
    await change(Contribution, by=by, row=row, version=version, values=values, verb="invoice")
    return contribution_id


async def correct_invoice(
    *, by: Actor, area_id: int, contribution_id: UUID, version: int, reference: str, invoiced_on: date, reason: str
) -> UUID:
    """Correct the number or the date of an invoice, whatever has come of it, with a reason; raises `WrongState`.

    What was recorded before stays in the trail. Nothing is agreed anew: an invoice does not change what is given.
    """
    check_can_edit(by, area_id=area_id)
    row = await find_contribution(area_id, contribution_id)
    next_state(row, Event.CORRECT_INVOICE)
    values, why = _invoice(reference, invoiced_on), checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="contribution")
    if all(row[name] == value for name, value in values.items()):
        raise same_invoice()
    await change(Contribution, by=by, row=row, version=version, values=values, verb="correct_invoice", reason=why)
    return contribution_id


async def withdraw(*, by: Actor, area_id: int, contribution_id: UUID, version: int, reason: str) -> UUID:
    """Withdraw a contribution of which nothing has come, with the reason; it stays in the record."""
    check_can_edit(by, area_id=area_id)
    row = await find_contribution(area_id, contribution_id)
    why = checks.reason(reason)
    values = {"state": next_state(row, Event.WITHDRAW), "withdrawn_reason": why}
    if row["state"] == State.REDUCED and (came := await received(row)):
        raise came_already(came)
    await change(Contribution, by=by, row=row, version=version, values=values, verb="withdraw", reason=why)
    return contribution_id


async def reduce(
    *, by: Actor, area_id: int, contribution_id: UUID, version: int, amount_pence: int, reason: str
) -> UUID:
    """Reduce a contribution that was invoiced or of which a part has come, and not all the rest will, with the reason.

    `amount_pence` is all that will come: from what has come to what was first promised, so that a reduction can be
    taken back. What was promised stays in the record, and each lead agrees anew. Raises `Invalid` and `WrongState`.
    """
    check_can_edit(by, area_id=area_id)
    row = await find_contribution(area_id, contribution_id)
    state, why = next_state(row, Event.REDUCE), checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="contribution")
    came, now = await received(row), row["amount_pence"]
    first = row["reduced_from_pence"] or now
    if amount_pence == now or not max(came, 1) <= amount_pence <= first:
        raise not_between(came=came, first=first, now=now)
    values = {"amount_pence": amount_pence, "state": state, "terms": row["terms"] + 1}
    values |= {"reduced_from_pence": first, "reduced_reason": why}
    await change(Contribution, by=by, row=row, version=version, values=values, verb="reduce", reason=why)
    return contribution_id


async def _agreed(row: Row) -> str:
    """Return where the contribution stands when every lead has agreed to it."""
    state = next_state(row, Event.AGREE)
    if row["state"] == State.REDUCED:
        return settled(Form(row["form"]), amount=row["amount_pence"], came=await received(row)).value
    return state


async def _checked(what: Pledge, *, area_id: int) -> Row:
    check = Gather()
    values: Row = {
        "form": check(checks.choice, what.form, of=[f.value for f in Form], field="form", name="cash or in kind"),
        "amount_pence": check(amount, what.amount_pence, field="amountPence"),
        "partner_id": what.partner_id,
        "contributor": check(_organisation, what.contributor),
        "valuation_method": check(
            checks.optional_text, what.valuation_method, name="how it was valued", field="valuationMethod", most=1000
        ),
        "description": check(
            checks.optional_text, what.description, name="the description", field="description", most=1000
        ),
        "payer": check(checks.optional_text, what.payer, name="who pays", field="payer"),
    }
    if (what.partner_id is None) == (not (what.contributor or "").strip()):
        check.wrong("Select a partner body, or enter the name of another organisation.", field="contributor")
    if what.form == Form.IN_KIND and not (what.valuation_method or "").strip():
        check.wrong("Say how the contribution in kind was valued.", field="valuationMethod")
    check.done()
    if what.form == Form.CASH:
        values["valuation_method"] = None
    await _check_partner(what.partner_id, area_id=area_id)
    return values


def _invoice(reference: str, invoiced_on: date) -> Row:
    check = Gather()
    values: Row = {
        "invoice_reference": check(checks.text, reference, name="the invoice number", field="reference", most=100),
        "invoiced_on": check(not_later, invoiced_on, field="invoicedOn"),
    }
    check.done()
    return values


def _organisation(name: str | None) -> str | None:
    if not (name or "").strip():
        return None
    return checks.text(name, name="the name of the organisation", field="contributor", least=2)


async def _check_partner(partner_id: UUID | None, *, area_id: int) -> None:
    if partner_id is not None and await membership.partner(area_id=area_id, partner_id=partner_id) is None:
        raise NotFound("partner", field="partnerId")
