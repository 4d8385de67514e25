"""The connections for reading under hazards: cancelled, killed, of before a migration, all taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from infra.database import readers as module
from infra.database.guards import UnsafeLogin
from infra.database.readers import Readers
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser

PID = "select pg_backend_pid()"
SLOW = "select pg_sleep(3)::text"


@pytest_asyncio.fixture
async def readers(database: Cluster) -> AsyncIterator[Readers]:
    made = Readers(database.dsns["app"], size=2)
    yield made
    await made.close()


async def value(readers: Readers, query: str, *args: object) -> object:
    return await readers.value(query, args, None)


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


async def test_cancelled_while_it_waits_in_line_nothing_is_lost(readers: Readers) -> None:
    holders = [asyncio.create_task(value(readers, "select pg_sleep(0.3)::text")) for _ in range(2)]
    await asyncio.sleep(0.1)
    waiting = asyncio.create_task(value(readers, PID))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.gather(*holders)
    assert len(readers.idle) == 2
    assert all(await asyncio.gather(value(readers, PID), value(readers, PID), value(readers, PID)))


async def test_a_full_line_says_so_in_time(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ACQUIRE_SECONDS", 0.1)
    holders = [asyncio.create_task(value(readers, "select pg_sleep(0.6)::text")) for _ in range(2)]
    await asyncio.sleep(0.4 if not readers.idle else 0)
    with pytest.raises(TimeoutError):
        await value(readers, PID)
    await asyncio.gather(*holders)
    assert await value(readers, PID)


async def test_a_killed_back_end_is_replaced_without_a_word(database: Cluster, readers: Readers) -> None:
    before = await value(readers, PID)
    await as_superuser(database, "select pg_terminate_backend($1)", before)
    assert await value(readers, PID) != before
    running = asyncio.create_task(value(readers, "select pg_backend_pid() from pg_sleep(0.3)"))
    await asyncio.sleep(0.1)
    killing = (
        "select pg_terminate_backend(pid) from pg_stat_activity where query like '%from pg_sleep(0.3)' and pid <> $1"
    )
    await as_superuser(database, killing, 0)
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


async def test_closed_connections_take_no_more(database: Cluster) -> None:
    readers = Readers(database.dsns["app"], size=1)
    running = asyncio.create_task(value(readers, "select pg_sleep(0.2)::text"))
    await asyncio.sleep(0.1)
    await readers.close()
    await running
    assert readers.idle == []
    with pytest.raises(asyncpg.InterfaceError):
        await value(readers, PID)
