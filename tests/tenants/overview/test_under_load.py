"""Many people and two workers at once: in no snapshot of the database does a row hold that its records deny."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
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
LONGEST = 90.0
WRITERS = 4
#: two people who changed the same thing: one of them is told to try again
TURNED_AWAY = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)


def one_snapshot() -> Scope:
    """A scope of the Department in which every statement sees the same moment."""
    return Scope(login="national", context=None, readonly=True, isolation="repeatable read")


@dataclass
class Seen:
    """How many changes were made, rows computed, and rows that held looked at."""

    changed: int = 0
    computed: int = 0
    held: int = 0


async def write(made: Partnership, chance: Random, seen: Seen, enough: Callable[[], bool]) -> None:
    while not enough():
        with contextlib.suppress(*TURNED_AWAY):
            seen.changed += "refused" not in await change(made, chance)


async def keep(made: Partnership, seen: Seen, enough: Callable[[], bool]) -> None:
    while not enough():
        seen.computed += len(await refresh(made.area) or [])
        await asyncio.sleep(0.01)


async def look(made: Partnership, seen: Seen, enough: Callable[[], bool]) -> None:
    """Look at the rows that hold; fail at the first that is wrong."""
    while not enough():
        async with one_snapshot():
            rows = await queries.kept(area_ids=[made.area.id])
            said = {subject: (await queries.live(subject, area_ids=[made.area.id])) for subject in Subject}
        for row in rows:
            if row.holds(today()):
                assert row.fact == said[row.subject][made.area.id]
                seen.held += 1


async def test_no_row_that_holds_is_wrong_in_any_snapshot(database: Cluster) -> None:
    made = await with_everything()
    await refresh(made.area)
    ENGINE.current_transaction.set(None)
    seen, began = Seen(), time.monotonic()

    def enough() -> bool:
        """Whether it went on for long enough, in seconds and, however slow the machine is, in what was met."""
        took = time.monotonic() - began
        assert took < LONGEST, f"{seen}: neither writers nor workers nor who looks may starve"
        return took > SECONDS and seen.changed > 20 and seen.computed > 5 and seen.held > 5

    writes = [write(made, Random(seed), seen, enough) for seed in range(WRITERS)]
    workers = [keep(made, seen, enough) for _ in range(2)]
    await asyncio.gather(*writes, *workers, look(made, seen, enough))
    await refresh(made.area)
    assert await shown(made.area) == await recorded(made.area)
