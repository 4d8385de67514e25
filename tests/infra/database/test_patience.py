"""A process that starts while the database cuts connections tries again, and says so when it never works."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from infra.database.engine import ScopedEngine
from infra.database.patience import CUT, patiently
from tests.support.cluster import Cluster
from tests.support.cutting import cutter

LOGIN_CHECK = b"rolbypassrls"  #: in the statement that checks the login: the connection was open and in use


@pytest.mark.parametrize("word", [b"user", LOGIN_CHECK], ids=["at its greeting", "in its first statement"])
async def test_the_pools_open_although_the_first_connections_are_cut(
    database: Cluster, tmp_path: Path, word: bytes
) -> None:
    engine = ScopedEngine()
    async with cutter(database.dsns["worker"], tmp_path, word=word, times=2) as way:
        await engine.open({"worker": way.dsn})
        assert way.cut == 2
        assert await engine.pool_of("worker").fetchval("select current_user") == "concordat_worker"
        await engine.close()


async def test_nobody_listening_is_told_at_once(tmp_path: Path) -> None:
    starts = []

    async def start() -> None:
        starts.append(1)
        await asyncpg.connect("postgresql://nobody@127.0.0.1:9/none")

    with pytest.raises(ConnectionRefusedError):
        await patiently(start)
    assert len(starts) == 1


async def test_a_database_that_always_cuts_is_told_in_the_end(database: Cluster, tmp_path: Path) -> None:
    async with cutter(database.dsns["worker"], tmp_path, word=LOGIN_CHECK, times=99) as way:

        async def start() -> None:
            connection = await asyncpg.connect(way.dsn)
            try:
                await connection.fetch(f"select '{LOGIN_CHECK.decode()}'")
            finally:
                connection.terminate()

        with pytest.raises(CUT):
            await patiently(start, pauses=(0.01, 0.01))
        assert way.cut == 3


async def test_no_pool_is_left_open_after_a_refusal(database: Cluster) -> None:
    engine = ScopedEngine()
    with pytest.raises(RuntimeError, match="owns tables"):
        await engine.open({"worker": database.dsns["worker"], "owner": database.dsns["owner"]})
    assert not engine.pools
    assert not engine.readers
