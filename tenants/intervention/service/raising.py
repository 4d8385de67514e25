"""What an area or its scrutineer does first: raise a flag, change what it says, refer it."""

from __future__ import annotations

from uuid import UUID

from infra.clock import now, today
from infra.ids import uuid7
from tenants.audit.service import record
from tenants.intervention.permissions import check_can_raise
from tenants.intervention.rules.drafts import (
    LEGAL_BASES,
    SHORT,
    FlagDraft,
    Kind,
    draft_problems,
    reason_problems,
    text_problems,
    tidy_draft,
)
from tenants.intervention.rules.states import Move, State
from tenants.intervention.service import writing
from tenants.tenancy.actor import Actor
from tenants.tenancy.checks import tidy


async def raise_flag(*, by: Actor, area_id: int, draft: FlagDraft) -> UUID:
    """Raise a flag in the area; it is not referred to the Department by that. Returns its id."""
    party = check_can_raise(by, area_id=area_id)
    draft = tidy_draft(draft)
    writing.refuse(draft_problems(draft, day=today()))
    flag_id = uuid7()
    await writing.insert_flag(by=by, area_id=area_id, flag_id=flag_id, draft=draft, party=party)
    made = writing.Made(move=Move.RAISE, before=None, after=State.RAISED, shared=False)
    await writing.append_move(by=by, area_id=area_id, flag_id=flag_id, made=made)
    await record(
        by=by,
        area_id=area_id,
        action="flag.raise",
        subject=("intervention_flag", flag_id),
        legal_basis=LEGAL_BASES[Kind(draft.kind)],
        after={"state": State.RAISED, "kind": draft.kind, "title": draft.title, "raised_as": party},
    )
    return flag_id


async def amend_flag(*, by: Actor, area_id: int, flag_id: UUID, version: int, draft: FlagDraft, reason: str) -> UUID:
    """Change what a flag says, while it has not been referred."""
    flag = await writing.find(Move.AMEND, by=by, area_id=area_id, flag_id=flag_id, version=version)
    draft = tidy_draft(draft)
    writing.refuse((*draft_problems(draft, day=today()), *reason_problems(reason)))
    change = writing.Change(reason=tidy(reason), columns=writing.columns_of(draft))
    await writing.move_flag(Move.AMEND, by=by, flag=flag, change=change)
    await writing.update_working(area_id=area_id, flag_id=flag_id, draft=draft)
    return flag_id


async def refer_flag(*, by: Actor, area_id: int, flag_id: UUID, version: int, submission: str, reason: str) -> UUID:
    """Refer a flag to the Department. `submission` is what the Department reads about what has been tried."""
    flag = await writing.find(Move.REFER, by=by, area_id=area_id, flag_id=flag_id, version=version)
    what = "what you have tried, as the Department will read it"
    found = text_problems(submission, field="submission", what=what, length=SHORT)
    writing.refuse((*found, *reason_problems(reason)))
    change = writing.Change(
        reason=tidy(reason),
        message=tidy(submission),
        columns={"submission": tidy(submission), "referred_at": now()},
    )
    return await writing.move_flag(Move.REFER, by=by, flag=flag, change=change)
