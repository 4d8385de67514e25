"""The scope under ordinary hazards: tasks that share it, tasks that outlive it, commits that fail."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest
from piccolo.engine.exceptions import TransactionError

from infra.database import ENGINE, Scope, sql
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


async def test_a_context_with_quotes_in_it_is_text_and_nothing_more(database: Cluster) -> None:
    said = "v1|'; create table forged (); --|\\'||"
    async with Scope(login="app", context=lambda _: said):
        assert await sql.fetch_value("select current_setting('concordat.context')") == said
        assert await sql.fetch_value("select to_regclass('forged')") is None


@pytest.mark.parametrize(("readonly", "expected"), [(True, "on"), (False, "off")])
async def test_a_scope_is_what_it_was_opened_as(database: Cluster, readonly: bool, expected: str) -> None:
    async with tenant_scope(manager(await make_area()), readonly=readonly):
        assert await sql.fetch_value("show transaction_read_only") == expected
        assert await sql.fetch_value("show transaction_isolation") == "read committed"
    async with Scope(login="public", context=None, isolation="repeatable read"):
        assert await sql.fetch_value("show transaction_isolation") == "repeatable read"


async def test_a_context_ends_with_its_scope(database: Cluster) -> None:
    async with tenant_scope(manager(await make_area())):
        backend = await sql.fetch_value("select pg_backend_pid()")
    async with Scope(login="app", context=None):
        assert await sql.fetch_value("select pg_backend_pid()") == backend, "the test needs the same connection again"
        assert await sql.fetch_value("select coalesce(current_setting('concordat.context', true), '')") == ""


async def test_a_scope_that_cannot_open_gives_its_connection_back(database: Cluster) -> None:
    def broken(_: int) -> str:
        raise ValueError("no key")

    pool = ENGINE.pool_of("app")
    for _ in range(pool.get_max_size() + 1):
        with pytest.raises(ValueError, match="no key"):
            async with Scope(login="app", context=broken):
                pass
    assert pool.get_idle_size() == pool.get_size()
