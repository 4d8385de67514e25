"""A message that ends its process takes its innocent neighbours down once; after that it is alone with its guilt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from backend.worker import opening
from infra.ids import uuid7
from infra.queue import enqueue
from infra.queue.processes import Process, beat, leave
from infra.queue.registry import JOBS, QueueName
from infra.queue.runner import BOOKKEEPING, run
from infra.queue.runs import MOST_STARTS, Delivery
from infra.queue.starting import start
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, make_due, relayed
from tests.support.world import make_area, manager

pytestmark = pytest.mark.usefixtures("board_job")


@pytest_asyncio.fixture
async def deliveries(empty_queue: Cluster) -> AsyncIterator[list[Delivery]]:
    """Four messages of an area, on their way."""
    area = await make_area()
    async with tenant_scope(manager(area)):
        for _ in range(4):
            await enqueue("board.add", area_id=area.id, board_id=uuid7())
    yield await relayed()


async def begin(delivery: Delivery, process: Process, *, queue: QueueName = "interactive") -> int | None:
    job = replace(JOBS["board.add"], queue=queue)
    async with opening("queue", None, BOOKKEEPING).scope:
        return await start(delivery, job=job, process=process)


async def told(process: Process) -> Process:
    async with opening("queue", None, BOOKKEEPING).scope:
        await beat(process)
    return process


async def book(cluster: Cluster, delivery: Delivery) -> tuple[str, int, bool]:
    query = "select state, starts, suspect from queue.job_run where message_id = $1"
    (row,) = await as_superuser(cluster, query, delivery.message_id)
    return row["state"], row["starts"], row["suspect"]


async def test_a_death_makes_suspects_of_all_that_were_at_work(
    empty_queue: Cluster, deliveries: list[Delivery]
) -> None:
    dead, heir = Process(), Process()
    for delivery in deliveries[:3]:
        assert await begin(delivery, dead) == 1
    assert await begin(deliveries[0], heir) == 2
    assert [await book(empty_queue, one) for one in deliveries] == [
        ("running", 2, True), ("queued", 1, True), ("queued", 1, True), ("queued", 0, False)
    ]  # fmt: skip


async def test_a_process_runs_one_suspect_at_a_time_and_others_beside_it(
    empty_queue: Cluster, deliveries: list[Delivery]
) -> None:
    dead, heir = Process(), Process()
    guilty, innocent, fresh, _ = deliveries
    for delivery in (guilty, innocent):
        await begin(delivery, dead)
    assert await begin(guilty, heir) == 2
    assert await begin(innocent, heir) is None
    assert await book(empty_queue, innocent) == ("queued", 1, True)
    assert await begin(fresh, heir) == 1
    await make_due()
    assert [again.message_id for again in await relayed()] == [innocent.message_id]


async def test_an_innocent_neighbour_of_five_deaths_has_its_effect(
    empty_queue: Cluster, deliveries: list[Delivery]
) -> None:
    guilty, innocent, *_ = deliveries
    for _ in range(MOST_STARTS):
        process = Process()
        for delivery in (guilty, innocent):
            await begin(delivery, process)  # then the process dies
    process = Process()
    await run(guilty, opening=opening, process=process)
    await run(innocent, opening=opening, process=process)
    assert await book(empty_queue, guilty) == ("stopped", MOST_STARTS, True)
    assert (await book(empty_queue, innocent))[:2] == ("done", 2)


async def test_who_works_beside_a_suspect_loses_no_start(empty_queue: Cluster, deliveries: list[Delivery]) -> None:
    guilty, *fresh = deliveries
    await begin(guilty, Process())
    second, third = Process(), Process()
    for delivery in (guilty, *fresh):
        await begin(delivery, second)
    await begin(guilty, third)
    assert [await book(empty_queue, one) for one in fresh] == [("queued", 0, True)] * 3
    assert await book(empty_queue, guilty) == ("running", 3, True)


async def test_a_long_import_keeps_no_email_waiting_and_is_not_blamed_for_it(
    empty_queue: Cluster, deliveries: list[Delivery]
) -> None:
    """Both were at work when a process died; the email is the one that ends it, soon after each start."""
    email, long_import, *_ = deliveries
    for _ in range(MOST_STARTS):
        process = Process()
        assert await begin(long_import, process, queue="bulk") is not None
        assert await begin(email, process) is not None
    process = Process()
    await begin(long_import, process, queue="bulk")
    await begin(email, process)
    assert (await book(empty_queue, email))[:2] == ("stopped", MOST_STARTS)
    assert await book(empty_queue, long_import) == ("running", 2, True)


async def test_an_import_that_comes_after_the_email_takes_no_start_from_it(
    empty_queue: Cluster, deliveries: list[Delivery]
) -> None:
    """It waits for the email's end: at work beside it, it would have been the last to start, and have the blame."""
    email, long_import, *_ = deliveries
    for start_of_email in range(1, MOST_STARTS + 1):
        process = Process()
        assert await begin(email, process) == start_of_email
        assert await begin(long_import, process, queue="bulk") == (1 if start_of_email == 1 else None)
    process = Process()
    await run(email, opening=opening, process=process)
    assert (await book(empty_queue, email))[:2] == ("stopped", MOST_STARTS)
    assert await begin(long_import, process, queue="bulk") == 2


async def test_of_two_that_started_in_one_moment_the_email_was_the_last(
    empty_queue: Cluster, deliveries: list[Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import had its place first, and was booked second."""
    email, slow, *_ = deliveries
    monkeypatch.setitem(JOBS, "board.import", replace(JOBS["board.add"], name="board.import", queue="bulk"))
    await as_superuser(
        empty_queue, "update queue.job_run set actor = 'board.import' where message_id = $1", slow.message_id
    )
    dead, second = Process(), Process()
    for process in (dead, second):
        assert await begin(slow, process, queue="bulk") is not None
        assert await begin(email, process) is not None
    later = "update queue.job_run set started_at = now() + interval '1 second' where message_id = $1"
    await as_superuser(empty_queue, later, slow.message_id)
    assert await begin(email, Process()) == 3
    assert await book(empty_queue, slow) == ("queued", 1, True)


async def test_what_is_at_work_in_a_living_process_is_left_to_it(
    empty_queue: Cluster, deliveries: list[Delivery]
) -> None:
    living, other = await told(Process()), await told(Process())
    assert await begin(deliveries[0], living) == 1
    assert await begin(deliveries[0], other) is None
    assert await book(empty_queue, deliveries[0]) == ("running", 1, False)
    async with opening("queue", None, BOOKKEEPING).scope:
        await leave(living)
    assert await begin(deliveries[0], other) == 2


async def test_two_deliveries_in_one_process_are_one_start(empty_queue: Cluster, deliveries: list[Delivery]) -> None:
    """A relay that died before it could remove what it published makes a second delivery, perhaps at once."""
    process = await told(Process())
    await asyncio.gather(*(run(deliveries[0], opening=opening, process=process) for _ in range(5)))
    assert await book(empty_queue, deliveries[0]) == ("done", 1, False)


async def test_several_heirs_reckon_one_death_once(empty_queue: Cluster, deliveries: list[Delivery]) -> None:
    dead = Process()
    for delivery in deliveries:
        await begin(delivery, dead)
    await asyncio.gather(*(run(one, opening=opening, process=Process()) for one in deliveries))
    assert [await book(empty_queue, one) for one in deliveries] == [("done", 2, False)] * 4
    boards = await as_superuser(empty_queue, "select from linked_board where area_id = $1", deliveries[0].area_id)
    assert len(boards) == 4
