"""How far a job has come: seen while it runs, and why a long run that is killed now and then is not stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio

from backend.worker import opening
from infra.database import sql
from infra.queue import Later, admin, enqueue, registry
from infra.queue.admin import JobRun
from infra.queue.processes import Process
from infra.queue.progress import Progress
from infra.queue.registry import job
from infra.queue.runner import run
from infra.queue.runs import MOST_STARTS, Delivery
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import make_due, relayed
from tests.support.world import AreaMade, make_area, manager


class Died(BaseException):
    """The process is gone: nothing more of this delivery runs."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.queue.progress._EVERY_SECONDS", 0.05)


@pytest.fixture
def pages() -> Iterator[list[Callable[[Progress], None]]]:
    """The job `school.read`, which writes a board and then does each of the list in turn."""
    steps: list[Callable[[Progress], None]] = []

    @job("school.read")
    async def read(*, area_id: int, progress: Progress) -> None:
        await sql.execute("insert into linked_board (area_id, name, kind) values ($1, 'Board', 'channel')", area_id)
        for step in steps:
            step(progress)
            await asyncio.sleep(0.2)

    yield steps
    del registry.JOBS["school.read"]


@pytest_asyncio.fixture
async def area(empty_queue: Cluster) -> AsyncIterator[AreaMade]:
    """An area with one message for `school.read`."""
    made = await make_area()
    async with tenant_scope(manager(made)):
        await enqueue("school.read", area_id=made.id)
    yield made


async def the_run() -> JobRun:
    async with system_scope("test", powers=["platform"]):
        (found,) = await admin.job_runs()
    return found


async def delivery() -> Delivery:
    (found,) = await relayed()
    return found


def shown(found: JobRun) -> tuple[int | None, int | None, str | None]:
    return found.progress_done, found.progress_of, found.progress_words


def dies(_: Progress) -> None:
    raise Died


async def test_it_is_seen_while_the_job_runs_in_its_own_transaction(
    area: AreaMade, pages: list[Callable[[Progress], None]]
) -> None:
    seen: list[JobRun] = []

    def first(told: Progress) -> None:
        told(100, of=250, words="Schools read")
        if not seen:
            pages.insert(1, first)  # until somebody has seen it

    pages += [first, lambda told: told(200, of=250, words="Schools read")]
    running = asyncio.create_task(run(await delivery(), opening=opening))
    while shown(found := await the_run()) != (100, 250, "Schools read"):
        assert not running.done()
        await asyncio.sleep(0.02)
    seen.append(found)
    assert found.state == "running"
    await running
    assert ((await the_run()).state, shown(await the_run())) == ("done", (200, 250, "Schools read"))


async def test_how_much_there_is_may_be_unknown(area: AreaMade, pages: list[Callable[[Progress], None]]) -> None:
    pages.append(lambda told: told(7))
    await run(await delivery(), opening=opening)
    assert shown(await the_run()) == (7, None, "")


async def test_a_job_that_was_rolled_back_still_says_how_far_it_came(
    area: AreaMade, pages: list[Callable[[Progress], None]]
) -> None:
    def fails(told: Progress) -> None:
        told(9, of=10)
        raise ValueError

    pages.append(fails)
    await run(await delivery(), opening=opening)
    found = await the_run()
    assert (found.state, found.starts, shown(found)) == ("queued", 1, (9, 10, ""))


async def killed_after(steps: list[Callable[[Progress], None]], page: int, sent: Delivery) -> None:
    steps[:] = [lambda told: told(page, of=100), dies]
    with pytest.raises(Died):
        await run(sent, opening=opening)


async def test_a_run_that_gets_further_each_time_is_never_stopped(
    area: AreaMade, pages: list[Callable[[Progress], None]]
) -> None:
    sent = await delivery()
    for page in range(1, 2 * MOST_STARTS):
        await killed_after(pages, page, sent)
    pages.clear()
    await run(sent, opening=opening)
    found = await the_run()
    assert (found.state, found.starts) == ("done", 2)


async def test_a_run_that_always_dies_at_the_same_page_is_stopped(
    area: AreaMade, pages: list[Callable[[Progress], None]]
) -> None:
    sent = await delivery()
    for _ in range(MOST_STARTS):
        await killed_after(pages, 50, sent)
    await run(sent, opening=opening)
    found = await the_run()
    assert (found.state, found.starts, found.progress_done) == ("stopped", MOST_STARTS, 50)


async def test_a_job_hears_that_its_process_is_to_end_and_goes_on_elsewhere(
    area: AreaMade, pages: list[Callable[[Progress], None]]
) -> None:
    stopping = Process()
    stopping.stopping.set()

    def saves_its_cursor(told: Progress) -> None:
        told(40, of=100)
        if told.asked_to_stop:
            raise Later(seconds=0)

    pages.append(saves_its_cursor)
    await run(await delivery(), opening=opening, process=stopping)
    found = await the_run()
    assert (found.state, found.starts, found.progress_done) == ("queued", 0, 40)
    await make_due()
    await run(await delivery(), opening=opening)
    assert (await the_run()).state == "done"
