"""A worker that loses a connection every few statements, at every place in turn, works on: nothing ends for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.brokers import Carrier
from tests.faults.sending import boards, send, states
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.worker_process import until, worker_process
from tests.support.world import make_area

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
MESSAGES = 60


async def test_connections_lost_at_every_place_end_neither_process_nor_thread(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    area = await make_area()
    with worker_process(database, tmp_path, LOSING="1", dramatiq_restart_delay="300", **carrier.variables) as worker:
        await send(area, *["board.add"] * MESSAGES)

        async def all_done() -> bool:
            assert worker.process.poll() is None, worker.log()
            return await states(database, area) == ["done"]

        await until(all_done, seconds=180, why=worker.log)
        assert await boards(area) == MESSAGES

        async def heart_beats() -> bool:
            return bool(await as_superuser(database, "select from queue.process where until > now()"))

        await until(heart_beats, why=worker.log)
        assert worker.terminate() == 0
    assert len((tmp_path / "lost").read_text().splitlines()) > 10
