"""The hardened transaction: one connection of one login, a signed context first, always given back.

Why not Piccolo's: see `infra.database.engine`. Proven under cancellations, killed back ends and failing commits by
`tests/faults/test_scope_chaos.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Literal, Self

from piccolo.engine.exceptions import TransactionError
from piccolo.engine.postgres import PostgresTransaction

from infra.database.engine import ENGINE
from infra.database.holding import Guard, NoLongerHolds, quoted
from infra.database.pooled import Pooled, naming_loss

Isolation = Literal["read committed", "repeatable read", "serializable"]
Observer = Callable[[str], None]
observer: contextvars.ContextVar[Observer | None] = contextvars.ContextVar("sql_observer", default=None)

_SERIAL = frozenset({"fetch", "fetchrow", "fetchval", "execute", "executemany", "copy_records_to_table"})


class SerialConnection:
    """Lets many resolver tasks share one connection: each call waits for the one before it."""

    def __init__(self, connection: Any, *, itself: Pooled) -> None:
        self._connection, self._itself = connection, itself
        self._lock = asyncio.Lock()
        self.ended = False

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._connection, name)
        return self._serial(method) if name in _SERIAL else method

    def _serial(self, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any, **options: Any) -> Any:
            async with self._lock:
                if self.ended:
                    raise TransactionError("this database scope has ended")
                if (watch := observer.get()) is not None:
                    watch(str(args[0]))
                with naming_loss(self._itself):
                    return await method(*args, **options)

        return call


class Scope(PostgresTransaction):
    """A transaction of one login under one signed context.

    `context` is given the server's process id and returns the signed text, or None for a login that needs none.
    Where there is a `guard`, entering raises `NoLongerHolds` unless it holds: it is asked first in the transaction.
    """

    def __init__(
        self,
        *,
        login: str,
        context: Callable[[int], str] | None,
        readonly: bool = False,
        isolation: Isolation = "read committed",
        guard: Guard | None = None,
        acquire_timeout: float = 5.0,
    ) -> None:
        super().__init__(ENGINE, allow_nested=False)
        self.login = login
        self._context = context
        self._readonly, self._isolation, self._guard = readonly, isolation, guard
        self._acquire_timeout = acquire_timeout

    async def __aenter__(self) -> Self:
        self._pool = ENGINE.pool_of(self.login)
        self._raw = await self._pool.acquire(timeout=self._acquire_timeout)
        # taken now: a connection that dies is no longer the pool's, and what the pool lends then has no `end`
        self._itself: Pooled = self._raw.itself()
        try:
            with naming_loss(self._itself):
                await self._begin()
        except BaseException:
            await self._give_back()
            raise
        self.connection: Any = SerialConnection(self._raw, itself=self._itself)
        ENGINE.current_transaction.set(self)
        return self

    async def _begin(self) -> None:
        status = await self._raw.execute("; ".join(self._opening()))
        if self._guard is not None and status != "SELECT 1":  # the rows of the last statement: the guard's
            await self._raw.execute("rollback")
            raise NoLongerHolds

    def _opening(self) -> Iterator[str]:
        """Return what begins the transaction, sets its context and asks its guard: together, so in one round trip."""
        yield f"begin isolation level {self._isolation}{' read only' if self._readonly else ''}"
        if self._context is not None:
            signed = quoted(self._context(self._raw.get_server_pid()))
            yield f"select set_config('concordat.context', {signed}, true)"
        if self._guard is not None:
            yield f"select where {self._guard.literal()}"

    async def commit(self) -> None:
        """Commit; raises what PostgreSQL finds wrong only now."""
        with naming_loss(self._itself):
            await self._raw.execute("commit")
        self._committed = True

    async def rollback(self) -> None:
        """Undo everything."""
        with naming_loss(self._itself):
            await self._raw.execute("rollback")
        self._rolled_back = True

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> Literal[False]:
        self.connection.ended = True
        try:
            await self._finish(failed=error is not None)
        finally:
            # set, not reset: the token may belong to another task's context
            ENGINE.current_transaction.set(None)
            await self._give_back()
        return False

    async def _give_back(self) -> None:
        """Give the connection back, whole or, where it cannot be made as new, ended."""
        # what came of the transaction is known by now; of a connection that dies at this moment asyncpg would have it
        # that a free one was released, and that would be told in place of a commit
        with contextlib.suppress(Exception):
            await self._pool.release(self._raw)

    async def _finish(self, *, failed: bool) -> None:
        if self._committed or self._rolled_back:
            return
        if not failed:
            with naming_loss(self._itself):
                await self._itself.end("commit")
            self._committed = True
            return
        with contextlib.suppress(Exception):
            await self._itself.end("rollback")
            self._rolled_back = True

    async def open_in(self, stack: contextlib.AsyncExitStack) -> Self:
        """Open the scope without making it current; it ends with `stack`. Use it through `joined()`."""
        before = ENGINE.current_transaction.get()
        ENGINE.current_transaction.set(None)
        try:
            await stack.enter_async_context(self)
        finally:
            ENGINE.current_transaction.set(before)
        return self

    @contextlib.contextmanager
    def joined(self) -> Any:
        """Make this open scope the current one in another task, for the length of the block."""
        before = ENGINE.current_transaction.get()
        ENGINE.current_transaction.set(self)
        try:
            yield self
        finally:
            ENGINE.current_transaction.set(before)
