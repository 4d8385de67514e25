"""Reading duties, their published versions and their cycles. One statement each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from infra.database import sql
from tenants.cooperation.rules.duties import Question, Step


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRow:
    """A duty as it is being worked on. `changed`: since its latest published version."""

    area_id: int
    id: UUID
    title: str
    body: str
    legal_basis: tuple[str, ...]
    legal_note: str | None
    cycle: str
    categories: tuple[str, ...]
    questions: tuple[Question, ...]
    opens_on: date | None
    due_on: date | None
    reminder_days: tuple[int, ...]
    follow_up: tuple[Step, ...]
    state: str
    latest_number: int
    changed: bool
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionRow:
    """A published version of a duty: what agencies are asked, frozen."""

    area_id: int
    id: UUID
    duty_id: UUID
    number: int
    title: str
    body: str
    legal_basis: tuple[str, ...]
    legal_note: str | None
    questions: tuple[Question, ...]
    published_at: datetime
    published_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CycleRow:
    """One time round of a duty, with how many agencies were asked and how many answered or are late."""

    area_id: int
    id: UUID
    duty_id: UUID
    duty_title: str
    label: str
    opens_on: date
    due_on: date
    opened_by: str
    asked: int
    returned: int
    accepted: int
    declined: int


_DUTY = """
select area_id, id, title, body, legal_basis, legal_note, cycle, categories, questions::text as questions, opens_on,
    due_on, reminder_days, follow_up::text as follow_up, state, latest_number, changed, version
from duty
"""
_VERSION = """
select area_id, id, duty_id, number, title, body, legal_basis, legal_note, questions::text as questions, published_at,
    published_by
from duty_version
"""
_CYCLE = """
select y.area_id, y.id, y.duty_id, v.title as duty_title, y.label, y.opens_on, y.due_on, y.opened_by,
    coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked,
    coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned,
    coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted,
    coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined
from duty_cycle y
    join duty_version v on v.area_id = y.area_id and v.id = y.duty_version_id
    left join cooperation_count n on n.area_id = y.area_id and n.cycle_id = y.id
"""
_CYCLE_GROUP = "group by y.area_id, y.id, v.title"


async def duties(*, area_id: int) -> list[DutyRow]:
    """Return the area's duties by title, at most 200; retired ones last."""
    rows = await sql.fetch(f"{_DUTY} where area_id = $1 order by state = 'retired', title, id limit 200", area_id)
    return [_duty(row) for row in rows]


async def duty(*, area_id: int, duty_id: UUID) -> DutyRow | None:
    """Return one duty, or None."""
    row = await sql.fetch_one(f"{_DUTY} where area_id = $1 and id = $2", area_id, duty_id)
    return None if row is None else _duty(row)


async def versions(*, area_id: int, duty_id: UUID) -> list[VersionRow]:
    """Return the published versions of a duty, newest first."""
    rows = await sql.fetch(
        f"{_VERSION} where area_id = $1 and duty_id = $2 order by number desc limit 100", area_id, duty_id
    )
    return [version_of(row) for row in rows]


async def version(*, area_id: int, version_id: UUID) -> VersionRow | None:
    """Return one published version, or None; an agency sees those it was asked."""
    row = await sql.fetch_one(f"{_VERSION} where area_id = $1 and id = $2", area_id, version_id)
    return None if row is None else version_of(row)


async def versions_by_id(*, keys: list[tuple[int, UUID]]) -> dict[tuple[int, UUID], VersionRow]:
    """Return published versions by (area, id): one statement for a whole list."""
    rows = await sql.fetch(
        f"{_VERSION} where (area_id, id) in (select * from unnest($1::integer[], $2::uuid[]))",
        [area for area, _ in keys],
        [version_id for _, version_id in keys],
    )
    return {(row["area_id"], row["id"]): version_of(row) for row in rows}


async def cycles(*, area_id: int, duty_id: UUID | None = None) -> list[CycleRow]:
    """Return the area's cycles, the latest due first, at most 100."""
    rows = await sql.fetch(
        f"{_CYCLE} where y.area_id = $1 and ($2::uuid is null or y.duty_id = $2) {_CYCLE_GROUP} "
        "order by y.due_on desc, y.id limit 100",
        area_id,
        duty_id,
    )
    return [CycleRow(**row) for row in rows]


async def cycle(*, area_id: int, cycle_id: UUID) -> CycleRow | None:
    """Return one cycle, or None."""
    row = await sql.fetch_one(f"{_CYCLE} where y.area_id = $1 and y.id = $2 {_CYCLE_GROUP}", area_id, cycle_id)
    return None if row is None else CycleRow(**row)


def _duty(row: Record) -> DutyRow:
    values = dict(row)
    values["follow_up"] = tuple(Step(**step) for step in json.loads(values["follow_up"]))
    for name in ("legal_basis", "categories", "reminder_days"):
        values[name] = tuple(values[name])
    return DutyRow(**_with_questions(values))


def version_of(row: Mapping[str, Any]) -> VersionRow:
    """Return a published version from its columns, of which `questions` is JSON text."""
    values = dict(row)
    values["legal_basis"] = tuple(values["legal_basis"])
    return VersionRow(**_with_questions(values))


def _with_questions(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "questions": tuple(Question(**question) for question in json.loads(values["questions"]))}
