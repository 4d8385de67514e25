"""What every step of a contribution's life asks: the row, the state that follows, what has come so far."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from infra.clock import today
from tenants.resourcing.errors import cannot
from tenants.resourcing.rules import Event, Form, State, after
from tenants.resourcing.service.rows import find
from tenants.resourcing.tables import Contribution, Receipt
from tenants.tenancy import checks
from tenants.tenancy.errors import Invalid
from tenants.tenancy.rows import Row


async def find_contribution(area_id: int, contribution_id: UUID) -> Row:
    """Return the row, locked until the transaction ends; raises `NotFound`."""
    return await find(Contribution, area_id=area_id, id=contribution_id, field="contributionId")


def next_state(row: Row, event: Event) -> str:
    """Return the state that follows; raises `WrongState` when the event cannot happen now."""
    form, state = Form(row["form"]), State(row["state"])
    follows = after(form, state, event)
    if follows is None:
        raise cannot(form, state, event)
    return follows.value


async def received(row: Row) -> int:
    """Return what has come of the contribution, in pence; what was reversed has not."""
    receipts = await Receipt.select(Receipt.amount_pence).where(
        (Receipt.area_id == row["area_id"]) & (Receipt.contribution_id == row["id"])
    )
    return sum(receipt["amount_pence"] for receipt in receipts)


def not_later(day: date, *, field: str) -> date:
    """Return the day; raises `Invalid` for one in the future."""
    if checks.day(day, name="the date", field=field) > today():
        raise Invalid("The date must be today or in the past.", field=field)
    return day
