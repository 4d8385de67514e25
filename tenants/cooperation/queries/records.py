"""What was sent, said and done about one request: the lists that are asked for, in one statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args
from uuid import UUID

from infra.database import sql
from tenants.cooperation.rules.answers import Answer, from_json
from tenants.cooperation.rules.duties import Step


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Submissions, moves and reminders newest first; the thread of messages oldest first, at most the last 200.

    An agency's people read no steps, moves and reminders.
    """

    submissions: tuple[SubmissionRow, ...]
    messages: tuple[MessageRow, ...]
    steps: tuple[Step, ...]
    moves: tuple[MoveRow, ...]
    reminders: tuple[ReminderRow, ...]


Part = Literal["submissions", "messages", "follow_up"]
PARTS: frozenset[Part] = frozenset(get_args(Part))

_SQL: dict[Part, str] = {
    "submissions": """
    (select json_agg(part) from (
        select s.id, s.request_id, s.receipt, s.answers, s.reused, s.sent_by, s.sent_at, s.withdrawn_at, p.outcome,
            p.comment, p.replied_by, p.replied_at
        from submission s left join area_reply p on p.area_id = s.area_id and p.submission_id = s.id
        where s.area_id = $1 and s.request_id = $2 order by s.sent_at desc, s.id desc limit 50) part) as submissions""",
    "messages": """
    (select json_agg(part order by part.written_at, part.id) from (
        select id, side, body, written_by, written_at from request_message
        where area_id = $1 and request_id = $2 order by written_at desc, id desc limit 200) part) as messages""",
    "follow_up": """
    (select d.follow_up from duty_request r join duty d on d.area_id = r.area_id and d.id = r.duty_id
        where r.area_id = $1 and r.id = $2) as steps,
    (select json_agg(part) from (
        select id, step, step_title, evidence, reason, moved_by, moved_at from follow_up_move
        where area_id = $1 and request_id = $2 order by moved_at desc, id desc limit 100) part) as moves,
    (select json_agg(part) from (
        select id, day, sent_to, sent_at from reminder
        where area_id = $1 and request_id = $2 order by sent_at desc, id desc limit 100) part) as reminders""",
}


async def record(*, area_id: int, request_id: UUID, parts: Collection[Part] = PARTS) -> Record:
    """Return the lists of a request, each empty where the reader may see none of it, and where it is not asked for."""
    row = await sql.fetch_one(f"select {','.join(_SQL[part] for part in sorted(parts))}", area_id, request_id)
    assert row is not None
    lists: dict[str, Any] = {name: json.loads(text or "[]") for name, text in row.items()}
    return Record(
        submissions=tuple(_submission(part) for part in lists.get("submissions", ())),
        messages=tuple(MessageRow(**_typed(part)) for part in lists.get("messages", ())),
        steps=tuple(Step(**part) for part in lists.get("steps", ())),
        moves=tuple(MoveRow(**_typed(part)) for part in lists.get("moves", ())),
        reminders=tuple(ReminderRow(**_typed(part)) for part in lists.get("reminders", ())),
    )


def _submission(part: Mapping[str, Any]) -> SubmissionRow:
    values = _typed(part)
    return SubmissionRow(**{**values, "answers": from_json(values["answers"]), "reused": tuple(values["reused"])})


def _typed(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _TYPES[name](value) if value and name in _TYPES else value for name, value in part.items()}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_TYPES: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("id", "request_id"), UUID),
    **dict.fromkeys(("sent_at", "withdrawn_at", "replied_at", "written_at", "moved_at"), _instant),
}


_CONFIRMED = """
select receipt from submission s where area_id = $1 and receipt = any ($2) and cardinality(reused) > 0
    and not exists (select from jsonb_object_keys(s.answers) as answered (key) where key <> all (s.reused))
"""


async def confirmed_receipts(*, area_id: int, receipts: Sequence[str]) -> frozenset[str]:
    """Return which of these were given for a return whose every answer is last year's, and was confirmed."""
    rows = await sql.fetch(_CONFIRMED, area_id, list(receipts)) if receipts else []
    return frozenset(row["receipt"] for row in rows)
