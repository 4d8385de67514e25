"""How a flag is settled: decided, closed, withdrawn, opened again."""

from __future__ import annotations

from uuid import UUID

from infra.clock import today
from tenants.intervention.permissions import check_can_decide
from tenants.intervention.rules.decisions import Decision
from tenants.intervention.rules.drafts import DecisionDraft, decision_problems
from tenants.intervention.rules.states import Move
from tenants.intervention.service import writing
from tenants.tenancy.actor import Actor
from tenants.tenancy.checks import tidy


async def decide_flag(*, by: Actor, area_id: int, flag_id: UUID, version: int, draft: DecisionDraft) -> UUID:
    """Decide on a flag: the kind, the reasons, a review date. The gravest kinds are for senior officials."""
    flag = await writing.find(Move.DECIDE, by=by, area_id=area_id, flag_id=flag_id, version=version)
    writing.refuse(decision_problems(draft, day=today()))
    check_can_decide(by, Decision(draft.decision), area_id=area_id)
    change = writing.Change(
        reason=tidy(draft.reasons),
        due_on=draft.review_on,
        decision=draft.decision,
        power=draft.power,
        columns={
            "decision": draft.decision,
            "power": draft.power,
            "review_on": draft.review_on,
            "reply_due_on": None,
        },
    )
    return await writing.move_flag(Move.DECIDE, by=by, flag=flag, change=change)


async def close_flag(*, by: Actor, area_id: int, flag_id: UUID, version: int, reason: str) -> UUID:
    """Close a flag that has been decided."""
    return await writing.plain_move(Move.CLOSE, by=by, area_id=area_id, flag_id=flag_id, version=version, reason=reason)


async def withdraw_flag(*, by: Actor, area_id: int, flag_id: UUID, version: int, reason: str) -> UUID:
    """Withdraw a flag, before it is referred or before the Department decides."""
    return await writing.plain_move(
        Move.WITHDRAW, {"reply_due_on": None}, by=by, area_id=area_id, flag_id=flag_id, version=version, reason=reason
    )


async def reopen_flag(*, by: Actor, area_id: int, flag_id: UUID, version: int, reason: str) -> UUID:
    """Open again a flag that was withdrawn (the area) or closed (an official); an earlier decision stands no more."""
    decision = {"decision": None, "power": None, "review_on": None}
    return await writing.plain_move(
        Move.REOPEN, decision, by=by, area_id=area_id, flag_id=flag_id, version=version, reason=reason
    )
