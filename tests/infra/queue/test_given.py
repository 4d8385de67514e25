"""What counts as given to the broker: never so much that the work of the dead keeps their own heirs from it."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Sequence
from datetime import timedelta

import pytest

from backend.worker import opening
from infra.ids import uuid7
from infra.queue import enqueue, runs
from infra.queue.processes import Process, beat
from infra.queue.registry import JOBS
from infra.queue.relay import publish_due
from infra.queue.runner import BOOKKEEPING, run
from infra.queue.runs import Delivery
from infra.queue.starting import start
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, time_passes
from tests.support.world import AreaMade, make_area, manager

pytestmark = pytest.mark.usefixtures("board_job")
SLOTS = {"interactive": 4}  # of which one area has two


async def send(area: AreaMade, number: int) -> None:
    async with tenant_scope(manager(area)):
        for _ in range(number):
            await enqueue("board.add", area_id=area.id, board_id=uuid7())


async def alive(process: Process) -> Process:
    async with opening("queue", None, BOOKKEEPING).scope:
        await beat(process)
    return process


async def begin(delivery: Delivery, process: Process) -> int | None:
    async with opening("queue", None, BOOKKEEPING).scope:
        return await start(delivery, job=JOBS[delivery.actor], process=process)


async def published() -> list[Delivery]:
    """What the relay gives to the broker now."""
    given: list[Delivery] = []
    await publish_due(opening=opening, publish=given.extend)
    return given


async def two_at_work(area: AreaMade, process: Process) -> list[Delivery]:
    """All that an area may have in the broker at once, at work in a process."""
    await send(area, 2)
    given = await published()
    assert [await begin(delivery, process) for delivery in given] == [1, 1]
    return given


async def test_what_a_dead_process_had_at_work_comes_to_its_heir(empty_queue: Cluster) -> None:
    """The broker delivers again before the heart has stopped: the heir sends both on for a moment later."""
    area = await make_area()
    heir, killed = await alive(Process(slots=SLOTS)), await alive(Process(ttl=600))
    given = await two_at_work(area, killed)
    assert [await begin(delivery, heir) for delivery in given] == [None, None]
    await time_passes(empty_queue, seconds=901)  # a moment is up to half as long again
    await alive(heir)
    again = await published()
    assert {delivery.message_id for delivery in again} == {delivery.message_id for delivery in given}
    assert await begin(again[0], heir) == 2


async def test_what_lives_counts_until_it_ends(empty_queue: Cluster) -> None:
    area = await make_area()
    await two_at_work(area, await alive(Process(slots=SLOTS)))
    await send(area, 1)
    assert await published() == []


async def test_what_was_given_and_has_not_begun_counts_for_ten_minutes(empty_queue: Cluster) -> None:
    area = await make_area()
    await alive(Process(slots=SLOTS))
    await send(area, 3)
    assert len(await published()) == 2
    assert await published() == []
    await as_superuser(empty_queue, "update queue.job_run set sent_at = now() - interval '11 minutes'")
    assert len(await published()) == 1


async def test_an_area_whose_messages_end_at_once_is_given_a_place_more(empty_queue: Cluster) -> None:
    """Four places: two for any area, a third for one whose work is over within a second, one for whoever comes."""
    area = await make_area()
    process = await alive(Process(slots=SLOTS))
    await send(area, 8)
    for delivery in await published():
        await run(delivery, opening=opening, process=process)
    ended = "update queue.job_run set finished_at = now() + $1::interval where state = 'done'"
    await as_superuser(empty_queue, ended, -timedelta(seconds=2))
    assert len(await published()) == 2
    await as_superuser(empty_queue, ended, timedelta(hours=1))
    assert len(await published()) == 1
    assert await published() == []


async def test_what_waits_again_before_the_relay_has_noted_it_is_not_taken_for_sent(empty_queue: Cluster) -> None:
    """A worker may start it, and find no lease, while the relay is still busy publishing the rest."""
    area, loop = await make_area(), asyncio.get_running_loop()
    process = await alive(Process(slots=SLOTS))
    await send(area, 2)

    async def begun_and_put_off(deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            assert await begin(delivery, process) == 1
            async with opening("queue", None, BOOKKEEPING).scope:
                await runs.later(delivery, seconds=0)

    def publish(deliveries: Sequence[Delivery]) -> None:  # in a thread, within the relay's transaction
        at_work = contextvars.Context().run(asyncio.run_coroutine_threadsafe, begun_and_put_off(deliveries), loop)
        at_work.result(timeout=60)

    assert await publish_due(opening=opening, publish=publish) == 2
    assert len(await published()) == 2
