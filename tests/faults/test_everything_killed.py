"""kill -9 of a worker, the relay, the database and the broker while messages pass: none is lost and none doubled.

On a server of its own, since the other tests would not like theirs to be killed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import asyncpg
import psutil
import pytest
import pytest_asyncio

from infra.database.migrate import migrate
from infra.postgres import embedded
from infra.postgres.embedded import EmbeddedServer
from infra.queue.errors import DATABASE_AWAY
from tenants.tenancy.context import install_key
from tests.faults.brokers import Carrier
from tests.support.cluster import CONTEXT_KEY, LOGINS, Cluster
from tests.support.data_folder import temporary_data_folder
from tests.support.worker_process import WorkerProcess, until, worker_process

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

AREAS, CHUNKS, IN_CHUNK = 4, 13, 40  #: 520 messages
_SEND = """
insert into queue.outbox (id, message_id, actor, args, area_id)
select uuidv7(), uuidv7(), 'board.add', jsonb_build_object('board_id', uuidv7()), $1 + number % $2
from generate_series(1, $3) as number
"""
_ENDED = """
select count(*) filter (where state = 'done') as done, count(*) as known
from queue.job_run where actor = 'board.add'
"""
_EFFECTS = "select count(*) as boards, count(distinct name) as messages from linked_board"


class Server:
    """A database server that is killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: EmbeddedServer = embedded.start(folder)

    def cluster(self) -> Cluster:
        dsns = {login: self._server.dsn(f"concordat_{login}") for login in LOGINS}
        superuser = self._server.superuser_dsn(database="concordat")
        return Cluster(superuser=superuser, dsns=dsns, folder=self._folder)

    def kill(self) -> None:
        os.kill(self._server.pid, signal.SIGKILL)
        while psutil.pid_exists(self._server.pid):  # the next server refuses while even its remains are there
            time.sleep(0.05)

    def start(self) -> None:
        self._server = embedded.start(self._folder)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    """A migrated server without rows, its writes as safe as in production."""
    with temporary_data_folder() as folder:
        made = Server(folder)
        dsn = made.cluster().dsns["owner"]
        await migrate(dsn)
        await install_key(dsn, kid=1, key=CONTEXT_KEY)
        yield made


async def ask(cluster: Cluster, query: str, *arguments: object) -> list[asyncpg.Record]:
    """Ask as superuser, waiting for a server that is away."""
    while True:
        try:
            connection = await asyncpg.connect(cluster.superuser)
            try:
                return list(await connection.fetch(query, *arguments))
            finally:
                await connection.close()
        except DATABASE_AWAY:
            await asyncio.sleep(0.2)


async def make_areas(cluster: Cluster) -> int:
    query = "insert into area (slug, name) select 'a-' || n, 'Area ' || n from generate_series(1, $1) n returning id"
    return min(row["id"] for row in await ask(cluster, query, AREAS))


async def all_ended(cluster: Cluster) -> bool:
    (row,) = await ask(cluster, _ENDED)
    return bool(row["done"] == row["known"] == CHUNKS * IN_CHUNK)


def revive(workers: list[WorkerProcess]) -> None:
    for worker in workers:
        if worker.process.poll() is not None:
            worker.start()


async def test_everything_dies_once_and_each_message_has_one_effect(
    server: Server, tmp_path: Path, carrier: Carrier
) -> None:
    cluster = server.cluster()
    first = await make_areas(cluster)
    with ExitStack() as stack:
        workers = [
            stack.enter_context(worker_process(cluster, tmp_path, **carrier.variables)) for _ in range(2)
        ]

        def kill_a_worker() -> None:
            workers[0].kill()

        def kill_the_relay() -> None:  # between publishing and removing, whichever worker has it
            (tmp_path / "die-after-publishing").touch()

        def kill_the_database() -> None:
            server.kill()
            server.start()

        def kill_the_broker() -> None:
            if carrier.node is None:
                return kill_the_database()
            carrier.node.kill()
            return carrier.node.start()

        faults = {2: kill_a_worker, 4: kill_the_relay, 7: kill_the_database, 10: kill_the_broker}
        for chunk in range(CHUNKS):
            await ask(cluster, _SEND, first, AREAS, IN_CHUNK)
            await asyncio.sleep(0.3)
            if fault := faults.get(chunk):
                await asyncio.to_thread(fault)
            revive(workers)

        async def ended() -> bool:
            revive(workers)
            return await all_ended(cluster)

        await until(ended, seconds=100, why=lambda: "".join(worker.log() for worker in workers)[-20_000:])
        assert (tmp_path / "died-after-publishing").exists()
        (effects,) = await ask(cluster, _EFFECTS)
        assert tuple(effects) == (CHUNKS * IN_CHUNK, CHUNKS * IN_CHUNK)
        assert [worker.terminate() for worker in workers] == [0, 0]
