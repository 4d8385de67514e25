"""Who may do what in membership: the business manager writes, every member of the area reads.

The scrutineer reads everything and edits no partner record (Working Together 2023 chapter 2: independent).
"""

from __future__ import annotations

from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Role


def can_edit(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may change the area's membership today."""
    return actor.holds(Role.BUSINESS_MANAGER, area_id=area_id)


def check_can_edit(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a business manager of the area today."""
    if not can_edit(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can change its membership.", area_id=area_id)


def can_read(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may read the membership with contact details: any member of the area."""
    return area_id in actor.read_areas


def check_can_read(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a member of the area today."""
    if not can_read(actor, area_id=area_id):
        raise NotAllowed("Contact details and history are for the members of this area.", area_id=area_id)
