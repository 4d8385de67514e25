"""A broker that loses what it was given loses nothing: the book knows what was sent and never ended."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from backend.worker import opening
from infra.ids import uuid7
from infra.queue import enqueue, jobs
from infra.queue.processes import Process, beat
from infra.queue.registry import JOBS
from infra.queue.runner import BOOKKEEPING
from infra.queue.runs import Delivery
from infra.queue.starting import start
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain, relayed
from tests.support.world import make_area, manager

pytestmark = pytest.mark.usefixtures("board_job")


@pytest_asyncio.fixture
async def lost(empty_queue: Cluster) -> AsyncIterator[Delivery]:
    """A message that the broker was given two hours ago."""
    area = await make_area()
    async with tenant_scope(manager(area)):
        await enqueue("board.add", area_id=area.id, board_id=uuid7())
    (delivery,) = await relayed()
    await as_superuser(empty_queue, "update queue.job_run set sent_at = now() - interval '2 hours'")
    yield delivery


async def found() -> list[Delivery]:
    async with opening("queue", None, BOOKKEEPING).scope:
        await jobs.find_lost()
    return await relayed()


async def test_it_is_sent_again_once_and_has_its_effect(empty_queue: Cluster, lost: Delivery) -> None:
    (again,) = await found()
    assert (again.message_id, again.args, again.area_id) == (lost.message_id, lost.args, lost.area_id)
    assert await found() == []


async def test_what_was_sent_a_moment_ago_is_not_lost(empty_queue: Cluster, lost: Delivery) -> None:
    await as_superuser(empty_queue, "update queue.job_run set sent_at = now() - interval '2 minutes'")
    assert await found() == []


async def test_what_has_ended_or_still_waits_is_not_lost(empty_queue: Cluster, lost: Delivery) -> None:
    async with opening("queue", None, BOOKKEEPING).scope:
        await jobs.find_lost()
        await jobs.find_lost()
    assert len(await as_superuser(empty_queue, "select from queue.outbox")) == 1
    await drain()
    await as_superuser(empty_queue, "update queue.job_run set sent_at = now() - interval '2 hours'")
    assert await found() == []


async def test_what_a_living_process_runs_is_not_lost_until_it_dies(empty_queue: Cluster, lost: Delivery) -> None:
    process = Process()
    async with opening("queue", None, BOOKKEEPING).scope:
        await beat(process)
        await start(lost, job=JOBS["board.add"], process=process)
    await as_superuser(empty_queue, "update queue.job_run set sent_at = now() - interval '2 hours'")
    assert await found() == []
    await as_superuser(empty_queue, "update queue.process set until = now()")
    assert [again.message_id for again in await found()] == [lost.message_id]
