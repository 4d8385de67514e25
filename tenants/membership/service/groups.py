"""Groups and seats that the area invents, and the seats that give education its voice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from infra.ids import uuid7
from tenants.membership.permissions import check_can_edit
from tenants.membership.rules import EducationLevel
from tenants.membership.service.rows import add, change, end, end_all, find
from tenants.membership.tables import Appointment, BoardGroup, Seat
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.inputs import Gather
from tenants.tenancy.rows import Row


async def add_group(*, by: Actor, area_id: int, name: str, valid_from: date, purpose: str | None = None) -> UUID:
    """Set up a group from a day; return its id."""
    check_can_edit(by, area_id=area_id)
    values = _group(name=name, purpose=purpose, valid_from=valid_from, valid_to=None)
    return await add(BoardGroup, by=by, values={"area_id": area_id, "id": uuid7(), **values})


async def correct_group(
    *,
    by: Actor,
    area_id: int,
    group_id: UUID,
    version: int,
    name: str,
    valid_from: date,
    reason: str,
    purpose: str | None = None,
) -> UUID:
    """Put right a group's name, purpose or first day."""
    check_can_edit(by, area_id=area_id)
    row = await find(BoardGroup, area_id=area_id, id=group_id, field="groupId")
    values = _group(name=name, purpose=purpose, valid_from=valid_from, valid_to=row["valid_to"])
    why = checks.reason(reason)
    await change(BoardGroup, by=by, row=row, version=version, values=values, verb="correct", reason=why)
    return group_id


async def end_group(*, by: Actor, area_id: int, group_id: UUID, version: int, last_day: date, reason: str) -> UUID:
    """End a group on its last day, with its seats and their holders."""
    check_can_edit(by, area_id=area_id)
    row = await find(BoardGroup, area_id=area_id, id=group_id, field="groupId")
    why = checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="group")
    seats: list[Row] = await Seat.select().where((Seat.area_id == area_id) & (Seat.group_id == group_id)).run()
    for seat in seats:
        await _end_holders(by=by, seat=seat, last_day=last_day, reason=why)
    await end_all(Seat, by=by, rows=seats, last_day=last_day, reason=why)
    await end(BoardGroup, by=by, row=row, version=version, last_day=last_day, reason=why)
    return group_id


async def add_seat(
    *,
    by: Actor,
    area_id: int,
    title: str,
    valid_from: date,
    group_id: UUID | None = None,
    education_level: str | None = None,
) -> UUID:
    """Add a seat to a group, or one that represents education at a level; return its id."""
    check_can_edit(by, area_id=area_id)
    values = _seat(title=title, education_level=education_level, valid_from=valid_from, valid_to=None)
    if group_id is None and education_level is None:
        raise Invalid("Select the group the seat is in, or the level of education it represents.", field="groupId")
    if group_id is not None:
        await find(BoardGroup, area_id=area_id, id=group_id, field="groupId")
    return await add(Seat, by=by, values={"area_id": area_id, "id": uuid7(), "group_id": group_id, **values})


async def correct_seat(
    *,
    by: Actor,
    area_id: int,
    seat_id: UUID,
    version: int,
    title: str,
    valid_from: date,
    reason: str,
    education_level: str | None = None,
) -> UUID:
    """Put right a seat's title, level or first day."""
    check_can_edit(by, area_id=area_id)
    row = await find(Seat, area_id=area_id, id=seat_id, field="seatId")
    values = _seat(title=title, education_level=education_level, valid_from=valid_from, valid_to=row["valid_to"])
    if row["group_id"] is None and education_level is None:
        raise Invalid("Select the level at which the seat represents education.", field="educationLevel")
    why = checks.reason(reason)
    await change(Seat, by=by, row=row, version=version, values=values, verb="correct", reason=why)
    return seat_id


async def end_seat(*, by: Actor, area_id: int, seat_id: UUID, version: int, last_day: date, reason: str) -> UUID:
    """End a seat on its last day, with its holder."""
    check_can_edit(by, area_id=area_id)
    row = await find(Seat, area_id=area_id, id=seat_id, field="seatId")
    why = checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="seat")
    await _end_holders(by=by, seat=row, last_day=last_day, reason=why)
    await end(Seat, by=by, row=row, version=version, last_day=last_day, reason=why)
    return seat_id


async def _end_holders(*, by: Actor, seat: Row, last_day: date, reason: str) -> None:
    of_seat = (Appointment.area_id == seat["area_id"]) & (Appointment.seat_id == seat["id"])
    holders: list[Row] = await Appointment.select().where(of_seat).run()
    await end_all(Appointment, by=by, rows=holders, last_day=last_day, reason=reason)


def _group(*, name: str, purpose: str | None, valid_from: date, valid_to: date | None) -> Row:
    check = Gather()
    values: Row = {
        "name": check(checks.text, name, name="the name of the group", field="name", least=2),
        "purpose": check(checks.optional_text, purpose, name="the purpose", field="purpose", most=2000),
        "valid_from": valid_from,
    }
    check(checks.period, valid_from, valid_to)
    check.done()
    return values


def _seat(*, title: str, education_level: str | None, valid_from: date, valid_to: date | None) -> Row:
    check = Gather()
    values: Row = {
        "title": check(checks.text, title, name="the title of the seat", field="title", least=2),
        "education_level": education_level,
        "valid_from": valid_from,
    }
    if education_level is not None:
        levels = [level.value for level in EducationLevel]
        check(checks.choice, education_level, of=levels, field="educationLevel", name="strategic or operational")
    check(checks.period, valid_from, valid_to)
    check.done()
    return values
