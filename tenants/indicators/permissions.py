"""Who may do what with figures: partners' leads and their delegates send them, the business manager keeps the rest.

Every member of the area reads them; nobody outside it does.
"""

from __future__ import annotations

from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Role

SENDERS = (Role.BUSINESS_MANAGER, Role.LEAD_SAFEGUARDING_PARTNER, Role.DELEGATED_SAFEGUARDING_PARTNER)


def can_read(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may read the scorecard: any member of the area."""
    return area_id in actor.read_areas


def check_can_read(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a member of the area today."""
    if not can_read(actor, area_id=area_id):
        raise NotAllowed("The figures are for the members of this area.", area_id=area_id)


def can_send(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may upload a file of figures and accept it."""
    return actor.holds(*SENDERS, area_id=area_id)


def check_can_send(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a partner's lead or delegate, or the business manager, today."""
    if not can_send(actor, area_id=area_id):
        raise NotAllowed(
            "Only a business manager, or a partner’s lead or delegate, can send figures of this area.", area_id=area_id
        )


def can_keep(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may define indicators, set targets and choose neighbours."""
    return actor.holds(Role.BUSINESS_MANAGER, area_id=area_id)


def check_can_keep(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a business manager of the area today."""
    if not can_keep(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can change its scorecard.", area_id=area_id)


def check_can_record(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is the worker that brings an area's figures from its connection."""
    if actor.kind != "worker" or area_id not in actor.areas:
        raise NotAllowed("Only the service itself can record the figures of a connection.", area_id=area_id)
