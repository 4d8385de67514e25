"""The book of runs: how often each message was started, and how it ended. Needs the power `queue`."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from infra.database import sql
from infra.queue import outbox

MOST_STARTS = 5
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 180, 900))


def pause_after(starts: int) -> timedelta | None:
    """Return for how long a message waits after a start that failed, by its number; None after the last."""
    return None if starts >= MOST_STARTS else BACKOFF[max(starts, 1) - 1]


# the relay keeps an area's further messages back until one has ended
_WAKE = "select pg_notify('concordat_outbox', '') from (select from queue.outbox limit 1) as waiting"
# what others concluded while this start was at work does not undo its effect
_DONE = f"""
with ended as (
    update queue.job_run set state = 'done', error = null, process = null, suspect = false, finished_at = now()
    where message_id = $1 and state not in ('done', 'discarded'))
{_WAKE}
"""
# a process that was frozen and taken for dead says nothing about the start of its heir
_MINE = "message_id = $1 and state in ('queued', 'running') and ($2::uuid is null or process is null or process = $2)"
_STARTS = f"select starts from queue.job_run where {_MINE} for update"
_FAILED = """
update queue.job_run set state = 'failed', error = $2, process = null, suspect = false, finished_at = now()
where message_id = $1
"""
_AGAIN = """
update queue.job_run set state = 'queued', error = $2, process = null, suspect = false where message_id = $1
"""
_LATER = """
update queue.job_run set state = 'queued', process = null, starts = greatest(0, starts - 1)
where message_id = $1 and state = 'running'
"""
_MEND = """
update queue.job_run set state = 'done', error = null
where state in ('failed', 'stopped') and message_id in (select message_id from queue.inbox)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One delivery of a message, as the broker carries it: `id` is the outbox row, `message_id` the message."""

    id: UUID
    message_id: UUID
    actor: str
    args: dict[str, str | int]
    area_id: int | None


async def finish(message_id: UUID) -> None:
    """Record that the message had its effect."""
    await sql.fetch(_DONE, message_id)


async def fail(
    delivery: Delivery,
    *,
    starts: int,
    error: str,
    final: bool,
    process_id: UUID | None = None,
    again_in: float | None = None,
) -> None:
    """Record why a start failed, and write the next delivery, no sooner than `again_in`, unless this was the last.

    Does nothing when another delivery of it has come to an end, or another process has taken it over.
    """
    counted = await sql.fetch_value(_STARTS, delivery.message_id, process_id)
    if counted is None:
        return
    starts = min(starts, counted)  # a start that got further than all before it counts as the first
    pause = None if final else pause_after(starts)
    if pause is None:
        await sql.execute(_FAILED, delivery.message_id, error)
        await sql.fetch(_WAKE)
        return
    await sql.execute(_AGAIN, delivery.message_id, error)
    await _send(delivery, max(pause, timedelta(seconds=again_in or 0)))


async def later(delivery: Delivery, *, seconds: float) -> None:
    """Let the message wait and take its start back: it has not failed."""
    await sql.execute(_LATER, delivery.message_id)
    await send_again(delivery, seconds=seconds)


async def send_again(delivery: Delivery, *, seconds: float) -> None:
    """Write another delivery for a little later than asked, so that not all come at once."""
    await _send(delivery, timedelta(seconds=seconds * random.uniform(1.0, 1.5)))  # noqa: S311


async def _send(delivery: Delivery, delay: timedelta) -> None:
    await outbox.send(
        message_id=delivery.message_id,
        actor=delivery.actor,
        args=delivery.args,
        area_id=delivery.area_id,
        delay=delay,
    )


async def mend() -> None:
    """Book as done what had its effect and was booked as failed or stopped, its own process having died too soon."""
    await sql.execute(_MEND)
