"""One area's thousands of jobs and another's few, on one real worker: the few do not wait for the thousands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.brokers import Carrier
from tests.support.cluster import Cluster
from tests.support.two_areas import ask, flood, left
from tests.support.worker_process import worker_process
from tests.support.world import make_area

pytestmark = pytest.mark.faults
THREADS, FLOOD, TIMES = 4, 1500, 20


async def test_few_of_the_thousands_pass_by_one_that_comes_later(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    """Counted, not timed: a busy machine makes both areas slow, but it cannot change who goes first."""
    busy, other = await make_area(), await make_area()
    with worker_process(database, tmp_path, **carrier.variables):
        await ask(database, other.id, times=1)
        await flood(database, busy.id, FLOOD)
        waits = await ask(database, other.id, times=TIMES)
        assert await left(database, busy.id) > FLOOD / 5, "the flood was over before the others had asked"
    middle = sorted(waits.passed_by)[len(waits.passed_by) // 2]
    assert middle <= 2 * THREADS, waits.passed_by
