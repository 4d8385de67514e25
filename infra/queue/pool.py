"""The broker's connections to PostgreSQL: who asks for one while the database is away is told so within seconds.

dramatiq-postgres tries ten times by itself, with pauses of up to half a minute. Whoever asks here tries again as it is,
and knows what else to do meanwhile: a relay that sits in one publication for minutes sends nothing for minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import psycopg
from dramatiq.errors import BrokerConnectionError
from psycopg_pool import ConnectionPool

from infra.queue.errors import in_words

P = ParamSpec("P")
T = TypeVar("T")

_MOST = 16  #: connections of one process
#: its own pauses would double for five minutes: back as soon as the database is, not twice as late
_RECONNECT_SECONDS = 5.0
#: a server that vanished without a farewell is noticed after about ten seconds
_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}


class Away(Exception):
    """There is no connection to be had; of a kind that dramatiq-postgres does not wait out."""


class Pool(ConnectionPool[Any]):
    """A pool that raises `Away` where PostgreSQL gives no connection in time."""

    def getconn(self, timeout: float | None = None) -> Any:
        """Return a connection that works, or raise `Away` after five seconds."""
        try:
            return super().getconn(timeout)
        except psycopg.Error as error:
            raise Away(in_words(error)) from error


def pool(dsn: str) -> Pool:
    """Return the pool of one process, which connects when it is first asked."""
    return Pool(
        dsn,
        kwargs={"application_name": "dramatiq-postgres", **_ALIVE},
        min_size=0,
        max_size=_MOST,
        open=True,
        check=Pool.check_connection,
        timeout=_RECONNECT_SECONDS,
        reconnect_timeout=_RECONNECT_SECONDS,
    )


def as_lost(work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Tell every error of PostgreSQL as a lost connection: Dramatiq then tries again, and gives up after any other."""
    try:
        return work(*args, **options)
    except (psycopg.Error, Away) as error:
        raise BrokerConnectionError(in_words(error)) from error  # type: ignore[no-untyped-call]
