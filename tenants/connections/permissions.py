"""Who may do what with connections: an area's business manager keeps and decides, every member reads.

National connections are the platform administrators'. Agencies' people see only the named contacts of their own
organisations, officials nothing.
"""

from __future__ import annotations

from uuid import UUID

from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.permissions import can_administer, check_can_administer
from tenants.tenancy.roles import Role


def can_keep(actor: Actor, *, area_id: int | None) -> bool:
    """Return whether the actor keeps the area's connections; without an area, the national ones."""
    if area_id is None:
        return can_administer(actor)
    return actor.holds(Role.BUSINESS_MANAGER, area_id=area_id)


def check_can_keep(actor: Actor, *, area_id: int | None) -> None:
    """Raise `NotAllowed` unless the actor keeps these connections today."""
    if area_id is None:
        check_can_administer(actor)
    elif not can_keep(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can change its connections.", area_id=area_id)


def check_can_decide(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor may accept or refuse what connections propose in the area."""
    if not can_keep(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can decide on proposals.", area_id=area_id)


def can_read(actor: Actor, *, area_id: int | None) -> bool:
    """Return whether the actor may read connections: any member of the area, administrators the national ones."""
    return can_administer(actor) if area_id is None else area_id in actor.read_areas


def check_can_read(actor: Actor, *, area_id: int | None) -> None:
    """Raise `NotAllowed` unless the actor may read these connections."""
    if area_id is None:
        check_can_administer(actor)
    elif not can_read(actor, area_id=area_id):
        raise NotAllowed("Connections to agencies are for the members of this area.", area_id=None)


def can_keep_contacts(actor: Actor, *, area_id: int, organisation_id: UUID) -> bool:
    """Return whether the actor may enter contacts of an organisation: the area's manager, or the organisation."""
    return can_keep(actor, area_id=area_id) or actor.acts_for(organisation_id, area_id=area_id)


def check_can_keep_contacts(actor: Actor, *, area_id: int, organisation_id: UUID) -> None:
    """Raise `NotAllowed` unless the actor may enter contacts of the organisation in the area."""
    if not can_keep_contacts(actor, area_id=area_id, organisation_id=organisation_id):
        raise NotAllowed(
            "Only a business manager of this area, or someone who acts for the organisation, can change its contacts.",
            area_id=area_id if area_id in actor.read_areas else None,
        )
