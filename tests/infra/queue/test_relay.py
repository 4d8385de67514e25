"""The relay: woken at once, deaf for no longer than its poll, one at a time, and never ended by an error."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from infra.ids import uuid7
from infra.queue import enqueue
from infra.queue.relay import CHANNEL, publish_due, relay
from infra.queue.runner import Opened
from infra.queue.runs import Delivery
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, opening
from tests.support.worker_process import until
from tests.support.world import AreaMade, make_area, manager

LONG = 60.0
EARS = f"select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%{CHANNEL}%'"


@dataclass
class Postbox:
    """A broker that keeps what it is given, slowly or with errors when asked."""

    got: list[Delivery] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    seconds: float = 0

    def __call__(self, deliveries: Sequence[Delivery]) -> None:
        time.sleep(self.seconds)
        if self.errors:
            raise self.errors.pop(0)
        self.got.extend(deliveries)

    async def holds(self, number: int) -> None:
        async with asyncio.timeout(60):
            while len(self.got) < number:  # noqa: ASYNC110 - filled from another thread
                await asyncio.sleep(0.01)


@asynccontextmanager
async def relaying(database: Cluster, postbox: Postbox, *, poll_seconds: float) -> AsyncIterator[None]:
    task = asyncio.create_task(
        relay(dsn=database.dsns["worker"], opening=opening, publish=postbox, poll_seconds=poll_seconds)
    )
    await asyncio.sleep(0.3)
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def send(area: AreaMade, number: int = 1) -> None:
    async with tenant_scope(manager(area)):
        for _ in range(number):
            await enqueue("board.add", area_id=area.id, board_id=uuid7())


async def test_a_commit_wakes_the_relay(empty_queue: Cluster) -> None:
    area, postbox = await make_area(), Postbox()
    async with relaying(empty_queue, postbox, poll_seconds=LONG):
        await send(area)
        await postbox.holds(1)


async def test_a_relay_that_went_deaf_polls_and_hears_again(empty_queue: Cluster) -> None:
    area, postbox = await make_area(), Postbox()
    async with relaying(empty_queue, postbox, poll_seconds=0.2):
        await as_superuser(empty_queue, EARS)
        await send(area)
        await postbox.holds(1)

        async def hears_again() -> bool:
            heard = "select count(*) as ears from pg_stat_activity where query ilike 'listen%' || $1 || '%'"
            return bool((await as_superuser(empty_queue, heard, CHANNEL))[0]["ears"] == 1)

        await until(hears_again, why=lambda: "nobody listens, or two do")


async def test_no_error_ends_the_relay_and_nothing_is_lost(empty_queue: Cluster) -> None:
    area, postbox = await make_area(), Postbox(errors=[KeyError("odd"), ConnectionError(), ValueError()])
    async with relaying(empty_queue, postbox, poll_seconds=0.1):
        await send(area, 3)
        await postbox.holds(3)
    assert len({delivery.id for delivery in postbox.got}) == 3


async def test_more_than_one_batch_goes_in_order(empty_queue: Cluster) -> None:
    area, postbox = await make_area(), Postbox()
    await send(area, 250)
    async with relaying(empty_queue, postbox, poll_seconds=LONG):
        await postbox.holds(250)
    ids = [delivery.id for delivery in postbox.got]
    assert ids == sorted(ids)


async def test_of_two_relays_one_works(empty_queue: Cluster) -> None:
    area, postbox = await make_area(), Postbox(seconds=0.2)
    await send(area, 5)
    both = await asyncio.gather(*(publish_due(opening=opening, publish=postbox) for _ in range(2)))
    assert (sorted(both), len(postbox.got)) == ([0, 5], 5)


async def test_a_killed_relay_leaves_its_lock_to_the_next(empty_queue: Cluster) -> None:
    area, postbox = await make_area(), Postbox(errors=[RuntimeError()])
    await send(area)
    with pytest.raises(RuntimeError):
        await publish_due(opening=opening, publish=postbox)
    assert await publish_due(opening=opening, publish=postbox) == 1


async def test_a_relay_that_is_woken_while_nothing_can_be_sent_does_not_ask_without_end(database: Cluster) -> None:
    asked, began = [], time.monotonic()

    def away(*_: object) -> Opened:
        asked.append(1)
        raise ConnectionRefusedError

    task = asyncio.create_task(relay(dsn=database.dsns["worker"], opening=away, publish=Postbox(), poll_seconds=LONG))
    try:
        for _ in range(100):
            await as_superuser(database, f"notify {CHANNEL}")
            await asyncio.sleep(0.01)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert 1 <= len(asked) <= 2 + (time.monotonic() - began) / 0.5
