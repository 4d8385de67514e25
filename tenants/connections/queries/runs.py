"""Reading runs and what they could not take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7_at


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRow:
    """A run with its counts. `expected` is how many rows the agency says there are, where it says so."""

    id: UUID
    area_id: int | None
    connection_id: UUID
    connection_name: str
    cause: str
    state: str
    pages: int
    expected: int | None
    read: int
    applied: int
    proposed: int
    unchanged: int
    rejected: int
    said: str | None
    problem: str | None
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None
    heard_from_at: datetime | None
    finished_at: datetime | None
    resumed_page: int | None = None
    next_try_at: datetime | None = None  #: until when it waits for a system that was away; `problem` says how
    resumed_failed_at: datetime | None = None  #: when the run ended that this one took up at that page

    @property
    def seconds(self) -> float | None:
        """Return how long it took, or has taken until it was last heard from."""
        until = self.finished_at or self.heard_from_at
        return None if self.started_at is None or until is None else (until - self.started_at).total_seconds()


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectionRow:
    """A row that could not be taken, and why."""

    reference: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionRow:
    """How many proposals of a run have this outcome by this person (None: nobody yet), decided between two moments."""

    state: str
    decided_by_name: str | None
    proposals: int
    first_at: datetime | None
    last_at: datetime | None


_APART = timedelta(hours=1)
_DECISIONS = """
select state, decided_by_name, count(*)::integer as proposals, min(decided_at) as first_at, max(decided_at) as last_at
from connection_proposal where area_id = $1 and id >= $2 and ($3::uuid is null or id < $3) and run_id = $4
group by state, decided_by_name order by state <> 'open', max(decided_at) desc, decided_by_name limit $5
"""
_RUN = """
select r.id, r.area_id, r.connection_id, c.name as connection_name, r.cause, r.state, r.pages, r.expected, r.read,
    r.applied, r.proposed, r.unchanged, r.rejected, r.said, r.problem, r.asked_by_name, r.asked_at, r.started_at,
    r.heard_from_at, r.finished_at, r.resumed_page,
    case when r.state = 'running' then r.next_try_at end as next_try_at, f.finished_at as resumed_failed_at
from connection_run r join agency_connection c on c.id = r.connection_id
left join connection_run f on f.id = r.resumed_run_id
"""


async def runs(*, connection_id: UUID, after: UUID | None = None, limit: int = 51) -> list[RunRow]:
    """Return the runs of a connection, newest first."""
    rows = await sql.fetch(
        f"{_RUN} where r.connection_id = $1 and ($2::uuid is null or r.id < $2) order by r.id desc limit $3",
        connection_id,
        after,
        limit,
    )
    return [RunRow(**row) for row in rows]


async def effects(*, area_id: int | None, limit: int = 8) -> list[RunRow]:
    """Return the newest runs of the area's connections (or the national ones) that brought something, newest first."""
    rows = await sql.fetch(
        f"{_RUN} where r.home = coalesce($1, 0) and r.state = 'done' and r.cause <> 'test' "
        "and (r.applied > 0 or r.proposed > 0 or r.rejected > 0) order by r.id desc limit $2",
        area_id,
        limit,
    )
    return [RunRow(**row) for row in rows]


async def run(*, run_id: UUID) -> RunRow | None:
    """Return one run, or None."""
    row = await sql.fetch_one(f"{_RUN} where r.id = $1", run_id)
    return None if row is None else RunRow(**row)


async def decisions(run: RunRow, *, limit: int = 100) -> list[DecisionRow]:
    """Return what became of the proposals that a run made, by outcome and by who decided; those that wait first.

    Of an area's own runs: what a national connection proposes, each area decides for itself. Proposals have ids of the
    time when they were made, by clocks that may differ by less than an hour.
    """
    if run.area_id is None:
        return []
    rows = await sql.fetch(
        _DECISIONS,
        run.area_id,
        uuid7_at((run.started_at or run.asked_at) - _APART),
        None if run.finished_at is None else uuid7_at(run.finished_at + _APART),
        run.id,
        limit,
    )
    return [DecisionRow(**row) for row in rows]


async def rejections(*, run_id: UUID, limit: int = 200) -> list[RejectionRow]:
    """Return the first rows that a run could not take, and answers that could not be read at all."""
    rows = await sql.fetch(
        """select reference, reason from (
            select id, reference, reason from connection_rejection where run_id = $1
            union all
            select id, 'an answer of ' || bytes || ' bytes, SHA-256 ' || left(sha256, 12) || '…', reason
            from connection_quarantine where run_id = $1
        ) as found order by id limit $2""",
        run_id,
        limit,
    )
    return [RejectionRow(**row) for row in rows]
