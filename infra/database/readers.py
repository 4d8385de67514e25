"""Connections of one login for single statements: last in, first out, each with the plans that it has prepared.

Not a pool of asyncpg, which resets a connection in a round trip of its own each time it comes back: what runs here is
one statement outside a transaction, so it leaves nothing behind to reset. Some cannot write; others are for commands
of one statement (`infra.database.writer`).
A connection whose statement was cancelled, timed out or lost is ended, never used again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
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

#: of connections for commands
WRITING = {**SESSION, "default_transaction_read_only": "off"}

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
        try:
            return await (await self._plan(query)).fetchval(*args, *self._signed(context))
        except _LOST as error:
            raise Outdated from error

    async def each(self, query: str, many: Sequence[Sequence[Any]], context: Context | None) -> list[Any]:
        """Return the value for each set of arguments: one after the other, in one transaction and one round trip."""
        try:
            plan, signed = await self._plan(query), self._signed(context)
            return [row[0] for row in await plan.fetchmany([(*args, *signed) for args in many])]
        except _LOST as error:
            raise Outdated from error

    def knows(self, query: str) -> bool:
        """Return whether the query was prepared here before."""
        return query in self._plans

    def _signed(self, context: Context | None) -> tuple[str, ...]:
        return () if context is None else (context(self.raw.get_server_pid()),)

    async def _plan(self, query: str) -> Any:
        if query in self._plans:
            self._plans.move_to_end(query)
            return self._plans[query]
        self._plans[query] = plan = await self.raw.prepare(query)
        if len(self._plans) > MOST_PLANS:
            self._plans.popitem(last=False)  # asyncpg closes it at the server when the next one is prepared
        return plan


def _outdated(error: asyncpg.PostgresError) -> bool:
    return isinstance(error, _OUTDATED) and not isinstance(error, asyncpg.InsufficientPrivilegeError)


Ask = Callable[[ReadConnection], Awaitable[Any]]


class Readers:
    """At most `size` connections of a login; who finds none free waits in line."""

    def __init__(self, dsn: str, *, size: int, session: Mapping[str, str] = SESSION) -> None:
        self._dsn = dsn
        self._session = dict(session)
        self.size = size
        self.idle: list[ReadConnection] = []
        self._slots = asyncio.Semaphore(size)
        self._closed = False

    async def value(self, query: str, args: Sequence[Any], context: Context | None) -> Any:
        """Return the first column of the first row; `context` is signed for the back end and becomes the last argument.

        A connection that fails for being of yesterday is replaced and the query, which only reads or begins by claiming
        a key that counts once, is sent once more.
        Raises `TimeoutError` when no connection comes free in time or the server does not answer.
        """
        return await self._served(query, lambda held: held.value(query, args, context))

    async def each(self, query: str, many: Sequence[Sequence[Any]], context: Context | None) -> list[Any]:
        """Return the value for each set of arguments: one after the other, in one transaction and one round trip.

        A later one sees what an earlier one wrote; what raises undoes them all. Otherwise as `value`.
        """
        found: list[Any] = await self._served(query, lambda held: held.each(query, many, context))
        return found

    async def _served(self, query: str, ask: Ask) -> Any:
        await self._slot()
        try:
            if (held := self._newest()) is not None:
                try:
                    return await self._on(held, query, ask)
                except Outdated:
                    pass
            try:
                return await self._on(await self._connect(), query, ask)
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

    async def _on(self, held: ReadConnection, query: str, ask: Ask) -> Any:
        known, whole = held.knows(query), False
        try:
            value = await ask(held)
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
            server_settings=self._session,
        )
        try:
            await check_login(raw)
        except BaseException:
            raw.terminate()
            raise
        return ReadConnection(raw)
