"""What had its effect is done: whoever died before the book was written, and whatever others concluded meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from backend.worker import opening
from infra.database import sql
from infra.ids import uuid7
from infra.queue import admin, enqueue, jobs, registry, runs
from infra.queue.admin import JobRun
from infra.queue.registry import job
from infra.queue.runner import BOOKKEEPING, Opened, Opening, run
from infra.queue.runs import MOST_STARTS, Delivery
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain, relayed
from tests.support.world import AreaMade, make_area, manager

BEFORE_THE_WORK, BEFORE_THE_BOOK = 2, 3  # a delivery opens three scopes: to count its start, to work, to book the end


class Died(BaseException):
    """The process is gone: nothing more of this delivery runs."""


@pytest_asyncio.fixture
async def area(empty_queue: Cluster) -> AsyncIterator[AreaMade]:
    """An area with one message for `board.add`."""
    made = await make_area()
    async with tenant_scope(manager(made)):
        await enqueue("board.add", area_id=made.id, board_id=uuid7())
    yield made


@pytest.fixture
def held() -> Iterator[tuple[asyncio.Event, asyncio.Event]]:
    """The job `board.add` which tells that it works and then waits: (at work, go on)."""
    at_work, go_on = asyncio.Event(), asyncio.Event()

    @job("board.add")
    async def add(*, area_id: int, board_id: object) -> None:
        await sql.execute("insert into linked_board (area_id, name, kind) values ($1, 'Board', 'channel')", area_id)
        at_work.set()
        await go_on.wait()

    yield at_work, go_on
    del registry.JOBS["board.add"]


def dying(at: int) -> Opening:
    """Return a worker's way of opening scopes whose process dies at the scope with that number."""
    opened = 0

    def open_or_die(name: str, area_id: int | None, powers: frozenset[str]) -> Opened:
        nonlocal opened
        opened += 1
        if opened == at:
            raise Died
        return opening(name, area_id, powers)

    return open_or_die


async def killed(delivery: Delivery, *, at: int) -> None:
    with pytest.raises(Died):
        await run(delivery, opening=dying(at))


async def the_run() -> JobRun:
    async with system_scope("test", powers=["platform"]):
        (found,) = await admin.job_runs()
    return found


async def boards(area: AreaMade) -> int:
    async with tenant_scope(manager(area), readonly=True):
        return int(await sql.fetch_value("select count(*) from linked_board"))


@pytest.mark.usefixtures("board_job")
async def test_an_effect_at_the_last_start_is_done_although_its_process_died(area: AreaMade) -> None:
    (delivery,) = await relayed()
    for _ in range(MOST_STARTS - 1):
        await killed(delivery, at=BEFORE_THE_WORK)
    await killed(delivery, at=BEFORE_THE_BOOK)
    assert ((await the_run()).state, await boards(area)) == ("running", 1)
    await run(delivery, opening=opening)
    found = await the_run()
    assert (found.state, found.starts, found.error, await boards(area)) == ("done", MOST_STARTS, None, 1)


@pytest.mark.usefixtures("board_job")
async def test_five_deaths_of_its_neighbour_after_the_effect_count_no_start(area: AreaMade) -> None:
    (delivery,) = await relayed()
    await killed(delivery, at=BEFORE_THE_BOOK)
    for _ in range(MOST_STARTS):
        await run(delivery, opening=dying(BEFORE_THE_BOOK))
    found = await the_run()
    assert (found.state, found.starts, await boards(area)) == ("done", 1, 1)


@pytest.mark.usefixtures("board_job")
async def test_without_an_effect_five_deaths_still_stop_it(area: AreaMade) -> None:
    (delivery,) = await relayed()
    for _ in range(MOST_STARTS):
        await killed(delivery, at=BEFORE_THE_WORK)
    await run(delivery, opening=opening)
    found = await the_run()
    assert (found.state, found.starts, await boards(area)) == ("stopped", MOST_STARTS, 0)


async def test_an_effect_that_comes_after_others_stopped_the_message_is_done(
    area: AreaMade, held: tuple[asyncio.Event, asyncio.Event]
) -> None:
    at_work, go_on = held
    (delivery,) = await relayed()
    frozen = asyncio.create_task(run(delivery, opening=opening))
    await at_work.wait()
    for _ in range(MOST_STARTS - 1):
        await killed(delivery, at=BEFORE_THE_WORK)
    await run(delivery, opening=opening)
    assert (await the_run()).state == "stopped"
    go_on.set()
    await frozen
    found = await the_run()
    assert (found.state, found.error, await boards(area)) == ("done", None, 1)


@pytest.mark.usefixtures("board_job")
async def test_a_second_delivery_that_fails_late_does_not_send_what_is_done_again(area: AreaMade) -> None:
    (delivery,) = await relayed()
    await run(delivery, opening=opening)
    async with opening("queue", None, BOOKKEEPING).scope:
        await runs.fail(delivery, starts=1, error="It took too long.", final=False)
        await runs.fail(delivery, starts=MOST_STARTS, error="It took too long.", final=True)
    assert await relayed() == []
    assert ((await the_run()).state, (await the_run()).error) == ("done", None)


@pytest.mark.usefixtures("board_job")
async def test_the_hourly_tidying_books_as_done_what_nobody_delivers_again(
    area: AreaMade, empty_queue: Cluster
) -> None:
    await drain()
    await as_superuser(empty_queue, "update queue.job_run set state = 'stopped', error = 'It was stopped.'")
    async with opening("queue.tidy", None, BOOKKEEPING).scope:
        await jobs.tidy()
    assert ((await the_run()).state, (await the_run()).error) == ("done", None)
