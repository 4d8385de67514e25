"""Connections that are lost every so often, in the process that asks for it: before a statement, or with its answer.

Counted, not by chance: with a period that is prime every statement of a loop meets its turn. After so many losses there
are no more: what has not ended for good then does its work.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import psycopg

from infra.queue.consumers import OnRabbitmq

#: every so many, and so many losses in all
STATEMENTS = (23, 40)  #: of the service's own connections
OF_BROKER = (17, 25)  #: statements of the broker's connections to PostgreSQL
DELIVERIES = (7, 8)  #: of RabbitMQ

_LOST = "connection was closed in the middle of operation"


def lose_connections(told: Path) -> None:
    """Lose connections from now on; a line in the file `told` for each."""
    for name in ("execute", "fetch", "fetchrow", "fetchval"):
        setattr(asyncpg.Connection, name, _asyncpg(getattr(asyncpg.Connection, name), _OWN, told))
    _psycopg(told)
    _pika(told)


def _turns(every: int, most: int) -> Iterator[str | None]:
    """Nothing, mostly; in turn `before` and `after`; and nothing for ever."""
    for number in range(most):
        yield from itertools.repeat(None, every - 1)
        yield "after" if number % 2 else "before"
    yield from itertools.repeat(None)


_OWN, _BROKERS, _DELIVERIES = _turns(*STATEMENTS), _turns(*OF_BROKER), _turns(*DELIVERIES)


def _asyncpg(method: Callable[..., Any], turns: Iterator[str | None], told: Path) -> Callable[..., Any]:
    async def call(self: Any, *args: Any, **options: Any) -> Any:
        turn = next(turns)
        if turn == "before":
            self.terminate()
        answer = await method(self, *args, **options)
        if turn == "after":
            self.terminate()
            _tell(told, str(args[0]))
            raise asyncpg.ConnectionDoesNotExistError(_LOST)
        return answer

    return call


def _psycopg(told: Path) -> None:
    execute = psycopg.Cursor.execute

    def call(self: Any, *args: Any, **options: Any) -> Any:
        turn = next(_BROKERS)
        if turn == "before":
            self.connection.close()
        answer = execute(self, *args, **options)
        if turn == "after":
            self.connection.close()
            _tell(told, str(args[0]))
            raise psycopg.OperationalError(_LOST)
        return answer

    psycopg.Cursor.execute = call  # type: ignore[method-assign]


def _pika(told: Path) -> None:
    following = OnRabbitmq.__next__

    def call(self: Any) -> Any:
        message = following(self)
        if message is not None and next(_DELIVERIES) is not None:
            _tell(told, "delivery")
            self.connection._impl._transport.abort()
        return message

    OnRabbitmq.__next__ = call  # type: ignore[method-assign]


def _tell(told: Path, what: str) -> None:
    with told.open("a") as file:
        file.write(" ".join(what.split())[:80] + "\n")
