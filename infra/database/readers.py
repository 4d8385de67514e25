"""Connections of one login that only read: last in, first out, each with the plans that it has prepared.

Not a pool of asyncpg, which resets a connection in a round trip of its own each time it comes back: what runs here is
one statement outside a transaction, on a connection that cannot write, so it leaves nothing behind to reset.
A connection whose statement was cancelled, timed out or lost is ended, never used again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg

from infra.database.guards import check_login

Context = Callable[[int], str]

STATEMENT_SECONDS = 5
ACQUIRE_SECONDS = 5.0
MOST_PLANS = 300  #: prepared on one connection; the one used longest ago goes

#: for the whole life of a connection: plans are made once, without anyone's values; what nobody waits for ends
SESSION = {
    "default_transaction_read_only": "on",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "client_connection_check_interval": "1s",
    "timezone": "UTC",  # instants in a text leave as they do from Python
}

#: the connection is gone, or going
_LOST = (
    ConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleSessionTimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
#: what a plan prepared before a migration may raise after it
_OUTDATED = (
    asyncpg.FeatureNotSupportedError,
    asyncpg.SyntaxOrAccessError,
    asyncpg.InvalidSQLStatementNameError,
    asyncpg.InternalServerError,
)


class Outdated(Exception):
    """The connection, or what it had prepared, is of before a restart or a migration."""


class ReadConnection:
    """One connection and its plans."""

    def __init__(self, raw: asyncpg.Connection) -> None:
        self.raw = raw
        self._plans: OrderedDict[str, Any] = OrderedDict()

    async def value(self, query: str, args: Sequence[Any], context: Context | None) -> Any:
        """Return the first column of the first row. Raises `Outdated` when another connection may do better."""
        plan = self._plans.get(query)
        try:
            if plan is None:
                plan = self._keep(query, await self.raw.prepare(query))
                return await plan.fetchval(*self._with(args, context))
            self._plans.move_to_end(query)
            return await plan.fetchval(*self._with(args, context))
        except _LOST as error:
            raise Outdated from error

    def knows(self, query: str) -> bool:
        """Return whether the query was prepared here before."""
        return query in self._plans

    def _with(self, args: Sequence[Any], context: Context | None) -> Sequence[Any]:
        return args if context is None else (*args, context(self.raw.get_server_pid()))

    def _keep(self, query: str, plan: Any) -> Any:
        self._plans[query] = plan
        if len(self._plans) > MOST_PLANS:
            self._plans.popitem(last=False)  # asyncpg closes it at the server when the next one is prepared
        return plan


def _outdated(error: asyncpg.PostgresError) -> bool:
    return isinstance(error, _OUTDATED) and not isinstance(error, asyncpg.InsufficientPrivilegeError)


class Readers:
    """At most `size` connections of a login; who finds none free waits in line."""

    def __init__(self, dsn: str, *, size: int) -> None:
        self._dsn = dsn
        self.size = size
        self.idle: list[ReadConnection] = []
        self._slots = asyncio.Semaphore(size)
        self._closed = False

    async def value(self, query: str, args: Sequence[Any], context: Context | None) -> Any:
        """Return the first column of the first row; `context` is signed for the back end and becomes the last argument.

        A connection that fails for being of yesterday is replaced and the query, which only reads, is sent once more.
        Raises `TimeoutError` when no connection comes free in time or the server does not answer.
        """
        await self._slot()
        try:
            if (held := self._newest()) is not None:
                try:
                    return await self._on(held, query, args, context)
                except Outdated:
                    pass
            try:
                return await self._on(await self._connect(), query, args, context)
            except Outdated as error:
                raise error.__cause__ or error from None
        finally:
            self._slots.release()

    async def close(self) -> None:
        """Close what is idle; what is in use is closed when it comes back."""
        self._closed = True
        while self.idle:
            raw = self.idle.pop().raw
            try:
                await raw.close(timeout=1)
            except (TimeoutError, *_LOST):
                raw.terminate()

    async def _slot(self) -> None:
        if self._closed:
            raise asyncpg.InterfaceError("the connections for reading are closed")
        if self._slots.locked():
            async with asyncio.timeout(ACQUIRE_SECONDS):
                await self._slots.acquire()
        else:
            await self._slots.acquire()

    def _newest(self) -> ReadConnection | None:
        while self.idle:
            held = self.idle.pop()
            if not held.raw.is_closed():
                return held
        return None

    async def _on(self, held: ReadConnection, query: str, args: Sequence[Any], context: Context | None) -> Any:
        known, whole = held.knows(query), False
        try:
            value = await held.value(query, args, context)
            whole = True
        except asyncpg.PostgresError as error:
            if known and _outdated(error):
                raise Outdated from error
            whole = True  # the statement failed; the connection did not
            raise
        finally:
            if whole and not self._closed:
                self.idle.append(held)
            else:
                held.raw.terminate()
        return value

    async def _connect(self) -> ReadConnection:
        raw = await asyncpg.connect(
            self._dsn,
            timeout=ACQUIRE_SECONDS,
            command_timeout=STATEMENT_SECONDS + 1,
            statement_cache_size=1,  # with 0 asyncpg would give a prepared statement no name
            server_settings=SESSION,
        )
        try:
            await check_login(raw)
        except BaseException:
            raw.terminate()
            raise
        return ReadConnection(raw)
