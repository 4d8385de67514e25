"""The connections for reading under hazards: cancelled, killed, of before a migration, all taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
import pytest_asyncio

from infra.database import readers as module
from infra.database.guards import UnsafeLogin
from infra.database.readers import Readers
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.worker_process import until

PID = "select pg_backend_pid()"
SLOW = "select pg_sleep(3)::text"
KEY = 0x5EAD
WAITING = "from pg_stat_activity where query = $1 and wait_event_type = 'Lock'"


@pytest_asyncio.fixture
async def readers(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Readers]:
    """Two connections, on which a statement may wait for as long as a busy machine needs."""
    monkeypatch.setattr(module, "STATEMENT_SECONDS", 60)
    made = Readers(database.dsns["app"], size=2, session={**module.SESSION, "statement_timeout": "60s"})
    yield made
    await made.close()


async def value(readers: Readers, query: str, *args: object) -> object:
    return await readers.value(query, args, None)


@asynccontextmanager
async def locked(database: Cluster) -> AsyncIterator[str]:
    """A statement that takes until the end of the block, and then gives the number of its back end."""
    connection = await asyncpg.connect(database.superuser)
    try:
        await connection.execute("select pg_advisory_lock($1)", KEY)
        yield f"select pg_backend_pid() from pg_advisory_xact_lock_shared({KEY})"
    finally:
        await connection.close()


async def waiting(database: Cluster, query: str, *, times: int = 1) -> None:
    """Wait until so many back ends are at that statement."""

    async def at_it() -> bool:
        return len(await as_superuser(database, f"select {WAITING}", query)) == times

    await until(at_it, why=lambda: f"nobody is at {query}")


async def test_one_after_another_takes_the_same_connection_and_plan(readers: Readers) -> None:
    assert await value(readers, PID) == await value(readers, PID)
    plans = "select count(*) from pg_prepared_statements where statement = $1"
    assert await value(readers, plans, PID) == 1


async def test_a_cancelled_statement_ends_its_connection(readers: Readers) -> None:
    before = await value(readers, PID)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await value(readers, SLOW)
    assert readers.idle == []
    assert await value(readers, PID) != before


async def test_cancelled_while_it_waits_in_line_nothing_is_lost(database: Cluster, readers: Readers) -> None:
    async with locked(database) as holding:
        holders = [asyncio.create_task(value(readers, holding)) for _ in range(2)]
        await waiting(database, holding, times=2)
        in_line = asyncio.create_task(value(readers, PID))
        await asyncio.sleep(0.05)
        in_line.cancel()
    await asyncio.gather(*holders)
    assert len(readers.idle) == 2
    assert all(await asyncio.gather(value(readers, PID), value(readers, PID), value(readers, PID)))


async def test_a_full_line_says_so_in_time(
    database: Cluster, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with locked(database) as holding:
        holders = [asyncio.create_task(value(readers, holding)) for _ in range(2)]
        await waiting(database, holding, times=2)
        monkeypatch.setattr(module, "ACQUIRE_SECONDS", 0.1)
        with pytest.raises(TimeoutError):
            await value(readers, PID)
    await asyncio.gather(*holders)
    assert await value(readers, PID)


async def test_a_killed_back_end_is_replaced_without_a_word(database: Cluster, readers: Readers) -> None:
    before = await value(readers, PID)
    await as_superuser(database, "select pg_terminate_backend($1)", before)
    assert await value(readers, PID) != before
    async with locked(database) as holding:
        running = asyncio.create_task(value(readers, holding))
        await waiting(database, holding)
        await as_superuser(database, f"select pg_terminate_backend(pid) {WAITING}", holding)
        await waiting(database, holding)
    assert await running not in (None, before)


async def test_a_plan_of_before_a_migration_is_made_again(database: Cluster, readers: Readers) -> None:
    await as_superuser(database, "create table migrated (a integer)")
    await as_superuser(database, "grant select on migrated to concordat_app")
    try:
        whole, counted = "select max(a) from migrated", "select count(*) from migrated where a = $1"
        assert await value(readers, whole) is None
        assert await value(readers, counted, 1) == 0
        await as_superuser(database, "alter table migrated alter a type text using a::text")
        await as_superuser(database, "insert into migrated values ('1')")
        assert await value(readers, whole) == "1"
        assert await value(readers, counted, "1") == 1
        await as_superuser(database, "drop table migrated")
        with pytest.raises(asyncpg.UndefinedTableError):
            await value(readers, whole)
    finally:
        await as_superuser(database, "drop table if exists migrated")
    assert await value(readers, PID)


async def test_a_statement_that_fails_costs_no_connection(readers: Readers) -> None:
    before = await value(readers, PID)
    for query in ("select 1 / 0", "select 1 / 0", "select nonsense", "select rolpassword from pg_authid"):
        with pytest.raises(asyncpg.PostgresError):
            await value(readers, query)
    assert await value(readers, PID) == before


async def test_only_so_many_plans_are_kept_however_long(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PLANS", 5)
    long = "x" * 200_000
    for n in range(12):
        assert await value(readers, f"select '{long}{n}'") == f"{long}{n}"
    assert await value(readers, "select count(*) from pg_prepared_statements") <= 7
    assert await value(readers, f"select '{long}11'") == f"{long}11"


async def test_a_login_that_could_bypass_the_policies_reads_nothing(database: Cluster) -> None:
    readers = Readers(database.superuser, size=1)
    with pytest.raises(UnsafeLogin):
        await value(readers, PID)
    assert readers.idle == []


async def test_closed_connections_take_no_more(database: Cluster, readers: Readers) -> None:
    async with locked(database) as holding:
        running = asyncio.create_task(value(readers, holding))
        await waiting(database, holding)
        await readers.close()
    await running
    assert readers.idle == []
    with pytest.raises(asyncpg.InterfaceError):
        await value(readers, PID)
