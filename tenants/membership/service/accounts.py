"""Saying which account is an appointed person's: then they can sign in and agree as what they are appointed to."""

from __future__ import annotations

from uuid import UUID

from infra.clock import today
from tenants.membership.permissions import check_can_edit
from tenants.membership.service.rows import change, find
from tenants.membership.tables import Appointment
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, WrongState
from tenants.tenancy.people import queries as people


async def link_account(
    *, by: Actor, area_id: int, appointment_id: UUID, version: int, person_id: UUID | None = None
) -> UUID:
    """Link the appointment to the account of somebody who holds a role in the area today; None takes a link away.

    A person decides this, never the software: an address may have changed hands. Raises `NotAllowed`, `NotFound`,
    `Conflict`, or `WrongState` for an appointment that has ended.
    """
    check_can_edit(by, area_id=area_id)
    row = await find(Appointment, area_id=area_id, id=appointment_id, field="appointmentId")
    if row["valid_to"] is not None and row["valid_to"] < today():
        raise WrongState("This appointment has ended, so nobody signs in for it.")
    if person_id is not None and not await people.holds_a_role(area_id=area_id, person_id=person_id):
        raise NotFound("account with a role in this area", field="personId")
    verb, why = ("unlink", "No account signs in for it.") if person_id is None else ("link", "Linked to an account.")
    values = {"person_id": person_id}
    await change(Appointment, by=by, row=row, version=version, values=values, verb=verb, reason=why)
    return appointment_id
