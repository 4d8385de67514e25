"""Leases: at most so many of an area, or for a host, at work at once; the rest waits, and waiting is no start."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pytest

from backend.worker import opening
from infra.database import sql
from infra.ids import uuid7
from infra.queue import Later, enqueue, leases, registry
from infra.queue.processes import Process, beat
from infra.queue.registry import job
from infra.queue.runner import BOOKKEEPING, run
from infra.queue.runs import Delivery
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain, make_due, relayed, time_passes
from tests.support.world import AreaMade, make_area, manager

WAITING = """
select state, starts, available_at - now() as pause from queue.job_run join queue.outbox using (message_id)
"""
HOST = {"host:one.example": 2}


@dataclass
class AtOnce:
    """How many were at work when each began; who is at work stays so until they may end."""

    seen: list[int] = field(default_factory=list)
    working: int = 0
    may_end: asyncio.Event = field(default_factory=asyncio.Event)


@pytest.fixture
def at_once() -> Iterator[AtOnce]:
    """The job `school.sync`, one of an area and two for a host at once."""
    found = AtOnce()

    @job("school.sync", queue="sync", leases={"area": 1, "host": 2}, owns_scope=True)
    async def sync(*, host: str) -> None:
        found.working += 1
        found.seen.append(found.working)
        await found.may_end.wait()
        found.working -= 1

    yield found
    del registry.JOBS["school.sync"]


async def take(process: Process, names: dict[str, int] = HOST) -> bool:
    async with opening("queue", None, BOOKKEEPING).scope:
        await beat(process)
        return await leases.take(names, message_id=uuid7(), process=process)


async def send(area: AreaMade, *hosts: str) -> list[Delivery]:
    async with tenant_scope(manager(area)):
        for host in hosts:
            await enqueue("school.sync", area_id=area.id, host=host)
    return await relayed()


async def together(deliveries: list[Delivery]) -> None:
    process = Process()
    await asyncio.gather(*(run(one, opening=opening, process=process) for one in deliveries))


async def test_there_are_so_many_and_no_more(empty_queue: Cluster) -> None:
    assert [await take(Process()) for _ in range(3)] == [True, True, False]


async def test_many_at_once_take_each_lease_once(empty_queue: Cluster) -> None:
    taken = await asyncio.gather(*(take(Process(), {"host:two.example": 3}) for _ in range(12)))
    assert sum(taken) <= 3
    assert await take(Process(), {"host:two.example": 4})


async def test_without_every_lease_none_is_kept(empty_queue: Cluster) -> None:
    assert await take(Process(), {"host:z.example": 1})
    assert not await take(Process(), {"host:a.example": 1, "host:z.example": 1})
    assert await take(Process(), {"host:a.example": 1})


async def test_a_killed_workers_leases_are_free_when_its_heart_has_stopped(empty_queue: Cluster) -> None:
    killed = Process(ttl=600)
    assert [await take(killed), await take(killed), await take(Process())] == [True, True, False]
    await time_passes(empty_queue, seconds=601)
    assert await take(Process())


async def test_a_heartbeat_keeps_them(empty_queue: Cluster) -> None:
    alive = Process(ttl=600)
    assert [await take(alive), await take(alive)] == [True, True]
    for _ in range(3):
        await time_passes(empty_queue, seconds=400)
        async with opening("queue", None, BOOKKEEPING).scope:
            await beat(alive)
    assert not await take(Process())


async def test_one_of_an_area_runs_and_the_rest_waits_without_a_start(
    empty_queue: Cluster, at_once: AtOnce
) -> None:
    area, process = await make_area(), Process()
    sent = await send(area, "one.example", "two.example", "three.example")
    running = [asyncio.create_task(run(one, opening=opening, process=process)) for one in sent]
    async with asyncio.timeout(60):
        for put_off in islice(asyncio.as_completed(running), 2):
            await put_off
    at_once.may_end.set()
    await asyncio.gather(*running)
    assert at_once.seen == [1]
    rows = await as_superuser(empty_queue, "select state, starts from queue.job_run order by starts")
    assert [tuple(row) for row in rows] == [("queued", 0), ("queued", 0), ("done", 1)]
    for _ in range(2):
        await make_due()
        await drain()
    assert at_once.seen == [1, 1, 1]


async def test_two_for_a_host_whatever_the_area(empty_queue: Cluster) -> None:
    two, working, seen = asyncio.Event(), [0], list[int]()

    @job("school.sync", queue="sync", leases={"host": 2}, owns_scope=True)
    async def sync(*, host: str) -> None:
        working[0] += 1
        seen.append(working[0])
        if working[0] == 2:
            two.set()
        async with asyncio.timeout(60):
            await two.wait()  # the first waits for a second beside it
        await asyncio.sleep(0.05)
        working[0] -= 1

    deliveries = [one for _ in range(4) for one in await send(await make_area(), "one.example")]
    await together(deliveries)
    del registry.JOBS["school.sync"]
    assert max(seen) == 2


async def test_what_is_done_is_not_sent_again_by_a_full_lease(empty_queue: Cluster, at_once: AtOnce) -> None:
    at_once.may_end.set()
    (delivery,) = await send(await make_area(), "one.example")
    await run(delivery, opening=opening)
    while await take(Process(), {"host:one.example": 2}):
        pass
    await run(delivery, opening=opening)
    assert len(at_once.seen) == 1
    assert await as_superuser(empty_queue, "select from queue.outbox") == []


async def test_a_job_that_asks_for_later_has_neither_failed_nor_begun(empty_queue: Cluster) -> None:
    asked = [Later(seconds=120)]

    @job("school.ask")
    async def ask(*, area_id: int) -> None:
        await sql.execute("insert into linked_board (area_id, name, kind) values ($1, 'Board', 'channel')", area_id)
        if asked:
            raise asked.pop()

    area = await make_area()
    async with tenant_scope(manager(area)):
        await enqueue("school.ask", area_id=area.id)
    await drain()
    (row,) = await as_superuser(empty_queue, WAITING)
    assert (row["state"], row["starts"], 100 < row["pause"].total_seconds() < 200) == ("queued", 0, True)
    await make_due()
    await drain()
    del registry.JOBS["school.ask"]
    async with tenant_scope(manager(area), readonly=True):
        assert await sql.fetch_value("select count(*) from linked_board") == 1
