"""Reading flags. On the national login the same statements return referred flags and shared moves only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from infra.clock import today
from infra.database import sql
from tenants.intervention.rules.drafts import Evidence, Told
from tenants.intervention.rules.states import OPEN, Party, Standing, State, state_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """A flag as people read it. `state` is today's: a decision whose review date has come is due for review."""

    area_id: int
    id: UUID
    kind: str
    title: str
    concern: str
    partners: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    told: tuple[Told, ...]
    raised_as: Party
    raised_by_name: str
    raised_by_role: str
    raised_on: date
    state: State
    referred_at: datetime | None
    submission: str | None
    reply_due_on: date | None
    decision: str | None
    power: str | None
    review_on: date | None
    changed_at: datetime
    version: int

    @property
    def standing(self) -> Standing:
        """Return what the rules need to know of the flag."""
        return Standing(self.state, self.raised_as, self.decision is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Working:
    """What stays in the area."""

    tried: str
    note: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveMade:
    """One move: who, as which role, when, from where to where, why, and what it said."""

    area_id: int
    id: UUID
    flag_id: UUID
    at: datetime
    move: str
    before: str | None
    after: str
    reason: str | None
    message: str | None
    due_on: date | None
    decision: str | None
    power: str | None
    by_name: str
    by_role: str
    shared: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaFlags:
    """How many referred flags an area has open, and how the gravest stands."""

    area_id: int
    open: int
    awaiting_department: int


#: the states of an open flag as stored: "review due" is stored as decided
STORED_OPEN = sorted(OPEN - {State.REVIEW_DUE})

_FLAG = """select area_id, id, kind, title, concern, partners::text as partners, evidence::text as evidence,
    told::text as told, raised_as, raised_by_name, raised_by_role, raised_on, state, referred_at, submission,
    reply_due_on, decision, power, review_on, changed_at, version from intervention_flag"""

_LIST = f"""{_FLAG}
where ($1::integer[] is null or area_id = any ($1))
    and ($2::text[] is null or state = any ($2))
    and ($3::timestamptz is null or (changed_at, id) < ($3, $4::uuid))
order by changed_at desc, id desc limit $5"""

_MOVES = """select area_id, id, flag_id, at, move, before, after, reason, message, due_on, decision, power, by_name,
    by_role, shared from intervention_flag_move where area_id = $1 and flag_id = $2 order by id"""

_COUNTS = """select area_id, count(*) as open,
    count(*) filter (where state in ('referred', 'acknowledged', 'answered')
        or (state = 'decided' and review_on <= $2)) as awaiting_department
from intervention_flag where state = any ($1) and referred_at is not null and area_id = any ($3) group by area_id"""

_TURNS = """select area_id, min(review_on) as day from intervention_flag
where area_id = any ($1) and referred_at is not null and state = 'decided' and review_on > $2 group by area_id"""


async def flag(*, area_id: int, flag_id: UUID) -> Flag | None:
    """Return the flag, or None when there is none or it is not the reader's to see."""
    row = await sql.fetch_one(f"{_FLAG} where area_id = $1 and id = $2", area_id, flag_id)
    return None if row is None else _flag(row)


async def flags(
    *,
    area_ids: Sequence[int] | None = None,
    open_only: bool = False,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Flag]:
    """Return the flags that the reader may see, last changed first; `after` is the key of the last one read."""
    states = STORED_OPEN if open_only else None
    at, identifier = after or (None, None)
    rows = await sql.fetch(_LIST, None if area_ids is None else list(area_ids), states, at, identifier, limit)
    return [_flag(row) for row in rows]


async def moves(*, area_id: int, flag_id: UUID) -> list[MoveMade]:
    """Return every move on a flag that the reader may see, in the order made."""
    return [MoveMade(**dict(row)) for row in await sql.fetch(_MOVES, area_id, flag_id)]


async def working(*, area_id: int, flag_id: UUID) -> Working | None:
    """Return what stays in the area. Never call this on the national login: it has no right to the table."""
    row = await sql.fetch_one(
        "select tried, note from intervention_flag_working where area_id = $1 and flag_id = $2", area_id, flag_id
    )
    return None if row is None else Working(**dict(row))


async def open_flags(*, area_ids: Sequence[int]) -> dict[int, AreaFlags]:
    """Return the open flags, referred to the Department, of each of the areas that has any, by area id."""
    rows = await sql.fetch(_COUNTS, STORED_OPEN, today(), list(area_ids))
    return {row["area_id"]: AreaFlags(**dict(row)) for row in rows}


async def turns_of(*, area_ids: Sequence[int], after: date) -> dict[int, date]:
    """Return the first day after `after` on which `open_flags` may change although nobody writes, by area id."""
    return {row["area_id"]: row["day"] for row in await sql.fetch(_TURNS, list(area_ids), after)}


def _flag(row: Record) -> Flag:
    values: dict[str, Any] = dict(row)
    values["partners"] = tuple(json.loads(values["partners"]))
    values["evidence"] = tuple(Evidence(**link) for link in json.loads(values["evidence"]))
    values["told"] = tuple(
        Told(name=one["name"], post=one["post"], on=date.fromisoformat(one["on"])) for one in json.loads(values["told"])
    )
    values["raised_as"] = Party(values["raised_as"])
    values["state"] = state_on(State(values["state"]), review_on=values["review_on"], day=today())
    return Flag(**values)
