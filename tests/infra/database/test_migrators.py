"""Two migrators at once: the second waits however long the first takes, and then finds nothing to do."""

from __future__ import annotations

import asyncio

import asyncpg

from infra.database.migrate import LOCK, migrate
from tests.support.cluster import Cluster, looking_on

WAITING = "select count(*) from pg_locks where locktype = 'advisory' and objid::bigint = $1 and not granted"
PATIENCE = 0.1  #: seconds for which this migrator's login waits for a lock of a table


async def waits(database: Cluster) -> None:
    connection = await looking_on(database)
    async with asyncio.timeout(60):
        while not await connection.fetchval(WAITING, LOCK):  # noqa: ASYNC110  the database tells nobody
            await asyncio.sleep(0.02)


async def test_the_second_waits_longer_than_for_any_table_and_then_finds_nothing_to_do(database: Cluster) -> None:
    owner = database.dsns["owner"]
    first = await asyncpg.connect(owner)
    second: asyncio.Task[list[str]] | None = None
    try:
        await first.execute("select pg_advisory_lock($1)", LOCK)
        second = asyncio.create_task(migrate(f"{owner}&lock_timeout={PATIENCE * 1000:.0f}"))
        await waits(database)
        await asyncio.wait({second}, timeout=PATIENCE * 5)
        assert not second.done()
    finally:
        await first.close()
    assert await second == []
