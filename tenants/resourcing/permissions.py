"""Who may do what in resourcing: the business manager keeps the record, each lead agrees for their own body.

Every member of the area reads it; the scrutineer among them.
"""

from __future__ import annotations

from collections.abc import Iterable

from tenants.membership.queries.rows import LeadPartner
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Role


def can_edit(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor keeps the area's budget today."""
    return actor.holds(Role.BUSINESS_MANAGER, area_id=area_id)


def check_can_edit(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a business manager of the area today."""
    if not can_edit(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can change its budget.", area_id=area_id)


def led_by(actor: Actor, *, area_id: int, leads: Iterable[LeadPartner]) -> list[LeadPartner]:
    """Return the bodies that the actor leads today: by the account of the appointment, or by the body's organisation.

    The role must be held today as well: a person named as lead whose role has ended leads nothing here.
    """
    if not actor.holds(Role.LEAD_SAFEGUARDING_PARTNER, area_id=area_id):
        return []
    return [lead for lead in leads if lead.appointment_id is not None and _leads(actor, lead, area_id=area_id)]


def _leads(actor: Actor, lead: LeadPartner, *, area_id: int) -> bool:
    if lead.person_id is not None:
        return lead.person_id == actor.id
    return lead.organisation_id is not None and actor.acts_for(lead.organisation_id, area_id=area_id)


def check_can_agree(actor: Actor, *, area_id: int, leads: Iterable[LeadPartner]) -> list[LeadPartner]:
    """Return the bodies that the actor leads; raises `NotAllowed` when there is none."""
    found = led_by(actor, area_id=area_id, leads=leads)
    if not found:
        raise NotAllowed("Only the lead safeguarding partner of a partner body can agree for it.", area_id=area_id)
    return found


def can_read(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may read the budget: any member of the area."""
    return area_id in actor.read_areas


def check_can_read(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a member of the area today."""
    if not can_read(actor, area_id=area_id):
        raise NotAllowed("The budget is for the members of this area.", area_id=area_id)
