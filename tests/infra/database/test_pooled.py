"""A connection comes back to its pool as one that was just opened, and that costs no round trip of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from infra.database import sql
from infra.database.pooled import Pooled, as_new
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import make_area, manager

_LEFT = """
select coalesce(current_setting('concordat.context', true), ''), current_setting('work_mem') as work_mem,
    (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())
"""
_LEAVES = """
select set_config('concordat.context', 'a stranger', false), set_config('work_mem', '77MB', false), pg_advisory_lock(7)
"""


@pytest.fixture
async def pool(database: Cluster) -> AsyncIterator[asyncpg.Pool]:
    """A pool of one connection."""
    one: dict[str, Any] = {"min_size": 1, "max_size": 1, "connection_class": Pooled, "reset": as_new}
    async with asyncpg.create_pool(database.superuser, **one) as opened:
        yield opened


async def asked(pool: asyncpg.Pool, *statements: str, how: str | None) -> list[str]:
    """Leave something behind in a transaction and give the connection back; return what was sent."""
    sent: list[str] = []
    async with pool.acquire() as connection:
        with connection.query_logger(lambda query: sent.append(query.query)):
            for statement in statements:
                await connection.execute(statement)
            if how is not None:
                await connection.end(how)
    return sent


@pytest.mark.parametrize("how", ["commit", "rollback", None])
async def test_nothing_is_left_behind(pool: asyncpg.Pool, how: str | None) -> None:
    async with pool.acquire() as connection:
        fresh, backend = await connection.fetchrow(_LEFT), connection.get_server_pid()
    began = ("begin", _LEAVES) if how is not None else (_LEAVES,)
    await asked(pool, *began, how=how)
    async with pool.acquire() as connection:
        assert (await connection.fetchrow(_LEFT), connection.get_server_pid()) == (fresh, backend)


async def test_what_is_left_behind_after_a_transaction_of_before_is_no_excuse(pool: asyncpg.Pool) -> None:
    await asked(pool, "begin", how="commit")
    await asked(pool, _LEAVES, how=None)
    async with pool.acquire() as connection:
        assert (await connection.fetchrow(_LEFT))["work_mem"] != "77MB"


async def test_a_commit_that_fails_leaves_nothing_either(pool: asyncpg.Pool) -> None:
    late = "create temporary table late (n integer unique deferrable initially deferred)"
    with pytest.raises(asyncpg.UniqueViolationError):
        await asked(pool, late, "begin", _LEAVES, "insert into late values (1), (1)", how="commit")
    async with pool.acquire() as connection:
        assert (await connection.fetchrow(_LEFT))["work_mem"] != "77MB"


async def test_a_scope_ends_in_one_round_trip(database: Cluster) -> None:
    area, sent = await make_area(), list[str]()

    def note(logged: Any) -> None:
        sent.append(logged.query)

    async with tenant_scope(manager(area)) as scope:
        connection = scope._raw._con
        connection.add_query_logger(note)
        await sql.execute("select 1")
    connection.remove_query_logger(note)
    assert len(sent) == 2
    assert sent[1].startswith("commit;")
