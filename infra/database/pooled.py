"""A connection of a pool, which ends a transaction and forgets all about it in one round trip.

asyncpg resets a connection that comes back in a round trip of its own; here a transaction that ends says it as well.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Literal, Self

import asyncpg


class Pooled(asyncpg.Connection):  # type: ignore[misc]
    """What a pool holds; give it `as_new` for its `reset`."""

    __slots__ = ("_is_as_new",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._is_as_new = False

    def itself(self) -> Self:
        """Return the connection, for who has only what its pool lends: that forgets it as soon as it dies."""
        return self

    async def end(self, how: Literal["commit", "rollback"]) -> None:
        """End the transaction and leave nothing behind; raises what PostgreSQL finds wrong only now.

        Nothing may be asked afterwards until the connection was given back.
        """
        await self.execute(f"{how};\n{self.get_reset_query()}")
        self._is_as_new = True

    async def give_back(self) -> None:
        """Leave nothing behind, if that was not done when the transaction ended."""
        as_new, self._is_as_new = self._is_as_new, False
        if not as_new:
            await self.execute(self.get_reset_query())


@contextlib.contextmanager
def naming_loss(connection: Pooled) -> Iterator[None]:
    """Raise `ConnectionDoesNotExistError` for whatever else asyncpg says of a connection that was lost.

    Between two statements it says that it is closed, or was given back, or calls half of a farewell an internal error.
    """
    try:
        yield
    except (asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        if isinstance(error, asyncpg.InterfaceError) and not connection.is_closed():
            raise
        raise asyncpg.ConnectionDoesNotExistError("the connection was lost") from error


async def as_new(connection: Pooled) -> None:
    """Make a connection that comes back to its pool as one that was just opened."""
    await connection.give_back()
