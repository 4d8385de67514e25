"""A message that kills its worker is stopped after five starts; a relay that dies in mid-stride doubles nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.queue import admin
from infra.queue.runs import MOST_STARTS
from tenants.tenancy.scope import system_scope
from tests.faults.brokers import Carrier
from tests.faults.sending import boards, send, states
from tests.support.cluster import Cluster
from tests.support.worker_process import until, worker_process
from tests.support.world import make_area

pytestmark = pytest.mark.faults


async def test_a_message_that_kills_its_worker_is_stopped_and_shown(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    area = await make_area()
    with worker_process(database, tmp_path, **carrier.variables) as worker:
        await send(area, "board.add", "worker.kill", "board.add")

        async def ended() -> bool:
            if worker.process.poll() is not None:
                worker.start()
            return await states(database, area) == ["done", "stopped"]

        await until(ended, seconds=60, why=worker.log)
        assert (tmp_path / "kills").read_text().splitlines() == ["killed"] * MOST_STARTS
        assert await boards(area) == 2
        assert worker.terminate() == 0
    async with system_scope("test", powers=["platform"]):
        (shown,) = [run for run in await admin.job_runs(state="stopped") if run.area_id == area.id]
        assert (shown.actor, "5 times" in str(shown.error)) == ("worker.kill", True)
        assert await admin.discard(shown.message_id)


async def test_a_relay_that_dies_between_publishing_and_removing(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    area = await make_area()
    (tmp_path / "die-after-publishing").touch()
    with worker_process(database, tmp_path, **carrier.variables) as worker:
        await send(area, *["board.add"] * 10)

        async def ended() -> bool:
            if worker.process.poll() is not None:
                worker.start()
            return await states(database, area) == ["done"]

        await until(ended, why=worker.log)
        assert (tmp_path / "died-after-publishing").exists()
        assert await boards(area) == 10
        assert worker.terminate() == 0
