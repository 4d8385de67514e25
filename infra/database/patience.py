"""Starting while the database cuts connections (a restart, a failover): try again for a moment, then say so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import asyncpg

#: a connection that was there and was cut, or a server on its way up or down; not an address where nobody listens
CUT = (
    ConnectionResetError,
    BrokenPipeError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

#: a database that nobody can use at the moment: it is away, coming or going, or has no room left
AWAY = (
    ConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
)

#: and one whose connections are all taken, or which took so long that it was stopped
BUSY = (*AWAY, TimeoutError, asyncpg.QueryCanceledError)

PAUSES = (0.1, 0.5, 1.0, 2.0, 4.0)


async def patiently(start: Callable[[], Awaitable[None]], *, pauses: Sequence[float] = PAUSES) -> None:
    """Run `start`, again after each pause (seconds) while its connection is cut; the last refusal is raised."""
    for pause in pauses:
        try:
            await start()
        except CUT:
            await asyncio.sleep(pause)
        else:
            return
    await start()
