"""Real worker processes, really killed: nothing is lost and nothing doubled."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.faults.brokers import Carrier
from tests.faults.sending import boards, send, states
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.worker_process import until, worker_process
from tests.support.world import make_area

pytestmark = pytest.mark.faults


async def test_a_worker_killed_in_mid_work_loses_and_doubles_nothing(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    area = await make_area()
    with worker_process(database, tmp_path, **carrier.variables) as worker:
        await send(area, "board.slow", *["board.add"] * 20, "board.slow")

        async def two_at_work() -> bool:
            started = tmp_path / "started"
            return started.exists() and len(started.read_text().splitlines()) >= 2

        await until(two_at_work, why=worker.log)
        worker.kill()
        assert await boards(area) <= 20
        (tmp_path / "go").touch()
        worker.start()

        async def all_done() -> bool:
            return await states(database, area) == ["done"]

        await until(all_done, why=worker.log)
        assert await boards(area) == 22
        assert worker.terminate() == 0


async def test_sigterm_lets_the_message_at_work_end(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    area = await make_area()
    with worker_process(database, tmp_path, **carrier.variables) as worker:
        await send(area, "board.slow")

        async def at_work() -> bool:
            return (tmp_path / "started").exists()

        await until(at_work, why=worker.log)
        for _ in range(50):  # an impatient supervisor must not hang it
            worker.process.send_signal(signal.SIGTERM)
        (tmp_path / "go").touch()
        assert worker.terminate() == 0
        assert (await boards(area), await states(database, area)) == (1, ["done"])


async def test_a_database_that_drops_every_connection_is_found_again(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    area = await make_area()
    drop = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'concordat_worker'"
    with worker_process(database, tmp_path, **carrier.variables) as worker:
        for _ in range(4):
            await send(area, *["board.add"] * 25)
            await asyncio.sleep(0.3)
            await as_superuser(database, drop)

        async def all_done() -> bool:
            return await states(database, area) == ["done"]

        await until(all_done, seconds=40, why=worker.log)
        assert await boards(area) == 100
        assert worker.terminate() == 0


async def test_a_worker_frozen_past_its_time_and_its_heir_have_one_effect(
    database: Cluster, tmp_path: Path, carrier: Carrier
) -> None:
    area = await make_area()
    with worker_process(database, tmp_path, **carrier.variables) as frozen:
        await send(area, "board.slow")

        async def at_work() -> bool:
            return (tmp_path / "started").exists()

        await until(at_work, why=frozen.log)
        frozen.process.send_signal(signal.SIGSTOP)
        with worker_process(database, tmp_path, **carrier.variables) as heir:

            async def taken_over() -> bool:
                query = "select starts from queue.job_run where area_id = $1"
                starts: int = (await as_superuser(database, query, area.id))[0]["starts"]
                return starts >= 2  # more where the machine is so busy that the heir misses a beat

            await until(taken_over, why=heir.log)
            (tmp_path / "go").touch()
            frozen.process.send_signal(signal.SIGCONT)

            async def all_done() -> bool:
                return await states(database, area) == ["done"]

            await until(all_done, why=heir.log)
            assert (heir.terminate(), frozen.terminate()) == (0, 0)
    assert await boards(area) == 1
