"""Reading what an agency has drafted and sent, what was replied, and what was said about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from infra.database import sql
from tenants.cooperation.rules.answers import Answer, from_json, prefilled
from tenants.cooperation.rules.duties import Question


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What the agency's form begins with. `prefilled` are questions that hold last year's answer, unconfirmed."""

    answers: dict[str, Answer]
    prefilled: tuple[str, ...] = ()
    saved_by: str | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionRow:
    """What was sent, with the partnership's reply when there is one."""

    id: UUID
    request_id: UUID
    receipt: str
    answers: dict[str, Answer]
    reused: tuple[str, ...]
    sent_by: str
    sent_at: datetime
    withdrawn_at: datetime | None
    outcome: str | None
    comment: str | None
    replied_by: str | None
    replied_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRow:
    """One message about a request."""

    id: UUID
    side: str
    body: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveRow:
    """One follow-up decision."""

    id: UUID
    step: int
    step_title: str
    evidence: str
    reason: str
    moved_by: str
    moved_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderRow:
    """One reminder that was sent. `day` is in working days from the due day."""

    id: UUID
    day: int
    sent_to: str
    sent_at: datetime


_SUBMISSION = """
select s.id, s.request_id, s.receipt, s.answers::text as answers, s.reused, s.sent_by, s.sent_at, s.withdrawn_at,
    p.outcome, p.comment, p.replied_by, p.replied_at
from submission s left join area_reply p on p.area_id = s.area_id and p.submission_id = s.id
"""


async def submissions(*, area_id: int, request_id: UUID) -> list[SubmissionRow]:
    """Return what was sent for the request, newest first."""
    rows = await sql.fetch(
        f"{_SUBMISSION} where s.area_id = $1 and s.request_id = $2 order by s.sent_at desc, s.id desc limit 50",
        area_id,
        request_id,
    )
    return [_submission(row) for row in rows]


async def latest_submission(*, area_id: int, request_id: UUID) -> SubmissionRow | None:
    """Return what was sent last for the request, withdrawn or not, or None."""
    row = await sql.fetch_one(
        f"{_SUBMISSION} where s.area_id = $1 and s.request_id = $2 order by s.sent_at desc, s.id desc limit 1",
        area_id,
        request_id,
    )
    return None if row is None else _submission(row)


async def last_years_answers(
    *, area_id: int, organisation_id: UUID, duty_id: UUID, other_than: UUID
) -> dict[str, Answer]:
    """Return the answers the organisation last sent for another request of the duty; empty when there are none."""
    stored = await sql.fetch_value(
        "select answers::text from submission where area_id = $1 and organisation_id = $2 and duty_id = $3 "
        "and request_id <> $4 and withdrawn_at is null order by sent_at desc, id desc limit 1",
        area_id,
        organisation_id,
        duty_id,
        other_than,
    )
    return {} if stored is None else from_json(json.loads(stored))


async def stored_draft(*, area_id: int, request_id: UUID) -> Draft | None:
    """Return the saved draft, or None. Only the agency's own people see one."""
    row = await sql.fetch_one(
        "select answers::text as answers, prefilled, saved_by, saved_at from request_draft "
        "where area_id = $1 and request_id = $2",
        area_id,
        request_id,
    )
    if row is None:
        return None
    values: dict[str, Any] = dict(row)
    values["answers"] = from_json(json.loads(values["answers"]))
    return Draft(**{**values, "prefilled": tuple(values["prefilled"])})


async def draft(
    *, area_id: int, request_id: UUID, organisation_id: UUID, duty_id: UUID, questions: tuple[Question, ...]
) -> Draft:
    """Return what the form begins with: the saved draft, else what was sent before, else last year's answers."""
    if (saved := await stored_draft(area_id=area_id, request_id=request_id)) is not None:
        return saved
    if (sent := await latest_submission(area_id=area_id, request_id=request_id)) is not None:
        return Draft(answers=sent.answers)
    before = await last_years_answers(
        area_id=area_id, organisation_id=organisation_id, duty_id=duty_id, other_than=request_id
    )
    carried = prefilled(questions, before)
    return Draft(answers=carried, prefilled=tuple(carried))


async def messages(*, area_id: int, request_id: UUID) -> list[MessageRow]:
    """Return the thread about the request, oldest first, at most the last 200."""
    rows = await sql.fetch(
        "select * from (select id, side, body, written_by, written_at from request_message "
        "where area_id = $1 and request_id = $2 order by written_at desc, id desc limit 200) last "
        "order by written_at, id",
        area_id,
        request_id,
    )
    return [MessageRow(**row) for row in rows]


async def moves(*, area_id: int, request_id: UUID) -> list[MoveRow]:
    """Return the follow-up decisions on the request, newest first. An agency's people read none."""
    rows = await sql.fetch(
        "select id, step, step_title, evidence, reason, moved_by, moved_at from follow_up_move "
        "where area_id = $1 and request_id = $2 order by moved_at desc, id desc limit 100",
        area_id,
        request_id,
    )
    return [MoveRow(**row) for row in rows]


async def reminders(*, area_id: int, request_id: UUID) -> list[ReminderRow]:
    """Return the reminders sent about the request, newest first."""
    rows = await sql.fetch(
        "select id, day, sent_to, sent_at from reminder where area_id = $1 and request_id = $2 "
        "order by sent_at desc, id desc limit 100",
        area_id,
        request_id,
    )
    return [ReminderRow(**row) for row in rows]


def _submission(row: Record) -> SubmissionRow:
    values: dict[str, Any] = dict(row)
    values["answers"] = from_json(json.loads(values["answers"]))
    return SubmissionRow(**{**values, "reused": tuple(values["reused"])})
