"""What the area aims for: from a day on, until a later target takes over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.indicators.errors import REFUSED
from tenants.indicators.permissions import check_can_keep
from tenants.indicators.queries.known import editions, known
from tenants.indicators.rules.values import LARGEST, fits
from tenants.indicators.service.definitions import adopt
from tenants.indicators.tables import IndicatorTarget
from tenants.tenancy import checks, rows
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound, WrongState
from tenants.tenancy.inputs import Gather
from tenants.tenancy.rows import Row

DIRECTIONS = {"at_most": "At most", "at_least": "At least"}


async def set_target(
    *, by: Actor, area_id: int, code: str, direction: str, value: str, from_on: date, note: str | None = None
) -> UUID:
    """Aim for at least or at most a value of an indicator, from a day on; return the target's id.

    Raises `NotFound` for an indicator that the area does not have, `Invalid` for a second target from the same day.
    """
    check_can_keep(by, area_id=area_id)
    found = known(await editions(area_id=area_id)).get(code)
    if found is None:
        raise NotFound("indicator", field="code")
    check = Gather()
    number = check(_number, value)
    values: Row = {
        "direction": check(checks.choice, direction, of=DIRECTIONS, field="direction", name="at least or at most"),
        "value": number,
        "from_on": check(_day, from_on),
        "note": check(checks.optional_text, note, name="the note", field="note", most=1000),
    }
    if number is not None and not fits(number, unit=found.unit):
        check.wrong("The target must be a number that the indicator could have.", field="value")
    check.done()
    taken = await sql.fetch_value(
        "select id from indicator_target where area_id = $1 and code = $2 and from_on = $3 and removed_reason is null",
        area_id, code, from_on,
    )  # fmt: skip
    if taken is not None:
        raise REFUSED["one_target_a_day"]()
    await adopt(by=by, area_id=area_id, codes=[code])
    whole = {"area_id": area_id, "id": uuid7(), "code": code, **values}
    return await rows.add(IndicatorTarget, by=by, values=whole, verb="set", refused=REFUSED)


async def remove_target(*, by: Actor, area_id: int, target_id: UUID, version: int, reason: str) -> UUID:
    """Take a target back, with the reason; the row stays. Raises `NotFound`, `WrongState` or `Conflict`."""
    check_can_keep(by, area_id=area_id)
    row = await rows.find(IndicatorTarget, area_id=area_id, id=target_id, what="target", field="targetId", lock=True)
    why = checks.reason(reason)
    if row["removed_reason"] is not None:
        raise WrongState("This target has been removed already.")
    await rows.change(IndicatorTarget, by=by, row=row, version=version, values={"removed_reason": why}, verb="remove",
                      what="target", refused=REFUSED, reason=why)  # fmt: skip
    return target_id


def _number(text: str) -> Decimal:
    cleaned = checks.text(text, name="the target", field="value", most=20).replace(",", "").removesuffix("%")
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        raise Invalid("Enter the target as a number, like 25 or 37.5.", field="value") from None
    if not number.is_finite() or not 0 <= number <= LARGEST:
        raise Invalid("Enter the target as a number of 0 or more.", field="value")
    return number


def _day(day: date) -> date:
    if not 2000 <= day.year <= 2099:
        raise Invalid("The first day must be between 2000 and 2099.", field="fromOn")
    return day
