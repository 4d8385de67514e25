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

_START = """
update queue.job_run set
    starts = starts + 1,
    state = case when starts >= $2 then 'stopped' else 'running' end,
    error = case when starts >= $2 then $3 else error end,
    started_at = now(),
    finished_at = case when starts >= $2 then now() end
where message_id = $1 and state in ('queued', 'running')
returning starts, state
"""
_FINISH = """
update queue.job_run set state = $2, error = $3, finished_at = now()
where message_id = $1 and state in ('queued', 'running')
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
    return None if row is None or row["state"] == "stopped" else int(row["starts"])


async def finish(message_id: UUID) -> None:
    """Record that the message had its effect."""
    await sql.execute(_FINISH, message_id, "done", None)


async def fail(delivery: Delivery, *, starts: int, error: str, final: bool) -> None:
    """Record why a start failed, and write the next delivery unless this was the last."""
    if final or starts >= MOST_STARTS:
        await sql.execute(_FINISH, delivery.message_id, "failed", error)
        return
    await sql.execute("update queue.job_run set error = $2 where message_id = $1", delivery.message_id, error)
    await outbox.send(
        message_id=delivery.message_id,
        actor=delivery.actor,
        args=delivery.args,
        area_id=delivery.area_id,
        delay=BACKOFF[starts - 1],
    )


async def due(*, limit: int) -> list[Delivery]:
    """Return the deliveries whose time has come, oldest first."""
    rows = await sql.fetch(
        "select id, message_id, actor, args::text as args, area_id from queue.outbox "
        "where available_at <= now() order by available_at, id limit $1",
        limit,
    )
    return [Delivery(**{**dict(row), "args": json.loads(row["args"])}) for row in rows]
