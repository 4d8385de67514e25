"""Who may raise and move a flag. The rules decide; this says on whose side a person acts."""

from __future__ import annotations

from tenants.intervention.rules.decisions import DECISIONS, Decision
from tenants.intervention.rules.states import Move, Party, Standing, moves_open, refusal
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed, WrongState
from tenants.tenancy.roles import Role

AREA_SIDE = (
    Role.BUSINESS_MANAGER,
    Role.LEAD_SAFEGUARDING_PARTNER,
    Role.DELEGATED_SAFEGUARDING_PARTNER,
    Role.PARTNERSHIP_CHAIR,
)


def parties_of(actor: Actor, *, area_id: int) -> frozenset[Party]:
    """Return on whose side the actor may act on a flag of this area, today and under this hat."""
    sides = {
        Party.AREA: actor.holds(*AREA_SIDE, area_id=area_id),
        Party.SCRUTINEER: actor.holds(Role.INDEPENDENT_SCRUTINEER, area_id=area_id),
        Party.OFFICIAL: actor.is_official,
    }
    return frozenset(party for party, holds in sides.items() if holds)


def can_raise(actor: Actor, *, area_id: int) -> bool:
    """Return whether the actor may raise a flag in this area."""
    return not parties_of(actor, area_id=area_id).isdisjoint({Party.AREA, Party.SCRUTINEER})


def check_can_raise(actor: Actor, *, area_id: int) -> Party:
    """Return on whose side the actor raises a flag; raises `NotAllowed`."""
    if not can_raise(actor, area_id=area_id):
        raise NotAllowed(
            "Only the area’s business manager, a lead or delegated safeguarding partner, the partnership chair or the "
            "independent scrutineer can raise a flag.",
            area_id=area_id if area_id in actor.read_areas or actor.is_official else None,
        )
    return Party.AREA if Party.AREA in parties_of(actor, area_id=area_id) else Party.SCRUTINEER


def check_can_read(actor: Actor, *, area_id: int) -> None:
    """Raise `NotAllowed` unless the actor is a member of the area or an official."""
    if area_id not in actor.read_areas and not actor.is_official:
        raise NotAllowed("Flags are for the people of this partnership and the Department.")


def check_can_move(actor: Actor, move: Move, *, area_id: int, flag: Standing) -> None:
    """Raise `NotAllowed` or `WrongState` unless the actor may make this move on this flag now."""
    refused = refusal(move, flag=flag, parties=parties_of(actor, area_id=area_id))
    if refused is None:
        return
    if refused.because_of_role:
        raise NotAllowed(refused.sentence, area_id=area_id)
    raise WrongState(refused.sentence)


def check_can_decide(actor: Actor, decision: Decision, *, area_id: int) -> None:
    """Raise `NotAllowed` when the decision is for a senior official and the actor is not one."""
    if DECISIONS[decision].senior and not actor.is_senior_official:
        raise NotAllowed(
            f"“{DECISIONS[decision].label}” can be decided by a senior official only.",
            area_id=area_id,
            field="decision",
        )


def moves_for(actor: Actor, *, area_id: int, flag: Standing) -> list[Move]:
    """Return the moves the actor may make now."""
    return moves_open(flag=flag, parties=parties_of(actor, area_id=area_id))
