"""Appointing, replacing, ending and correcting: leads and delegates, scrutineers, holders of seats, the chair."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from infra.ids import uuid7
from tenants.membership.errors import chair_not_delegate
from tenants.membership.permissions import check_can_edit
from tenants.membership.rules import Office
from tenants.membership.service.holders import Holder, checked
from tenants.membership.service.rows import add, change, end, end_all, find
from tenants.membership.tables import Appointment, PartnerBody, PartnershipChair, Seat
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.rows import Row


async def appoint(
    *,
    by: Actor,
    area_id: int,
    office: str,
    holder: Holder,
    valid_from: date,
    valid_to: date | None = None,
    partner_id: UUID | None = None,
    seat_id: UUID | None = None,
) -> UUID:
    """Appoint a person to a vacant office: of a partner body, of a seat, or as independent scrutineer.

    Return the appointment's id. Raises `NotAllowed`, `NotFound`, `Problems`, or `Overlap` when somebody holds it.
    """
    check_can_edit(by, area_id=area_id)
    chosen = Office(checks.choice(office, of=[o.value for o in Office], field="office", name="the office"))
    of = await _office_of(chosen, area_id=area_id, partner_id=partner_id, seat_id=seat_id)
    person = await checked(chosen, holder, valid_from=valid_from, valid_to=valid_to, reason=None)
    return await add(Appointment, by=by, values={"area_id": area_id, "id": uuid7(), **of, **person})


async def replace_holder(
    *,
    by: Actor,
    area_id: int,
    appointment_id: UUID,
    version: int,
    holder: Holder,
    valid_from: date,
    reason: str,
    valid_to: date | None = None,
) -> UUID:
    """Let another person take over from a day; the one before ends the day before. Return the new appointment's id."""
    check_can_edit(by, area_id=area_id)
    row = await find(Appointment, area_id=area_id, id=appointment_id, field="appointmentId")
    person = await checked(Office(row["office"]), holder, valid_from=valid_from, valid_to=valid_to, reason=reason)
    checks.version(expected=version, found=row["version"], what="appointment")
    if valid_from <= row["valid_from"]:
        raise Invalid("The new holder must start after the first day of the one before.", field="validFrom")
    if row["valid_to"] is None or row["valid_to"] >= valid_from:
        await _end(by=by, row=row, version=version, last_day=valid_from - timedelta(days=1), reason=reason.strip())
    of = {key: row[key] for key in ("office", "partner_id", "seat_id")}
    values = {"area_id": area_id, "id": uuid7(), **of, **person}
    return await add(Appointment, by=by, values=values, verb="replace", reason=reason.strip())


async def end_appointment(
    *, by: Actor, area_id: int, appointment_id: UUID, version: int, last_day: date, reason: str
) -> UUID:
    """End an appointment on its last day; the office is vacant from the day after. A chairing ends with it."""
    check_can_edit(by, area_id=area_id)
    row = await find(Appointment, area_id=area_id, id=appointment_id, field="appointmentId")
    why = checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="appointment")
    await _end(by=by, row=row, version=version, last_day=last_day, reason=why)
    return appointment_id


async def correct_appointment(
    *,
    by: Actor,
    area_id: int,
    appointment_id: UUID,
    version: int,
    holder: Holder,
    valid_from: date,
    reason: str,
    valid_to: date | None = None,
) -> UUID:
    """Put right what was recorded wrongly: a misspelt name, a wrong date. The person stays the same person.

    A linked account stays linked unless another is given; `link_account` takes a link away.
    """
    check_can_edit(by, area_id=area_id)
    row = await find(Appointment, area_id=area_id, id=appointment_id, field="appointmentId")
    person = await checked(Office(row["office"]), holder, valid_from=valid_from, valid_to=valid_to, reason=reason)
    person["person_id"] = person["person_id"] or row["person_id"]
    await change(Appointment, by=by, row=row, version=version, values=person, verb="correct", reason=reason.strip())
    return appointment_id


async def choose_chair(
    *, by: Actor, area_id: int, appointment_id: UUID, valid_from: date, valid_to: date | None = None, reason: str
) -> UUID:
    """Let one of the delegated safeguarding partners chair from a day; who chaired before ends the day before.

    Raises `Invalid` for anyone but a delegate and `OutsidePeriod` when they are not one on every day of the chairing.
    """
    check_can_edit(by, area_id=area_id)
    delegate = await find(Appointment, area_id=area_id, id=appointment_id, field="appointmentId")
    checks.period(valid_from, valid_to)
    why = checks.reason(reason)
    if delegate["office"] != Office.DELEGATED:
        raise Invalid("The chair must be one of the delegated safeguarding partners.", field="appointmentId")
    last = valid_to or delegate["valid_to"]  # a chairing cannot outlast the delegate's own known last day
    if last is not None and last < valid_from:
        raise chair_not_delegate()
    await _end_chair_before(by=by, area_id=area_id, on=valid_from, reason=why)
    values = {"area_id": area_id, "id": uuid7(), "appointment_id": appointment_id, "valid_from": valid_from}
    return await add(PartnershipChair, by=by, values={**values, "valid_to": last}, verb="choose", reason=why)


async def end_chair(*, by: Actor, area_id: int, chair_id: UUID, version: int, last_day: date, reason: str) -> UUID:
    """End a chairing on its last day; the delegate stays a delegate."""
    check_can_edit(by, area_id=area_id)
    row = await find(PartnershipChair, area_id=area_id, id=chair_id, field="chairId")
    why = checks.reason(reason)
    await end(PartnershipChair, by=by, row=row, version=version, last_day=last_day, reason=why)
    return chair_id


async def _office_of(office: Office, *, area_id: int, partner_id: UUID | None, seat_id: UUID | None) -> Row:
    of: Row = {"office": office.value, "partner_id": None, "seat_id": None}
    if office in (Office.LEAD, Office.DELEGATED):
        if partner_id is None:
            raise Invalid("Select the partner body.", field="partnerId")
        of["partner_id"] = (await find(PartnerBody, area_id=area_id, id=partner_id, field="partnerId"))["id"]
    if office is Office.SEAT:
        if seat_id is None:
            raise Invalid("Select the seat.", field="seatId")
        of["seat_id"] = (await find(Seat, area_id=area_id, id=seat_id, field="seatId"))["id"]
    return of


async def _end(*, by: Actor, row: Row, version: int, last_day: date, reason: str) -> None:
    chairs: list[Row] = await (
        PartnershipChair.select()
        .where((PartnershipChair.area_id == row["area_id"]) & (PartnershipChair.appointment_id == row["id"]))
        .run()
    )
    await end_all(PartnershipChair, by=by, rows=chairs, last_day=last_day, reason=reason)
    await end(Appointment, by=by, row=row, version=version, last_day=last_day, reason=reason)


async def _end_chair_before(*, by: Actor, area_id: int, on: date, reason: str) -> None:
    chairs: list[Row] = await (
        PartnershipChair.select()
        .where(
            (PartnershipChair.area_id == area_id)
            & (PartnershipChair.valid_from < on)
            & (PartnershipChair.valid_to.is_null() | (PartnershipChair.valid_to >= on))
        )
        .run()
    )
    await end_all(PartnershipChair, by=by, rows=chairs, last_day=on - timedelta(days=1), reason=reason)
