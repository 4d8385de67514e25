"""Following the national register: the successor that it names takes over from a partner, or the area says why not."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tenants.membership.permissions import check_can_edit
from tenants.membership.queries.following import Succession, successions
from tenants.membership.service.partners import succeed_partner
from tenants.membership.service.rows import change, find
from tenants.membership.tables import PartnerBody
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import WrongState


async def follow_successor(
    *, by: Actor, area_id: int, partner_id: UUID, version: int, organisation_id: UUID, on: date
) -> UUID:
    """Let the body that the register names take over from a partner on a day; return the new partner's id.

    The old body and its appointments end the day before. Raises `WrongState` when nothing waits, and what
    `succeed_partner` raises.
    """
    check_can_edit(by, area_id=area_id)
    found = await _waiting(area_id=area_id, partner_id=partner_id, organisation_id=organisation_id)
    new = (
        {"successor_id": found.listed_id}
        if found.listed_id
        else {"name": found.successor, "organisation_id": found.organisation_id}
    )
    return await succeed_partner(
        by=by, area_id=area_id, partner_id=partner_id, version=version, on=on, reason=found.reason, **new
    )


async def decline_successor(
    *, by: Actor, area_id: int, partner_id: UUID, version: int, organisation_id: UUID, reason: str
) -> UUID:
    """Leave a partner as it is although the register names a successor, and say why; it is not asked again."""
    check_can_edit(by, area_id=area_id)
    row = await find(PartnerBody, area_id=area_id, id=partner_id, field="partnerId")
    why = checks.reason(reason)
    await _waiting(area_id=area_id, partner_id=partner_id, organisation_id=organisation_id)
    values = {"not_followed": [*row["not_followed"], organisation_id]}
    await change(PartnerBody, by=by, row=row, version=version, values=values, verb="decline_successor", reason=why)
    return partner_id


async def _waiting(*, area_id: int, partner_id: UUID, organisation_id: UUID) -> Succession:
    for one in await successions(area_id=area_id):
        if (one.partner_id, one.organisation_id) == (partner_id, organisation_id):
            return one
    raise WrongState("This no longer waits for a decision: the partner has changed, or its register entry has.")
