"""What one area's 10,000 jobs cost another area, and what taking turns costs the one, on either broker, in one run.

The targets: the other's p95 stays below twice the p95 alone, and one area alone has at least half the pace that it
would have if the broker were simply given everything.
"""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.benchmarks import figures
from tests.faults.brokers import Carrier, carrier
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.two_areas import ask, flood, pace
from tests.support.worker_process import worker_process
from tests.support.world import make_area

__all__ = ["carrier"]
FLOOD, TIMES, ROUNDS = 10_000, 60, 3
ALONE = 500  #: messages of one area alone
MOST_WAIT, LEAST_PACE = 2.0, 0.5
EMPTY = "truncate queue.outbox, queue.inbox, queue.job_run, queue.process, dramatiq.queue"


@dataclass
class Series:
    """One figure a round; waits in milliseconds, paces in messages a second."""

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    by_turns: list[float] = field(default_factory=list)
    without: list[float] = field(default_factory=list)

    @property
    def waits(self) -> list[float]:
        return [both / one for one, both in zip(self.alone, self.beside, strict=True)]

    @property
    def paces(self) -> list[float]:
        return [turns / free for turns, free in zip(self.by_turns, self.without, strict=True)]

    def columns(self) -> list[str]:
        waits = [figures.spread(series, form=".0f") for series in (self.alone, self.beside)]
        paces = [figures.spread(series, form=".0f") for series in (self.by_turns, self.without)]
        return [*waits, figures.spread(self.waits, form=".2f"), *paces, figures.spread(self.paces, form=".2f")]


@asynccontextmanager
async def worker(database: Cluster, folder: Path, carrier: Carrier, **variables: str) -> AsyncIterator[None]:
    """A worker of eight threads that has done its first message, and an empty queue before and after it."""
    await as_superuser(database, EMPTY)
    if carrier.node is not None:
        carrier.node.empty()
    with worker_process(database, folder, CONCORDAT_WORKER_THREADS="8", **carrier.variables, **variables) as process:
        await ask(database, (await make_area()).id, times=3)
        yield
        process.kill()
    await as_superuser(database, EMPTY)


async def one_round(database: Cluster, folder: Path, carrier: Carrier, series: Series) -> None:
    busy, other = await make_area(), await make_area()
    async with worker(database, folder, carrier):
        series.by_turns.append(await pace(database, busy.id, number=ALONE))
        series.alone.append(1000 * (await ask(database, other.id, times=TIMES)).p95)
        await flood(database, busy.id, FLOOD)
        series.beside.append(1000 * (await ask(database, other.id, times=TIMES)).p95)
    async with worker(database, folder, carrier, WITHOUT_TURNS="1"):
        series.without.append(await pace(database, busy.id, number=ALONE))


@pytest.mark.benchmark
@pytest.mark.timeout(1200)
async def test_one_areas_thousands_do_not_delay_anothers_few_and_are_not_slow_themselves(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    load, series = figures.machine(), Series()
    for _ in range(ROUNDS):
        await one_round(database, tmp_path, carrier, series)
    head = (
        "broker",
        "p95 alone, ms",
        f"beside {FLOOD:,} jobs of another area, ms",
        "ratio",
        "one area alone by turns, jobs/s",
        "without turns, jobs/s",
        "share",
    )
    body = figures.table(head, [[carrier.name, *series.columns()]])
    figures.write(f"one area beside another, {carrier.name}", load=load, body=body)
    assert statistics.median(series.waits) < MOST_WAIT
    assert statistics.median(series.paces) > LEAST_PACE
