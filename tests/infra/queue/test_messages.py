"""From a service's transaction to one effect: sent with the commit, gone with a rollback, done once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from infra.queue.relay import publish_due
from infra.queue.runner import run
from infra.queue.runs import Delivery
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain, relayed
from tests.support.queue import opening as worker
from tests.support.world import AreaMade, make_area, manager

pytestmark = pytest.mark.usefixtures("board_job")


async def boards(area: AreaMade) -> list[str]:
    async with tenant_scope(manager(area), readonly=True):
        return [row["name"] for row in await sql.fetch("select name from linked_board order by name")]


async def test_what_a_service_enqueues_happens_after_it_commits(empty_queue: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        message = await enqueue("board.add", area_id=area.id, board_id=uuid7())
    assert await boards(area) == []
    await drain()
    assert await boards(area) == [f"board {message}"]


async def test_a_rolled_back_transaction_sends_nothing(empty_queue: Cluster) -> None:
    area = await make_area()
    with pytest.raises(ZeroDivisionError):
        async with tenant_scope(manager(area)):
            await enqueue("board.add", area_id=area.id, board_id=uuid7())
            raise ZeroDivisionError
    assert await drain() == []
    assert await as_superuser(empty_queue, "select from queue.job_run") == []


async def test_a_message_delivered_twice_has_one_effect(empty_queue: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        await enqueue("board.add", area_id=area.id, board_id=uuid7())
    (delivery,) = await relayed()
    await run(delivery, opening=worker)
    await run(delivery, opening=worker)
    assert len(await boards(area)) == 1


async def test_a_worker_that_dies_after_the_effect_and_before_the_book_repeats_nothing(empty_queue: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        message = await enqueue("board.add", area_id=area.id, board_id=uuid7())
    (delivery,) = await relayed()
    await run(delivery, opening=worker)
    await as_superuser(empty_queue, "update queue.job_run set state = 'running' where message_id = $1", message)
    await run(delivery, opening=worker)
    assert len(await boards(area)) == 1
    assert [row["state"] for row in await as_superuser(empty_queue, "select state from queue.job_run")] == ["done"]


async def test_a_relay_that_dies_between_publishing_and_removing_publishes_the_same_again(
    empty_queue: Cluster,
) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        await enqueue("board.add", area_id=area.id, board_id=uuid7())
    published: list[Delivery] = []

    def publish_and_die(batch: Sequence[Delivery]) -> None:
        published.extend(batch)
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        await publish_due(opening=worker, publish=publish_and_die)
    (again,) = await relayed()
    assert [again] == published
    for delivery in (again, *published):
        await run(delivery, opening=worker)
    assert len(await boards(area)) == 1


async def test_a_message_waits_for_its_time(empty_queue: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        await enqueue("board.add", area_id=area.id, delay=timedelta(hours=1), board_id=uuid7())
    assert await relayed() == []


@pytest.mark.parametrize("text", ["Ada Okafor", "ada@example.org", "A", "", "x" * 65, "two words"])
async def test_only_ids_travel(empty_queue: Cluster, text: str) -> None:
    with pytest.raises(ValueError, match="ids only"):
        async with system_scope("test", powers=["platform"]):
            await enqueue("board.add", area_id=None, person=text)


async def test_a_job_works_in_its_own_area_only(empty_queue: Cluster) -> None:
    here, there = await make_area(), await make_area()
    async with tenant_scope(manager(here)):
        await enqueue("board.add", area_id=here.id, board_id=uuid7())
    (delivery,) = await relayed()
    async with worker("board.add", here.id, frozenset()).scope:
        assert await sql.fetch_value("select security.write_areas()") == [here.id]
        assert await sql.fetch("select from linked_board where area_id = $1", there.id) == []
    assert delivery.area_id == here.id
