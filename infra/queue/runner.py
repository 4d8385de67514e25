"""Running one delivery: count the start, do the work once, record how it ended.

Whoever starts the worker gives an `Opening`: how a transaction of an area is opened is not known down here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from infra.queue import leases, runs
from infra.queue.errors import DATABASE_AWAY, GiveUp, JobError, Later, in_words
from infra.queue.inbox import once
from infra.queue.processes import Process
from infra.queue.progress import Progress, shown
from infra.queue.registry import JOBS, Job
from infra.queue.runs import Delivery
from infra.queue.starting import start
from infra.telemetry.logs import logger

log = logger("queue")
T = TypeVar("T")

BOOKKEEPING = frozenset({"queue"})
_PAUSE_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A scope, not yet entered, and the actor it is opened for."""

    by: object
    scope: AbstractAsyncContextManager[Any]


#: (name of the work, area or None, powers) → the scope to do it in
Opening = Callable[[str, int | None, frozenset[str]], Opened]
End = Callable[[], Awaitable[None]]


async def run(delivery: Delivery, *, opening: Opening, process: Process | None = None) -> None:
    """Run a delivery to a recorded end. Returns normally when the job failed: the book of runs says so.

    Without `process` it runs as a process of its own that nobody knows to be alive.
    """
    process, job = process or Process(), JOBS.get(delivery.actor)
    async with process.at_work(delivery.message_id):
        starts = await _booked(opening, lambda: start(delivery, job=job, process=process))
        if starts is not None:
            end = await _end(delivery, job, starts=starts, opening=opening, process=process)
            await _booked(opening, lambda: _book(delivery, job, end=end, process=process))


async def _end(delivery: Delivery, job: Job | None, *, starts: int, opening: Opening, process: Process) -> End:
    """Run the job; return what is to be booked: that it ended well, failed, or is to wait."""
    told, begun = {"job": delivery.actor, "message_id": str(delivery.message_id)}, time.monotonic()
    try:
        await _work(delivery, job, starts=starts, opening=opening, process=process)
    except Later as error:
        seconds = error.seconds
        log.info("job_waits", **told, seconds=seconds)
        return lambda: runs.later(delivery, seconds=seconds)
    except Exception as error:
        words, final = in_words(error), isinstance(error, GiveUp)
        again_in = error.again_in if isinstance(error, JobError) else None
        log.warning("job_failed", **told, starts=starts, error=words)
        return lambda: runs.fail(
            delivery, starts=starts, error=words, final=final, process_id=process.id, again_in=again_in
        )
    log.info("job_done", **told, seconds=round(time.monotonic() - begun, 3))
    return lambda: runs.finish(delivery.message_id)


async def _book(delivery: Delivery, job: Job | None, *, end: End, process: Process) -> None:
    if job is not None and job.leases:
        await leases.release(delivery.message_id, process=process)
    await end()


async def _work(delivery: Delivery, job: Job | None, *, starts: int, opening: Opening, process: Process) -> None:
    if job is None:
        raise GiveUp(f"This version of Concordat has no job named {delivery.actor}.")
    opened, progress = opening(job.name, delivery.area_id, job.powers), Progress(process)
    offered = {
        "by": opened.by,
        "area_id": delivery.area_id,
        "message_id": delivery.message_id,
        "is_last_start": starts >= runs.MOST_STARTS,
        "pause": runs.pause_after(starts),
        "progress": progress,
    }
    async with _telling(delivery, job, progress, opening=opening, process=process):
        async with asyncio.timeout(job.limit_seconds):
            await _call(job, delivery, opened=opened, offered=offered)


def _telling(
    delivery: Delivery, job: Job, progress: Progress, *, opening: Opening, process: Process
) -> AbstractAsyncContextManager[None]:
    if not job.asks_for("progress"):
        return nullcontext()
    return shown(
        progress, message_id=delivery.message_id, process=process, write=lambda entry: _booked(opening, entry)
    )


async def _call(job: Job, delivery: Delivery, *, opened: Opened, offered: dict[str, Any]) -> None:
    arguments = job.arguments(delivery.args, offered=offered)
    if job.owns_scope:
        await job.work(**arguments)
        return
    async with opened.scope:
        if await once(delivery.message_id):
            await job.work(**arguments)


async def _booked(opening: Opening, entry: Callable[[], Awaitable[T]]) -> T:
    """Write into the book of runs, waiting for a database that is away: giving up here would lose the message."""
    while True:
        try:
            async with opening("queue", None, BOOKKEEPING).scope:
                return await entry()
        except DATABASE_AWAY as error:
            log.warning("book_of_runs_waits", error=type(error).__name__)
            await asyncio.sleep(_PAUSE_SECONDS)
