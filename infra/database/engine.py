"""The one Piccolo engine of the process: pools by login, and a refusal for any query outside a scope.

Piccolo's own transaction leaks its pool connection when COMMIT fails or the task is cancelled, and its
convenience paths (`run_sync`, `batch`, `node=`) silently open connections that carry no tenant context.
Here each of them raises `OutsideScope` instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NoReturn

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from infra.database.guards import check_login
from infra.database.patience import CUT, patiently
from infra.database.pooled import Pooled, as_new
from infra.database.readers import WRITING, Readers

#: what a job left among a connection's temporary names never stands in for one of ours in the next
OURS_FIRST = {"search_path": "public, pg_temp"}


class OutsideScope(RuntimeError):
    """A query was about to run with no scope open, so with no tenant context."""

    def __init__(self) -> None:
        super().__init__("no database scope is open here: run this inside `async with tenant_scope(actor)`")


class ScopedEngine(PostgresEngine):
    """Holds one connection pool for each login the process may use."""

    def __init__(self) -> None:
        super().__init__(config={"database": "concordat"}, extensions=())
        self.pools: dict[str, asyncpg.Pool] = {}
        self.readers: dict[str, Readers] = {}
        self.writers: dict[str, Readers] = {}

    async def check_version(self) -> None:
        """Do nothing: each login is checked when its pool is opened."""

    async def prep_database(self) -> None:
        """Do nothing: extensions are the migrator's."""

    async def open(self, logins: Mapping[str, str], *, size: int = 10) -> None:
        """Open a pool for each `{login: dsn}`, refusing a login that could bypass row-level security.

        A connection cut in the middle is opened again for some seconds. Raises `UnsafeLogin` or
        `UnsupportedServerError`; pools opened before the failure are closed again.
        """
        try:
            for login, dsn in logins.items():
                await patiently(partial(self._open, login, dsn, size=size))
        except BaseException:
            await self.close()
            raise

    async def _open(self, login: str, dsn: str, *, size: int) -> None:
        pool = await asyncpg.create_pool(
            dsn, min_size=1, max_size=size, command_timeout=60, connection_class=Pooled, reset=as_new,
            server_settings=OURS_FIRST,
        )
        try:
            async with pool.acquire() as connection:
                await check_login(connection)
        except BaseException:
            pool.terminate()
            raise
        self.pools[login] = pool
        self.readers[login] = Readers(dsn, size=size)
        self.writers[login] = Readers(dsn, size=size, session=WRITING)

    async def close(self) -> None:
        """Close every pool; waits for connections in use at most five seconds."""
        for kept in (self.readers, self.writers):
            while kept:
                _, connections = kept.popitem()
                await connections.close()
        while self.pools:
            _, pool = self.pools.popitem()
            await _close(pool)

    def pool_of(self, login: str) -> asyncpg.Pool:
        """Return the open pool of a login; raises `OutsideScope` when this process does not hold it."""
        if login not in self.pools:
            raise RuntimeError(f"this process has no database login '{login}'")
        return self.pools[login]

    def readers_of(self, login: str) -> Readers:
        """Return the connections for reading of a login; raises `RuntimeError` when this process does not hold it."""
        if login not in self.readers:
            raise RuntimeError(f"this process has no database login '{login}'")
        return self.readers[login]

    def writers_of(self, login: str) -> Readers:
        """Return the connections for commands of a login; raises `RuntimeError` when this process does not hold it."""
        if login not in self.writers:
            raise RuntimeError(f"this process has no database login '{login}'")
        return self.writers[login]

    def transaction(self, allow_nested: bool = True) -> NoReturn:
        raise OutsideScope

    async def get_new_connection(self) -> NoReturn:
        raise OutsideScope

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> NoReturn:
        raise OutsideScope

    async def _run_in_new_connection(self, query: str, args: Sequence[Any] | None = None) -> NoReturn:
        raise OutsideScope


async def _close(pool: asyncpg.Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), timeout=5)
    except (TimeoutError, *CUT):  # of a server that went first; the other pools are to be closed as well
        pool.terminate()


ENGINE = ScopedEngine()
