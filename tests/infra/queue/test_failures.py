"""What becomes of a job that fails: tried again with growing pauses, told in words, in the end an administrator's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio

from infra.database import sql
from infra.ids import uuid7
from infra.queue import GiveUp, JobError, admin, enqueue, registry
from infra.queue.admin import JobRun
from infra.queue.registry import job
from infra.queue.runs import BACKOFF, MOST_STARTS
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain, make_due
from tests.support.world import AreaMade, make_area, manager

SECRET = "Ada Okafor, born 1990"


@pytest.fixture
def trouble() -> Iterator[list[Exception]]:
    """The job `trouble.make`: writes a board, then raises the first of the list; with none left it succeeds."""
    errors: list[Exception] = []

    @job("trouble.make")
    async def make(*, area_id: int) -> None:
        await sql.execute("insert into linked_board (area_id, name, kind) values ($1, 'Board', 'channel')", area_id)
        if errors:
            raise errors.pop(0)

    yield errors
    del registry.JOBS["trouble.make"]


@pytest_asyncio.fixture
async def area(empty_queue: Cluster) -> AsyncIterator[AreaMade]:
    """An area with one message for `trouble.make`."""
    made = await make_area()
    async with tenant_scope(manager(made)):
        await enqueue("trouble.make", area_id=made.id)
    yield made


async def the_run() -> JobRun:
    async with system_scope("test", powers=["platform"]):
        (run,) = await admin.job_runs()
    return run


async def boards(area: AreaMade) -> int:
    async with tenant_scope(manager(area), readonly=True):
        return int(await sql.fetch_value("select count(*) from linked_board"))


async def test_a_failed_start_leaves_no_effect_and_the_next_one_does(area: AreaMade, trouble: list[Exception]) -> None:
    trouble.append(JobError("The register was away."))
    await drain()
    run = await the_run()
    assert (run.state, run.starts, run.error) == ("queued", 1, "The register was away.")
    assert await boards(area) == 0
    await make_due()
    await drain()
    run = await the_run()
    assert (run.state, run.starts, run.error, await boards(area)) == ("done", 2, None, 1)


async def test_the_pauses_grow(area: AreaMade, trouble: list[Exception], empty_queue: Cluster) -> None:
    trouble += [JobError("Away.")] * MOST_STARTS
    pauses: list[timedelta] = []
    for _ in BACKOFF:
        await drain()
        waiting = await as_superuser(empty_queue, "select available_at - created_at as pause from queue.outbox")
        pauses += [row["pause"] for row in waiting]
        await make_due()
    assert pauses == list(BACKOFF)
    assert pauses == sorted(pauses)


async def test_after_five_starts_it_has_failed(area: AreaMade, trouble: list[Exception]) -> None:
    trouble += [JobError(f"Away {n}.") for n in range(MOST_STARTS + 1)]
    for _ in range(MOST_STARTS):
        await drain()
        await make_due()
    assert await drain() == []
    run = await the_run()
    assert (run.state, run.starts, run.error, await boards(area)) == ("failed", MOST_STARTS, "Away 4.", 0)


async def test_giving_up_fails_at_once(area: AreaMade, trouble: list[Exception]) -> None:
    trouble.append(GiveUp("There is no such file."))
    await drain()
    run = await the_run()
    assert (run.state, run.starts, run.error) == ("failed", 1, "There is no such file.")


async def test_an_unforeseen_error_is_told_without_its_text(area: AreaMade, trouble: list[Exception]) -> None:
    trouble.append(KeyError(SECRET))
    await drain()
    error = (await the_run()).error
    assert error is not None
    assert error.startswith("KeyError in infra.queue.")
    assert "Ada" not in error


async def test_a_database_error_does_not_quote_the_row(area: AreaMade, empty_queue: Cluster) -> None:
    @job("trouble.make")
    async def make(*, area_id: int) -> None:
        await sql.execute("insert into linked_board (area_id, name, kind) values ($1, $2, 'x')", area_id, SECRET)

    await drain()
    del registry.JOBS["trouble.make"]
    error = (await the_run()).error
    assert error is not None
    assert error.startswith("CheckViolationError in infra.queue.runner")
    assert "Ada" not in error


async def test_a_long_sentence_is_cut_so_that_it_can_be_recorded(area: AreaMade, trouble: list[Exception]) -> None:
    trouble.append(GiveUp("Away. " * 1000))
    await drain()
    run = await the_run()
    assert (run.state, len(str(run.error))) == ("failed", 500)


async def test_a_message_for_a_job_nobody_knows_is_shown(area: AreaMade) -> None:
    await drain()
    run = await the_run()
    assert (run.state, run.error) == ("failed", "This version of Concordat has no job named trouble.make.")


async def test_a_job_that_takes_too_long_is_cut_off(area: AreaMade) -> None:
    @job("trouble.make", limit_seconds=0.05)
    async def make() -> None:
        await sql.execute("select pg_sleep(10)")

    await drain()
    del registry.JOBS["trouble.make"]
    run = await the_run()
    assert (run.state, str(run.error).split(" in ")[0]) == ("queued", "TimeoutError")


async def test_an_administrator_sends_it_again_with_fresh_starts(area: AreaMade, trouble: list[Exception]) -> None:
    trouble.append(GiveUp("There is no such file."))
    await drain()
    async with system_scope("test", powers=["platform"]):
        assert await admin.retry((await admin.job_runs())[0].message_id)
    await drain()
    run = await the_run()
    assert (run.state, run.starts, await boards(area)) == ("done", 1, 1)


async def test_an_administrator_discards_it_for_good(area: AreaMade, trouble: list[Exception]) -> None:
    trouble.append(GiveUp("There is no such file."))
    await drain()
    async with system_scope("test", powers=["platform"]):
        message_id = (await admin.job_runs())[0].message_id
        assert await admin.discard(message_id)
        assert not await admin.retry(message_id)
        assert (await admin.counts())["discarded"] == 1
    assert (await the_run()).state == "discarded"


async def test_nobody_can_retry_or_discard_what_has_not_ended_badly(area: AreaMade) -> None:
    async with system_scope("test", powers=["platform"]):
        message_id = (await admin.job_runs())[0].message_id
        assert not await admin.retry(message_id)
        assert not await admin.discard(message_id)
        assert not await admin.retry(uuid7())


async def test_the_list_goes_by_state_and_page(empty_queue: Cluster) -> None:
    made = await make_area()
    async with tenant_scope(manager(made)):
        sent = [await enqueue("trouble.make", area_id=made.id) for _ in range(5)]
    async with system_scope("test", powers=["platform"]):
        first = await admin.job_runs(state="queued", limit=3)
        rest = await admin.job_runs(state="queued", limit=3, before=first[-1].message_id)
        assert [run.message_id for run in (*first, *rest)] == sorted(sent, reverse=True)
        assert await admin.job_runs(state="done") == []


@pytest.mark.parametrize(("asked", "seconds"), [(None, 5), (2.0, 5), (900.0, 900)])
async def test_who_asks_to_be_left_alone_for_longer_is(
    area: AreaMade, trouble: list[Exception], empty_queue: Cluster, asked: float | None, seconds: int
) -> None:
    trouble.append(JobError("The register was away.", again_in=asked))
    await drain()
    (waits,) = await as_superuser(empty_queue, "select available_at - created_at as pause from queue.outbox")
    assert waits["pause"] == timedelta(seconds=seconds)
