"""A connection that is lost while a scope has it: one kind of error, whatever the moment, and what was done is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from infra.database import ENGINE, Scope, sql
from infra.database.patience import AWAY
from infra.database.pooled import Pooled, naming_loss
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_area, manager

ADD = "insert into linked_board (area_id, id, name, kind) values ($1, uuidv7(), 'kept', 'channel')"


@pytest.fixture
async def area(database: Cluster) -> AsyncIterator[AreaMade]:
    """An area; after the test the pool is whole, and its next scope works."""
    yield await make_area()
    async with tenant_scope(manager(await make_area())):
        assert await sql.fetch_value("select 1") == 1
    pool = ENGINE.pool_of("app")
    assert pool.get_idle_size() == pool.get_size()


async def killed(database: Cluster, scope: Scope) -> None:
    """Kill the scope's back end; return when this process has noticed."""
    superuser, died = await asyncpg.connect(database.superuser), asyncio.Event()
    try:
        scope._itself.add_termination_listener(lambda _: died.set())
        await superuser.execute("select pg_terminate_backend($1)", scope._raw.get_server_pid())
        await asyncio.wait_for(died.wait(), 60)
    finally:
        await superuser.close()


async def test_between_two_statements(database: Cluster, area: AreaMade) -> None:
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        async with tenant_scope(manager(area)) as scope:
            await killed(database, scope)
            await sql.execute("select 1")


async def test_before_the_commit(database: Cluster, area: AreaMade) -> None:
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        async with tenant_scope(manager(area)) as scope:
            await killed(database, scope)


async def test_before_a_commit_that_is_asked_for(database: Cluster, area: AreaMade) -> None:
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        async with tenant_scope(manager(area)) as scope:
            await killed(database, scope)
            await scope.commit()


async def test_what_the_block_raised_is_not_hidden_by_it(database: Cluster, area: AreaMade) -> None:
    with pytest.raises(ZeroDivisionError):
        async with tenant_scope(manager(area)) as scope:
            await killed(database, scope)
            raise ZeroDivisionError


def dies_after(scope: Scope, monkeypatch: pytest.MonkeyPatch, *, how: str) -> None:
    """Let the connection die once the transaction has ended, before its pool has it back."""
    end = Pooled.end

    async def ending(self: Pooled, said: Any) -> None:
        await end(self, said)
        assert said == how
        asyncio.get_running_loop().call_soon(self.terminate)

    monkeypatch.setattr(Pooled, "end", ending)


async def test_after_the_commit_it_is_no_error(area: AreaMade, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        async with tenant_scope(manager(area)) as scope:
            await sql.execute(ADD, area.id)
            dies_after(scope, patched, how="commit")
    async with tenant_scope(manager(area)):
        assert await sql.fetch_value("select count(*) from linked_board") == 1


async def test_after_the_rollback_what_the_block_raised_is_told(
    area: AreaMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
        async with tenant_scope(manager(area)) as scope:
            dies_after(scope, patched, how="rollback")
            raise ZeroDivisionError


async def test_a_statement_of_another_task_that_is_not_over_hides_nothing_either(area: AreaMade) -> None:
    with pytest.raises(ZeroDivisionError):
        async with tenant_scope(manager(area)) as scope:
            other = asyncio.create_task(scope._itself.execute("select pg_sleep(0.2)"))
            await asyncio.sleep(0)
            raise ZeroDivisionError
    await asyncio.gather(other, return_exceptions=True)


async def test_a_fault_of_ours_on_a_living_connection_keeps_its_name(area: AreaMade) -> None:
    async with tenant_scope(manager(area)) as scope:
        with pytest.raises(asyncpg.InterfaceError, match="expects 1 argument"):
            await sql.fetch("select $1::integer")
        with pytest.raises(asyncpg.ConnectionDoesNotExistError), naming_loss(scope._itself):
            raise asyncpg.InternalClientError("got result for unknown protocol state 3")  # half of a farewell


def test_its_error_is_one_that_is_told_as_a_database_that_is_away() -> None:
    assert issubclass(asyncpg.ConnectionDoesNotExistError, AWAY)
