"""Partner bodies: listing one, correcting it, ending it, and one body following another."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from infra.ids import uuid7
from tenants.membership.permissions import check_can_edit
from tenants.membership.rules import KIND_LABELS, REGISTER_KINDS, Kind
from tenants.membership.service.rows import add, change, end, end_all, find
from tenants.membership.tables import Appointment, PartnerBody, PartnershipChair
from tenants.organisations import queries as organisations
from tenants.organisations import service as presence
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound
from tenants.tenancy.inputs import Gather
from tenants.tenancy.rows import Row


async def add_partner(
    *, by: Actor, area_id: int, kind: str, name: str, valid_from: date, organisation_id: UUID | None = None
) -> UUID:
    """List a body as a safeguarding partner from a day; return its id.

    Raises `NotAllowed`, `Problems` with every value that does not fit, or `Overlap` when the body is listed already.
    """
    check_can_edit(by, area_id=area_id)
    return await _list(
        by=by,
        area_id=area_id,
        partner_id=uuid7(),
        kind=kind,
        name=name,
        valid_from=valid_from,
        organisation_id=organisation_id,
    )


async def _list(
    *, by: Actor, area_id: int, partner_id: UUID, kind: str, name: str, valid_from: date, organisation_id: UUID | None
) -> UUID:
    check = Gather()
    chosen = check(checks.choice, kind, of=[k.value for k in Kind], field="kind", name="what kind of body it is")
    name = check(checks.text, name, name="the name of the body", field="name", least=2)
    check(checks.day, valid_from, name="the first day", field="validFrom")
    check.done()
    await _check_register(Kind(chosen), organisation_id)
    values: Row = {"area_id": area_id, "id": partner_id, "kind": chosen, "name": name, "valid_from": valid_from}
    await add(PartnerBody, by=by, values={**values, "organisation_id": organisation_id})
    await _place(by=by, area_id=area_id, organisation_id=organisation_id, since=valid_from)
    return partner_id


async def correct_partner(
    *, by: Actor, area_id: int, partner_id: UUID, version: int, name: str, valid_from: date, reason: str
) -> UUID:
    """Put right what was recorded wrongly. For a real change, end the partner or name its successor."""
    check_can_edit(by, area_id=area_id)
    row = await find(PartnerBody, area_id=area_id, id=partner_id, field="partnerId")
    check = Gather()
    name = check(checks.text, name, name="the name of the body", field="name", least=2)
    check(checks.period, valid_from, row["valid_to"])
    why = check(checks.reason, reason)
    check.done()
    values = {"name": name, "valid_from": valid_from}
    await change(PartnerBody, by=by, row=row, version=version, values=values, verb="correct", reason=why)
    return partner_id


async def link_partner(*, by: Actor, area_id: int, partner_id: UUID, version: int, organisation_id: UUID) -> UUID:
    """Say which body of the national register this partner is, so that its own people can be given roles."""
    check_can_edit(by, area_id=area_id)
    row = await find(PartnerBody, area_id=area_id, id=partner_id, field="partnerId")
    await _check_register(Kind(row["kind"]), organisation_id)
    values = {"organisation_id": organisation_id}
    why = "Linked to the national register."
    await change(PartnerBody, by=by, row=row, version=version, values=values, verb="link", reason=why)
    await _place(by=by, area_id=area_id, organisation_id=organisation_id, since=row["valid_from"])
    return partner_id


async def end_partner(*, by: Actor, area_id: int, partner_id: UUID, version: int, last_day: date, reason: str) -> UUID:
    """End a partner on its last day, and with it the appointments it has made."""
    check_can_edit(by, area_id=area_id)
    row = await find(PartnerBody, area_id=area_id, id=partner_id, field="partnerId")
    why = checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="partner")
    await _end(by=by, row=row, version=version, last_day=last_day, why=why)
    return partner_id


async def succeed_partner(
    *,
    by: Actor,
    area_id: int,
    partner_id: UUID,
    version: int,
    on: date,
    reason: str,
    name: str | None = None,
    organisation_id: UUID | None = None,
    successor_id: UUID | None = None,
) -> UUID:
    """Let another body take over on a day: a new one by `name`, or one that is listed already. Return its id.

    The old body and its appointments end the day before and stay in the history, pointing at the successor.
    """
    check_can_edit(by, area_id=area_id)
    row = await find(PartnerBody, area_id=area_id, id=partner_id, field="partnerId")
    checks.day(on, name="the day", field="on")
    why = checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="partner")
    if (name is None) == (successor_id is None):
        raise Invalid("Enter the name of the new body, or choose one that is a partner already.", field="name")
    follower = successor_id or uuid7()
    if successor_id is not None:
        await _check_successor(row, area_id=area_id, successor_id=successor_id, on=on)
    await _end(by=by, row=row, version=version, last_day=on - timedelta(days=1), why=why, succeeded_by=follower)
    if name is not None:
        new: Row = {"kind": row["kind"], "name": name, "valid_from": on, "organisation_id": organisation_id}
        await _list(by=by, area_id=area_id, partner_id=follower, **new)
    return follower


async def _check_successor(row: Row, *, area_id: int, successor_id: UUID, on: date) -> None:
    successor = await find(PartnerBody, area_id=area_id, id=successor_id, field="successorId")
    if successor["kind"] != row["kind"] or successor_id == row["id"]:
        raise Invalid("The successor must be another body of the same kind.", field="successorId")
    if successor["valid_from"] > on or (successor["valid_to"] is not None and successor["valid_to"] < on):
        raise Invalid("The successor must be a partner of the area on that day.", field="on")


async def _end(
    *, by: Actor, row: Row, version: int, last_day: date, why: str, succeeded_by: UUID | None = None
) -> None:
    of_body = (Appointment.area_id == row["area_id"]) & (Appointment.partner_id == row["id"])
    appointments: list[Row] = await Appointment.select().where(of_body).run()
    ids = [appointment["id"] for appointment in appointments]
    chairs = PartnershipChair.select().where(
        (PartnershipChair.area_id == row["area_id"]) & PartnershipChair.appointment_id.is_in(ids or [row["id"]])
    )
    await end_all(PartnershipChair, by=by, rows=await chairs.run(), last_day=last_day, reason=why)
    await end_all(Appointment, by=by, rows=appointments, last_day=last_day, reason=why)
    more = {} if succeeded_by is None else {"succeeded_by": succeeded_by}
    await end(PartnerBody, by=by, row=row, version=version, last_day=last_day, reason=why, **more)
    if row["organisation_id"] is not None:
        await presence.end_presence(
            by=by, area_id=row["area_id"], organisation_id=row["organisation_id"], basis="partner", on=last_day
        )


async def _check_register(kind: Kind, organisation_id: UUID | None) -> None:
    if organisation_id is None:
        return
    found = await organisations.organisation(organisation_id=organisation_id)
    if found is None:
        raise NotFound("body", field="organisationId")
    if found.kind != REGISTER_KINDS[kind]:
        raise Invalid(f"{found.name} is not a {KIND_LABELS[kind]}.", field="organisationId")


async def _place(*, by: Actor, area_id: int, organisation_id: UUID | None, since: date) -> None:
    if organisation_id is not None:
        await presence.add_presence(
            by=by, area_id=area_id, organisation_id=organisation_id, basis="partner", since=since
        )
