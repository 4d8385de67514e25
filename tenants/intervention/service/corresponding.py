"""What the Department and the area say to each other: an acknowledgement, a question, an answer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from infra.clock import today
from tenants.intervention.rules.drafts import (
    LONG,
    SHORT,
    Evidence,
    evidence_problems,
    future_problems,
    reason_problems,
    text_problems,
    tidy_links,
)
from tenants.intervention.rules.states import Move
from tenants.intervention.service import writing
from tenants.tenancy.actor import Actor
from tenants.tenancy.checks import tidy


async def acknowledge_flag(*, by: Actor, area_id: int, flag_id: UUID, version: int, reason: str) -> UUID:
    """Acknowledge a referral, saying what happens next."""
    return await writing.plain_move(
        Move.ACKNOWLEDGE, by=by, area_id=area_id, flag_id=flag_id, version=version, reason=reason
    )


async def ask_about_flag(
    *, by: Actor, area_id: int, flag_id: UUID, version: int, question: str, reply_due_on: date, reason: str
) -> UUID:
    """Ask the area for information, to be answered by a day."""
    flag = await writing.find(Move.ASK, by=by, area_id=area_id, flag_id=flag_id, version=version)
    found = text_problems(question, field="question", what="the question", length=SHORT)
    due = future_problems(reply_due_on, field="replyDueOn", what="The day by which you need an answer", day=today())
    writing.refuse((*found, *due, *reason_problems(reason)))
    change = writing.Change(
        reason=tidy(reason), message=tidy(question), due_on=reply_due_on, columns={"reply_due_on": reply_due_on}
    )
    return await writing.move_flag(Move.ASK, by=by, flag=flag, change=change)


async def answer_about_flag(
    *, by: Actor, area_id: int, flag_id: UUID, version: int, answer: str, evidence: tuple[Evidence, ...] = ()
) -> UUID:
    """Answer the Department's question; evidence is added to what the flag already has."""
    flag = await writing.find(Move.ANSWER, by=by, area_id=area_id, flag_id=flag_id, version=version)
    links = (*flag.evidence, *tidy_links(evidence))
    found = text_problems(answer, field="answer", what="your answer", length=LONG)
    writing.refuse((*found, *evidence_problems(links)))
    change = writing.Change(message=tidy(answer), columns={"evidence": writing.as_json(links), "reply_due_on": None})
    return await writing.move_flag(Move.ANSWER, by=by, flag=flag, change=change)
