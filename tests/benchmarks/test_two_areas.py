"""What one area's 10,000 jobs cost another area, on either broker; the target is a p95 below twice the p95 alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import figures
from tests.faults.brokers import Carrier, carrier
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.two_areas import Waits, ask, flood
from tests.support.worker_process import worker_process
from tests.support.world import make_area

__all__ = ["carrier"]
FLOOD, TIMES, ROUNDS, MOST = 10_000, 60, 3, 2.0


@pytest.mark.benchmark
@pytest.mark.timeout(600)
async def test_one_areas_thousands_do_not_delay_anothers_few(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    load = figures.machine()
    busy, other = await make_area(), await make_area()
    alone: list[float] = []
    beside: list[float] = []
    with worker_process(database, tmp_path, CONCORDAT_WORKER_THREADS="8", **carrier.variables):
        await ask(database, other.id, times=3)
        for _ in range(ROUNDS):
            alone.append((await ask(database, other.id, times=TIMES)).p95)
            await flood(database, busy.id, FLOOD)
            waits: Waits = await ask(database, other.id, times=TIMES)
            beside.append(waits.p95)
            await as_superuser(database, "delete from queue.outbox where area_id = $1", busy.id)
            await as_superuser(database, "delete from queue.job_run where area_id = $1 and state = 'queued'", busy.id)
    ratios = [both / one for one, both in zip(alone, beside, strict=True)]
    row = [
        carrier.name,
        *(figures.spread([1000 * p95 for p95 in series], form=".0f") for series in (alone, beside)),
        figures.spread(ratios, form=".2f"),
    ]
    head = ("broker", "p95 alone, ms", f"beside {FLOOD:,} jobs of another area, ms", "ratio")
    figures.write(f"one area beside another, {carrier.name}", load=load, body=figures.table(head, [row]))
    assert sorted(ratios)[ROUNDS // 2] < MOST
