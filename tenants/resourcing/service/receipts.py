"""What comes of a contribution: received in parts or whole, and a mistaken receipt reversed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from infra.clock import today
from infra.ids import uuid7
from tenants.resourcing.errors import over, reversal_stays, reversed_already
from tenants.resourcing.permissions import check_can_edit
from tenants.resourcing.rules import Event
from tenants.resourcing.service.life import find_contribution, next_state, not_later, received
from tenants.resourcing.service.rows import add, amount, change
from tenants.resourcing.tables import Contribution, Receipt
from tenants.tenancy import checks, rows
from tenants.tenancy.actor import Actor
from tenants.tenancy.inputs import Gather


async def receive(
    *,
    by: Actor,
    area_id: int,
    contribution_id: UUID,
    version: int,
    amount_pence: int,
    received_on: date,
    reference: str | None = None,
) -> UUID:
    """Record what came, in part or in full; return the receipt's id. Never more than what is still to come."""
    check_can_edit(by, area_id=area_id)
    row = await find_contribution(area_id, contribution_id)
    check = Gather()
    check(amount, amount_pence, field="amountPence")
    check(not_later, received_on, field="receivedOn")
    said = check(checks.optional_text, reference, name="the reference", field="reference", most=100)
    check.done()
    remaining = row["amount_pence"] - await received(row)
    state = next_state(row, Event.RECEIVE_ALL if amount_pence >= remaining else Event.RECEIVE_PART)
    if amount_pence > remaining:
        raise over(remaining)
    values = {"contribution_id": contribution_id, "received_on": received_on, "amount_pence": amount_pence}
    new = {"area_id": area_id, "id": uuid7(), **values, "reference": said}
    receipt_id = await add(Receipt, by=by, values=new, verb="record")
    await change(Contribution, by=by, row=row, version=version, values={"state": state}, verb="receive")
    return receipt_id


async def reverse_receipt(*, by: Actor, area_id: int, receipt_id: UUID, version: int, reason: str) -> UUID:
    """Reverse a receipt that was recorded by mistake, with the reason; return the reversal's id.

    Both rows stay; the contribution, seen at `version`, goes back to where it stands without the receipt. Raises
    `WrongState` for a receipt that was reversed, or that is a reversal.
    """
    check_can_edit(by, area_id=area_id)
    # not locked: a receipt never changes; the contribution's lock keeps two reversals apart
    receipt = await rows.find(Receipt, area_id=area_id, id=receipt_id, what="receipt", field="receiptId")
    why = checks.reason(reason)
    row = await find_contribution(area_id, receipt["contribution_id"])
    if receipt["reverses"] is not None:
        raise reversal_stays()
    if await Receipt.exists().where((Receipt.area_id == area_id) & (Receipt.reverses == receipt_id)):
        raise reversed_already()
    left = await received(row) - receipt["amount_pence"]
    state = next_state(row, Event.REVERSE_PART if left else Event.REVERSE_ALL)
    new = {
        "area_id": area_id,
        "id": uuid7(),
        "contribution_id": row["id"],
        "received_on": today(),
        "amount_pence": -receipt["amount_pence"],
        "reverses": receipt_id,
        "reason": why,
    }
    reversal_id = await add(Receipt, by=by, values=new, verb="reverse", reason=why)
    await change(Contribution, by=by, row=row, version=version, values={"state": state}, verb="reverse", reason=why)
    return reversal_id
