"""Import runs as an administrator sees them, while they run and afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from infra import clock
from infra.database import sql
from tenants.organisations.rules import RejectedRow

# A running import reports every second; one that has been silent this long was killed.
SILENCE = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportRun:
    """One import of one file. Counts are final once `status` is done."""

    id: UUID
    kind: str
    file_name: str
    sha256: str | None
    size_bytes: int | None
    allow_mass_closure: bool
    status: str
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None
    heard_from_at: datetime | None
    finished_at: datetime | None
    rows_expected: int
    rows_read: int
    created: int
    changed: int
    closed: int
    reopened: int
    unchanged: int
    rejected: int
    problem: str | None

    @property
    def interrupted(self) -> bool:
        """Return whether the import's process ended before it did: nothing was changed, and it can be repeated."""
        heard = self.heard_from_at
        return self.status == "running" and heard is not None and clock.now() - heard > SILENCE

    @property
    def percent(self) -> int:
        """Return how much of the file has been read, 0 to 100; merging follows reading."""
        if self.status == "done":
            return 100
        return min(99, round(100 * self.rows_read / self.rows_expected)) if self.rows_expected else 0


_RUN = """
select id, kind, file_name, sha256, size_bytes, allow_mass_closure, status, asked_by_name, asked_at, started_at,
    heard_from_at, finished_at, rows_expected, rows_read, created, changed, closed, reopened, unchanged, rejected,
    problem
from import_run
where ($1::uuid is null or id = $1) and ($2::uuid is null or id < $2)
order by id desc
limit $3
"""


async def run(*, run_id: UUID) -> ImportRun | None:
    """Return the run, or None."""
    row = await sql.fetch_one(_RUN, run_id, None, 1)
    return None if row is None else _run(row)


async def runs(*, before: UUID | None = None, limit: int = 20) -> list[ImportRun]:
    """Return runs, newest first; `before` continues after the last one of the page before."""
    return [_run(row) for row in await sql.fetch(_RUN, None, before, limit)]


async def rejections(*, run_id: UUID, after_line: int = 0, limit: int = 50) -> list[RejectedRow]:
    """Return rejected rows in the order of the file."""
    rows = await sql.fetch(
        "select line, reason, reference from import_rejection where run_id = $1 and line > $2 order by line limit $3",
        run_id,
        after_line,
        limit,
    )
    return [RejectedRow(**dict(row)) for row in rows]


def _run(row: Record) -> ImportRun:
    return ImportRun(**dict(row))
