"""A statement that touches several areas takes their rows in the order of the areas, however they lie in the table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from tests.support.cluster import Cluster
from tests.support.membership import make_bodies
from tests.support.worker_process import until
from tests.support.world import AreaMade, make_area
from tests.tenants.overview.keeping import refresh, stale

HOLD = "select from area_fact where area_id = $1 and subject = 'membership' for no key update"
TOUCH = "update partner_body set version = version + 1 where area_id = any ($1)"


@asynccontextmanager
async def connected(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(cluster.superuser)
    try:
        yield connection
    finally:
        await connection.close()


async def two_areas() -> tuple[AreaMade, AreaMade]:
    """Two areas, the later of which has its rows first in the table."""
    first, second = await make_area(), await make_area()
    for area in (second, first):
        await make_bodies(area)
        await refresh(area)
    return first, second


async def held_up(looking: asyncpg.Connection, writer: asyncpg.Connection) -> bool:
    """Whether the writer waits for somebody."""
    return bool(await looking.fetchval("select cardinality(pg_blocking_pids($1)) > 0", writer.get_server_pid()))


async def test_who_waits_for_a_later_area_holds_the_earlier_one(database: Cluster) -> None:
    first, second = await two_areas()
    async with connected(database) as holder, connected(database) as writer, connected(database) as looking:
        # whatever way to the rows PostgreSQL prefers: as they lie in the table, the later area is first
        await writer.execute("set enable_indexscan = off; set enable_bitmapscan = off")
        async with holder.transaction():
            await holder.execute(HOLD, second.id)
            writing = asyncio.create_task(writer.execute(TOUCH, [second.id, first.id]))
            await until(lambda: held_up(looking, writer), why=lambda: "the writer waits for nobody")
            assert not writing.done()
            with pytest.raises(asyncpg.LockNotAvailableError):
                await looking.execute(f"{HOLD} nowait", first.id)
        await writing
    assert [len(await stale(area)) for area in (first, second)] == [1, 1]
