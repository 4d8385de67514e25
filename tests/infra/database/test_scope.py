"""The scope under ordinary hazards: tasks that share it, tasks that outlive it, commits that fail."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest
from piccolo.engine.exceptions import TransactionError

from infra.database import ENGINE, sql
from tenants.tenancy.scope import public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import make_area, manager


async def test_tasks_in_one_scope_take_turns_on_its_connection(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        answers = await asyncio.gather(*(sql.fetch_value("select $1::integer", n) for n in range(20)))
        contexts = await asyncio.gather(*(sql.fetch_value("select security.read_areas()") for _ in range(20)))
    assert answers == list(range(20))
    assert contexts == [[area.id]] * 20


async def test_a_task_that_outlives_its_scope_is_refused(database: Cluster) -> None:
    go = asyncio.Event()

    async def late() -> None:
        await go.wait()
        await sql.fetch("select 1")

    async with public_scope():
        task = asyncio.create_task(late())
        await asyncio.sleep(0)
    go.set()
    with pytest.raises(TransactionError, match="has ended"):
        await task


async def test_commits_that_fail_leave_the_pool_whole(database: Cluster) -> None:
    area = await make_area()
    await as_superuser(
        database,
        "create table once_only (area_id integer, place integer unique deferrable initially deferred)",
    )
    await as_superuser(database, "call security.protect('once_only')")
    pool = ENGINE.pool_of("app")
    try:
        for _ in range(pool.get_max_size() * 3):
            with pytest.raises(asyncpg.UniqueViolationError):
                async with tenant_scope(manager(area)):
                    await sql.execute("insert into once_only values ($1, 1), ($1, 1)", area.id)
    finally:
        await as_superuser(database, "drop table once_only")
    assert not ENGINE.transaction_exists()
    assert pool.get_idle_size() == pool.get_size()


async def test_a_full_pool_says_so_in_time_and_recovers(database: Cluster) -> None:
    pool = ENGINE.pool_of("public")
    held = [await pool.acquire() for _ in range(pool.get_max_size())]
    waiting = public_scope()
    waiting._acquire_timeout = 0.1
    with pytest.raises(TimeoutError):
        async with waiting:
            pass
    for connection in held:
        await pool.release(connection)
    async with public_scope():
        assert await sql.fetch_value("select 1") == 1
