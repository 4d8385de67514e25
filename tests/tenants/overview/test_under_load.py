"""Many people and two workers at once: in no snapshot of the database does a row hold that its records deny."""

from __future__ import annotations

import asyncio
import contextlib
import time
from random import Random

import asyncpg

from infra.clock import today
from infra.database import ENGINE, Scope
from tenants.overview import queries
from tenants.overview.rules import Subject
from tests.support.cluster import Cluster
from tests.support.membership import Partnership
from tests.tenants.overview.keeping import recorded, refresh, shown
from tests.tenants.overview.random_changes import change
from tests.tenants.overview.test_never_wrong import with_everything

SECONDS = 4.0
WRITERS = 4
#: two people who changed the same thing: one of them is told to try again
TURNED_AWAY = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)


def one_snapshot() -> Scope:
    """A scope of the Department in which every statement sees the same moment."""
    return Scope(login="national", context=None, readonly=True, isolation="repeatable read")


async def write(made: Partnership, chance: Random, until: float) -> int:
    done = 0
    while time.monotonic() < until:
        with contextlib.suppress(*TURNED_AWAY):
            done += "refused" not in await change(made, chance)
    return done


async def keep(made: Partnership, until: float) -> int:
    computed = 0
    while time.monotonic() < until:
        computed += len(await refresh(made.area) or [])
        await asyncio.sleep(0.01)
    return computed


async def look(made: Partnership, until: float) -> int:
    """How many rows held when looked at; fails at the first that was wrong."""
    held = 0
    while time.monotonic() < until:
        async with one_snapshot():
            rows = await queries.kept(area_ids=[made.area.id])
            said = {subject: (await queries.live(subject, area_ids=[made.area.id])) for subject in Subject}
        for row in rows:
            if row.holds(today()):
                assert row.fact == said[row.subject][made.area.id]
                held += 1
    return held


async def test_no_row_that_holds_is_wrong_in_any_snapshot(database: Cluster) -> None:
    made = await with_everything()
    await refresh(made.area)
    ENGINE.current_transaction.set(None)
    until = time.monotonic() + SECONDS
    writes = [write(made, Random(seed), until) for seed in range(WRITERS)]
    *changed, one, other, held = await asyncio.gather(*writes, keep(made, until), keep(made, until), look(made, until))
    assert sum(changed) > 20
    assert one + other > 5, "the workers got their turn between the writers"
    assert held > 5, "rows held often enough to be looked at"
    await refresh(made.area)
    assert await shown(made.area) == await recorded(made.area)
