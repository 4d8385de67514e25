"""Running sweeps: whoever claims the next turn in `queue.sweep_run` runs it, the other workers leave it."""

from __future__ import annotations

import asyncio

from infra.database import sql
from infra.queue.errors import in_words
from infra.queue.registry import SWEEPS, Sweep, offered_to
from infra.queue.runner import BOOKKEEPING, Opening
from infra.telemetry.logs import logger

log = logger("sweeps")

_CLAIM = """
insert into queue.sweep_run as run (name, started_at) values ($1, now())
on conflict (name) do update set started_at = now(), finished_at = null, error = null
    where run.started_at <= now() - make_interval(secs => case
        when run.finished_at is null or run.error is not null then least($2::float, $3::float) else $2::float end)
returning 1
"""
#: what failed, or whose process died, is tried again so soon: a day's work is not left out for one lost connection.
#: Longer than any transaction of the worker's login may last
AGAIN_SECONDS = 600.0
_END = "update queue.sweep_run set finished_at = now(), error = $2 where name = $1"


async def sweep_due(*, opening: Opening) -> list[str]:
    """Run every sweep whose turn has come; return the names of those this process ran."""
    return [sweep.name for sweep in list(SWEEPS.values()) if await _turn(sweep, opening=opening)]


async def sweeps(*, opening: Opening, tick_seconds: float = 5.0) -> None:
    """Run sweeps until cancelled."""
    while True:
        try:
            await sweep_due(opening=opening)
        except Exception as error:  # the next tick tries again
            log.warning("sweeps_wait", error=in_words(error))
        await asyncio.sleep(tick_seconds)


async def _turn(sweep: Sweep, *, opening: Opening) -> bool:
    async with opening("queue", None, BOOKKEEPING).scope:
        mine = await sql.fetch_value(_CLAIM, sweep.name, sweep.every, AGAIN_SECONDS)
    if mine is None:
        return False
    error = await _run(sweep, opening=opening)
    async with opening("queue", None, BOOKKEEPING).scope:
        await sql.execute(_END, sweep.name, error)
    return True


async def _run(sweep: Sweep, *, opening: Opening) -> str | None:
    opened = opening(sweep.name, None, sweep.powers)
    try:
        async with opened.scope:
            await sweep.work(**offered_to(sweep.work, by=opened.by))
    except Exception as error:
        words = in_words(error)
        log.warning("sweep_failed", sweep=sweep.name, error=words)
        return words
    return None
