"""Ten seconds of chaos: no transaction ever reads another area, no connection is lost, nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import random
import time

import asyncpg
import pytest

from infra.database import ENGINE
from tenants.tenancy.context import current_key
from tests.faults import scope_chaos as chaos
from tests.faults.scope_chaos import FAULTS, READING_FAULTS, Record
from tests.support.cluster import Cluster
from tests.support.world import make_area, manager

pytestmark = pytest.mark.faults

TASKS = 200
READERS = 40
SECONDS = 10
SEED = 20261122


async def test_two_hundred_tasks_on_ten_connections(database: Cluster) -> None:
    areas = [await make_area("Chaoshire") for _ in range(12)]
    await chaos.prepare(database, areas)
    record, until = Record(), time.monotonic() + SECONDS
    try:
        tasks = [chaos.rage(areas, record, until=until, dice=random.Random(SEED + n)) for n in range(TASKS)]
        tasks += [chaos.read(areas, record, until=until, dice=random.Random(SEED - n)) for n in range(READERS)]
        await asyncio.gather(*tasks, chaos.assassin(database, record, until=until, dice=random.Random(SEED)))
        pool = ENGINE.pool_of("app")
        assert pool.get_max_size() == 10
        assert await chaos.whole(pool)
        assert pool.get_idle_size() == pool.get_size()
        readers = ENGINE.readers_of("app")
        assert await chaos.sound(readers)
        assert len(readers.idle) == readers.size
    finally:
        stored = await chaos.remove(database)
    assert record.foreign == []
    assert record.stale == 0
    assert record.acknowledged <= set(stored)
    happened = {outcome.split(":")[0] for outcome in record.outcomes}
    assert happened == {*FAULTS, *(f"read, {fault}" for fault in READING_FAULTS)}, record.outcomes
    assert record.outcomes["none: committed"] > 100, record.outcomes
    assert record.outcomes["failing commit: UniqueViolationError"] > 50, record.outcomes
    assert record.outcomes["cancel: TimeoutError"] > 50, record.outcomes
    assert record.killed > 20
    assert record.outcomes["read, none: answered"] > 100, record.outcomes
    assert record.outcomes["read, cancel: TimeoutError"] > 20, record.outcomes
    read_badly = {outcome for outcome in record.outcomes if outcome.startswith(("read, forged", "read, sql error"))}
    assert not {outcome for outcome in read_badly if outcome.endswith("answered")}


async def test_the_detector_sees_a_leak_when_there_is_one(database: Cluster) -> None:
    """The positive control: a context that outlives its borrower, as with a pool that does not reset."""
    here, there = await make_area("Chaoshire"), await make_area("Chaoshire")
    await chaos.prepare(database, [here, there])
    connection = await asyncpg.connect(database.dsns["app"])
    try:
        signed = current_key().sign(manager(there), backend=connection.get_server_pid())
        await connection.execute("select set_config('concordat.context', $1, false)", signed)
        assert chaos.foreign_areas(await connection.fetchval(chaos.SEEN), own=here.id) == [there.id]
        await connection.reset()
        assert chaos.foreign_areas(await connection.fetchval(chaos.SEEN), own=here.id) == []
    finally:
        await connection.close()
        await chaos.remove(database)
