"""A real worker process with jobs that fault tests need, and a quick pace so that a dead worker is noticed soon.

`board.add` adds one linked board; `board.slow` does so, then writes the file `started` of its folder and waits;
`board.brief` only takes its time;
`worker.kill` ends its process. With the file `die-after-publishing` there, the relay dies once, between publishing
and removing. With the variable `WITHOUT_TURNS` it gives the broker all that waits; with `LOSING` the process
loses connections all the time (tests/support/losing.py), and tries again what failed without a pause.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import signal
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from dramatiq.broker import Broker

from backend.worker import work
from infra.database import sql
from infra.queue import broker, job, relay, runs
from infra.queue.broker import Pace
from infra.queue.relay import Publish
from infra.queue.runs import Delivery
from infra.settings import load_settings
from tests.support.losing import lose_connections

INSERT = "insert into linked_board (area_id, id, name, kind) values ($1, $2, $3, 'channel')"
QUICK = Pace(heartbeat=0.2, ttl=0.8, maintenance=0.3, poll=0.2)
FOLDER = Path(os.environ["WORKER_FOLDER"])


@job("board.add")
async def add(*, area_id: int, message_id: UUID, board_id: UUID) -> None:
    """Add a board named after the message."""
    await sql.execute(INSERT, area_id, board_id, f"board {message_id}")


@job("board.slow")
async def slow(*, area_id: int, message_id: UUID, board_id: UUID) -> None:
    """Add a board, then take until the file `go` is there: whoever kills us now does so in mid-work."""
    await sql.execute(INSERT, area_id, board_id, f"board {message_id}")
    with (FOLDER / "started").open("a") as file:
        file.write(f"{os.getpid()}\n")
    while not (FOLDER / "go").exists():  # noqa: ASYNC110 - another process makes the file
        await asyncio.sleep(0.02)


@job("board.brief")
async def brief() -> None:
    """Take as long as a small piece of work with an agency does."""
    await asyncio.sleep(0.05)


@job("worker.kill")
async def kill() -> None:
    """End the process, as a crash in a library would."""
    with (FOLDER / "kills").open("a") as file:
        file.write("killed\n")
    os._exit(9)


def _dying_once(publisher: Callable[[Broker], Publish]) -> Callable[[Broker], Publish]:
    last_wish = FOLDER / "die-after-publishing"

    def made(of: Broker) -> Publish:
        publish = publisher(of)

        def publish_and_die(deliveries: Sequence[Delivery]) -> None:
            publish(deliveries)
            if last_wish.exists():
                last_wish.rename(FOLDER / "died-after-publishing")
                os._exit(9)

        return publish_and_die

    return made


def _all_at_once(waiting: Sequence[Delivery], *, limit: int, **_: object) -> list[Delivery]:
    return list(waiting[:limit])


if __name__ == "__main__":
    if "WITHOUT_TURNS" in os.environ:
        relay.choose = _all_at_once  # type: ignore[assignment]
    if "LOSING" in os.environ:
        runs.BACKOFF = (timedelta(seconds=0.2),) * len(runs.BACKOFF)
        lose_connections(FOLDER / "lost")
    faulthandler.register(signal.SIGUSR1)
    broker.publisher = _dying_once(broker.publisher)
    work(load_settings(), pace=QUICK)
