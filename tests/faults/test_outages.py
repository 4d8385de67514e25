"""A database or a RabbitMQ that is away for a while: what was committed waits, and the same process goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.faults.brokers import Carrier
from tests.faults.test_everything_killed import Server, ask, make_areas, server
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.rabbitmq import RabbitNode
from tests.support.worker_process import WorkerProcess, until, worker_process

__all__ = ["server"]
pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
NUMBER = 10
_SEND = """
insert into queue.outbox (id, message_id, actor, args, area_id)
select uuidv7(), uuidv7(), 'board.add', jsonb_build_object('board_id', uuidv7()), $1 from generate_series(1, $2)
"""


async def all_done(cluster: Cluster, worker: WorkerProcess, *, number: int) -> None:
    """Wait until so many messages have had their effect, in the process that was there from the beginning."""

    async def ended() -> bool:
        assert worker.process.poll() is None, worker.log()
        (row,) = await ask(cluster, "select count(*) as effects, count(distinct name) as messages from linked_board")
        return bool(row["effects"] == row["messages"] == number)

    await until(ended, seconds=120, why=worker.log)


async def told(worker: WorkerProcess, event: str, *, times: int) -> None:
    """Wait until the worker has said so often what it waits for."""

    async def said() -> bool:
        return worker.log().count(event) >= times

    await until(said, why=worker.log)


async def test_the_database_is_away_for_a_while(server: Server, tmp_path: Path, carrier: Carrier) -> None:
    cluster = server.cluster()
    area = await make_areas(cluster)
    with worker_process(cluster, tmp_path, **carrier.variables) as worker:
        await ask(cluster, _SEND, area, NUMBER)
        await all_done(cluster, worker, number=NUMBER)
        server.kill()
        await told(worker, "no_heartbeat", times=5)
        await told(worker, "relay_waits", times=2)
        await asyncio.to_thread(server.start)
        await ask(cluster, _SEND, area, NUMBER)
        await all_done(cluster, worker, number=2 * NUMBER)
        assert worker.terminate() == 0


@pytest.mark.rabbitmq
async def test_rabbitmq_is_away_for_a_while(server: Server, tmp_path: Path, rabbitmq: RabbitNode) -> None:
    cluster = server.cluster()
    area = await make_areas(cluster)
    rabbitmq.empty()
    with worker_process(cluster, tmp_path, CONCORDAT_BROKER_URL=rabbitmq.url) as worker:
        await ask(cluster, _SEND, area, NUMBER)
        await all_done(cluster, worker, number=NUMBER)
        await asyncio.to_thread(rabbitmq.kill)
        await ask(cluster, _SEND, area, NUMBER)
        await told(worker, "relay_waits", times=2)
        assert len(await as_superuser(cluster, "select from queue.outbox where actor = 'board.add'")) == NUMBER
        await asyncio.to_thread(rabbitmq.start)
        await all_done(cluster, worker, number=2 * NUMBER)
        assert worker.terminate() == 0
