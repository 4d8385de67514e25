"""Who may do what in cooperation. `check_can_x` raises `NotAllowed`; `can_x` answers, for pages that hide a button."""

from __future__ import annotations

from uuid import UUID

from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed, NotFound
from tenants.tenancy.roles import Role

_REPLIES = (Role.BUSINESS_MANAGER, Role.DELEGATED_SAFEGUARDING_PARTNER, Role.PARTNERSHIP_CHAIR)


def can_manage(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor chooses agencies and writes duties: the area's business manager."""
    return actor.holds(Role.BUSINESS_MANAGER, area_id=area_id)


def check_can_manage(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a business manager of the area today."""
    if not can_manage(actor, area_id=area_id):
        raise NotAllowed("Only a business manager of this area can change its cooperation duties.", area_id=area_id)


def can_reply(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may reply to returns and decide on follow-up: manager, delegated partner or chair."""
    return actor.holds(*_REPLIES, area_id=area_id)


def check_can_reply(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor may reply and decide on follow-up in the area today."""
    if not can_reply(actor, area_id=area_id):
        raise NotAllowed(
            "Only a business manager, delegated safeguarding partner or partnership chair of this area can do this.",
            area_id=area_id,
        )


def check_can_read(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a member of the area, in any role."""
    if area_id not in actor.read_areas:
        raise NotAllowed("This is for the people who run this partnership.", area_id=area_id)


def can_answer(actor: Actor, *, area_id: int, organisation_id: UUID) -> bool:
    """Return whether the actor answers for the organisation in that area today."""
    return actor.acts_for(organisation_id, area_id=area_id)


def answers_for(actor: Actor, *, area_id: int) -> list[UUID]:
    """Return the organisations that the actor answers for in that area today."""
    return [each for each in actor.organisations if can_answer(actor, area_id=area_id, organisation_id=each)]


def check_can_answer(actor: Actor, *, area_id: int, organisation_id: UUID, what: str) -> None:
    """Raise unless the actor answers for the organisation: `NotAllowed` for a member of the area, who sees the
    thing but may not write the agency's words, `NotFound` for anyone else."""
    if can_answer(actor, area_id=area_id, organisation_id=organisation_id):
        return
    if area_id in actor.read_areas:
        raise NotAllowed("Only the agency's own people can do this.", area_id=area_id)
    raise NotFound(what)
