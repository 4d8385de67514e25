"""Who may do what in tenancy. `check_can_x` raises `NotAllowed`; `can_x` answers, for pages that hide a button."""

from __future__ import annotations

from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import AGENCY_ROLES, AREA_ROLES, Role


def can_manage(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor runs the area's records: its business manager."""
    return actor.holds(Role.BUSINESS_MANAGER, area_id=area_id)


def check_can_manage(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a business manager of the area today."""
    if not can_manage(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can change this.", area_id=area_id)


def can_read_area(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor is a member of the area, in any role."""
    return area_id in actor.read_areas


def can_read_trail(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may read the area's audit trail: any area role but viewer, also of a merged area."""
    return actor.ran(area_id)


def check_can_read_trail(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor may read the area's audit trail."""
    if not can_read_trail(actor, area_id=area_id):
        raise NotAllowed("The audit trail is for the people who run this partnership.", area_id=area_id)


def can_erase(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may erase a person's text from the area's audit trail: its business manager, and
    whoever runs the service, on the command line."""
    return can_manage(actor, area_id=area_id) or (actor.kind == "system" and "platform" in actor.powers)


def check_can_erase(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor may erase a person's text from the area's audit trail."""
    if not can_erase(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can erase from its audit trail.", area_id=area_id)


def can_administer(actor: Actor) -> bool:
    """Return whether the actor wears the platform administrator's hat, or is the command line with that power."""
    return actor.is_platform or (actor.kind == "system" and "platform" in actor.powers)


def check_can_administer(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor may administer the service."""
    if not can_administer(actor):
        raise NotAllowed("Only a platform administrator can do this.")


def check_can_grant(actor: Actor, *, role: Role, area_id: int | None) -> None:
    """Raise `NotAllowed` unless the actor may give this role: area and agency roles by the area's business manager,
    any role by a platform administrator."""
    if can_administer(actor):
        return
    if area_id is None or role not in AREA_ROLES | AGENCY_ROLES:
        raise NotAllowed("Only a platform administrator can give this role.", area_id=area_id)
    check_can_manage(actor, area_id=area_id)
