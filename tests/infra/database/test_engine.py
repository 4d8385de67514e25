"""No query without a scope: what Piccolo would do silently, our engine refuses."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import ENGINE, OutsideScope, sql
from infra.database.engine import ScopedEngine
from infra.database.pooled import Pooled
from tenants.tenancy.scope import public_scope
from tenants.tenancy.tables import Area
from tests.support.cluster import Cluster


async def test_a_table_query_outside_a_scope_is_refused(database: Cluster) -> None:
    with pytest.raises(OutsideScope):
        await Area.select().run()


async def test_plain_sql_outside_a_scope_is_refused(database: Cluster) -> None:
    with pytest.raises(OutsideScope):
        await sql.fetch("select 1")


async def test_piccolos_own_transaction_is_refused(database: Cluster) -> None:
    with pytest.raises(OutsideScope):
        ENGINE.transaction()


async def test_batch_would_open_a_connection_without_context_so_it_is_refused(database: Cluster) -> None:
    async with public_scope():
        with pytest.raises(OutsideScope):
            await Area.select().batch()


async def test_a_scope_inside_a_scope_is_refused(database: Cluster) -> None:
    async with public_scope():
        with pytest.raises(Exception, match="nested"):
            public_scope()


async def test_the_connection_comes_back_after_an_error(database: Cluster) -> None:
    pool = ENGINE.pool_of("public")
    for _ in range(pool.get_max_size() + 2):
        with pytest.raises(ZeroDivisionError):
            async with public_scope():
                raise ZeroDivisionError
    assert not ENGINE.transaction_exists()
    async with public_scope():
        assert await sql.fetch_value("select 1") == 1


async def test_a_connection_that_is_cut_while_it_is_closed_keeps_no_other_open(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, close = ScopedEngine(), asyncpg.Connection.close
    await engine.open({login: database.dsns[login] for login in ("app", "public")})
    pools, cut = list(engine.pools.values()), list[asyncpg.Connection]()

    async def closing(self: asyncpg.Connection, *, timeout: float | None = None) -> None:
        if isinstance(self, Pooled) and not cut:
            cut.append(self)
            raise BrokenPipeError
        await close(self, timeout=timeout)

    monkeypatch.setattr(asyncpg.Connection, "close", closing)
    await engine.close()
    assert cut
    assert engine.pools == {}
    assert [pool.get_size() for pool in pools] == [0, 0]
