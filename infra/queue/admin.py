"""What the platform administrator sees and decides about messages. Callers check the role and write the audit entry.

Runs in a scope with the power `platform`; any other scope sees no run and changes none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from infra.database import sql
from infra.queue import outbox

STATES = ("queued", "running", "failed", "stopped", "done", "discarded")
ENDED_BADLY = ("failed", "stopped")

_COLUMNS = (
    "message_id, actor, area_id, state, starts, error, queued_at, started_at, finished_at, "
    "progress_done, progress_of, progress_words"
)
_LIST = f"""
select {_COLUMNS} from queue.job_run
where ($1::text is null or state = $1) and ($2::uuid is null or message_id < $2)
order by message_id desc limit $3
"""
_RETRY = """
update queue.job_run set starts = 0, error = null where message_id = $1 and state = any ($2::text[])
returning actor, args::text as args, area_id
"""
_DISCARD = """
update queue.job_run set state = 'discarded', finished_at = now()
where message_id = $1 and state = any ($2::text[]) returning 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRun:
    """A message as the administrator sees it; `error` is a sentence without personal data."""

    message_id: UUID
    actor: str
    area_id: int | None
    state: str
    starts: int
    error: str | None
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    progress_done: int | None
    progress_of: int | None
    progress_words: str | None


async def job_runs(*, state: str | None = None, before: UUID | None = None, limit: int = 50) -> list[JobRun]:
    """Return messages newest first; `before` continues after the last one of the page before."""
    return [_run(row) for row in await sql.fetch(_LIST, state, before, limit)]


async def job_run(message_id: UUID) -> JobRun | None:
    """Return one message, or None."""
    row = await sql.fetch_one(f"select {_COLUMNS} from queue.job_run where message_id = $1", message_id)
    return None if row is None else _run(row)


async def counts() -> dict[str, int]:
    """Return how many messages are in each state, zeros included."""
    rows = await sql.fetch("select state, count(*) as number from queue.job_run group by state")
    return dict.fromkeys(STATES, 0) | {row["state"]: row["number"] for row in rows}


async def retry(message_id: UUID) -> bool:
    """Send a failed or stopped message again with a fresh count of starts; False when it is neither."""
    row = await sql.fetch_one(_RETRY, message_id, list(ENDED_BADLY))
    if row is None:
        return False
    await outbox.send(message_id=message_id, actor=row["actor"], args=json.loads(row["args"]), area_id=row["area_id"])
    return True


async def discard(message_id: UUID) -> bool:
    """Give a failed or stopped message up for good; False when it is neither."""
    return await sql.fetch_value(_DISCARD, message_id, list(ENDED_BADLY)) is not None


def _run(row: Record) -> JobRun:
    return JobRun(**dict(row))
