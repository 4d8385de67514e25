"""The book of runs: how often each message was started, and how it ended. Needs the power `queue`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from infra.database import sql
from infra.queue import outbox

MOST_STARTS = 5
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 180, 900))

# an effect that committed is the end of its message, also when the process died before it was booked: no start counts
_START = """
update queue.job_run as run set
    starts = run.starts + (not had.effect and run.starts < $2)::integer,
    state = case when had.effect then 'done' when run.starts >= $2 then 'stopped' else 'running' end,
    error = case when had.effect then null when run.starts >= $2 then $3 else run.error end,
    started_at = case when had.effect then run.started_at else now() end,
    finished_at = case when had.effect or run.starts >= $2 then now() end
from (select exists (select from queue.inbox where message_id = $1) as effect) as had
where run.message_id = $1
    and (run.state in ('queued', 'running') or (had.effect and run.state in ('failed', 'stopped')))
returning run.starts, run.state
"""
# what others concluded while this start was at work does not undo its effect
_DONE = """
update queue.job_run set state = 'done', error = null, finished_at = now()
where message_id = $1 and state not in ('done', 'discarded')
"""
_FAILED = """
update queue.job_run set state = 'failed', error = $2, finished_at = now()
where message_id = $1 and state in ('queued', 'running')
"""
_AGAIN = "update queue.job_run set error = $2 where message_id = $1 and state in ('queued', 'running') returning 1"
_MEND = """
update queue.job_run set state = 'done', error = null
where state in ('failed', 'stopped') and message_id in (select message_id from queue.inbox)
"""
_STOPPED = f"It was started {MOST_STARTS} times and never came to an end; it may be ending its worker process."


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One delivery of a message, as the broker carries it: `id` is the outbox row, `message_id` the message."""

    id: UUID
    message_id: UUID
    actor: str
    args: dict[str, str | int]
    area_id: int | None


async def start(message_id: UUID) -> int | None:
    """Count a start and return its number, or None when the message must not run: done, stopped or discarded."""
    row = await sql.fetch_one(_START, message_id, MOST_STARTS, _STOPPED)
    return None if row is None or row["state"] != "running" else int(row["starts"])


async def finish(message_id: UUID) -> None:
    """Record that the message had its effect."""
    await sql.execute(_DONE, message_id)


async def fail(delivery: Delivery, *, starts: int, error: str, final: bool) -> None:
    """Record why a start failed, and write the next delivery unless this was the last."""
    if final or starts >= MOST_STARTS:
        await sql.execute(_FAILED, delivery.message_id, error)
        return
    if await sql.fetch_value(_AGAIN, delivery.message_id, error) is None:
        return  # another delivery of it has come to an end
    await outbox.send(
        message_id=delivery.message_id,
        actor=delivery.actor,
        args=delivery.args,
        area_id=delivery.area_id,
        delay=BACKOFF[starts - 1],
    )


async def mend() -> None:
    """Book as done what had its effect and was booked as failed or stopped, its own process having died too soon."""
    await sql.execute(_MEND)


async def due(*, limit: int) -> list[Delivery]:
    """Return the deliveries whose time has come, oldest first."""
    rows = await sql.fetch(
        "select id, message_id, actor, args::text as args, area_id from queue.outbox "
        "where available_at <= now() order by available_at, id limit $1",
        limit,
    )
    return [Delivery(**{**dict(row), "args": json.loads(row["args"])}) for row in rows]
