"""A change between what the worker read and what it wrote is never lost: proved with two transactions at once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from infra.clock import today
from infra.database import ENGINE, sql
from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.overview import service
from tenants.overview.rules import Dated, Subject
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import make_bodies
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.overview.keeping import recorded, refresh, rows, shown, stale, verify, worker

TOUCH = "update partner_body set version = version + 1 where area_id = $1 and id = $2"


async def add_police(area: AreaMade) -> None:
    by = manager(area)
    await membership.add_partner(
        by=by, area_id=area.id, kind=Kind.POLICE, name=f"{area.name} Police", valid_from=today()
    )


@contextlib.asynccontextmanager
async def writing(area: AreaMade) -> AsyncIterator[None]:
    """Someone has changed the membership and has not committed; they do at the end of the block."""
    changed, finish = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with tenant_scope(manager(area)):
            await add_police(area)
            changed.set()
            await finish.wait()

    task = asyncio.create_task(write())
    await changed.wait()
    yield
    finish.set()
    await task


async def test_the_worker_leaves_an_area_alone_in_which_someone_is_writing(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    before = (await rows(area))[Subject.MEMBERSHIP]
    async with writing(area):
        assert await refresh(area) is None
        assert await verify(area) is None
        assert (await rows(area))[Subject.MEMBERSHIP] == before, "nor is anything shown that is not committed"
    assert await stale(area) == {Subject.MEMBERSHIP}
    assert await refresh(area) == [Subject.MEMBERSHIP]
    assert await shown(area) == await recorded(area)


async def test_someone_who_writes_in_an_area_without_rows_is_waited_for_too(database: Cluster) -> None:
    area = await make_area()
    async with writing(area):
        assert await refresh(area) is None
    assert await refresh(area) == list(Subject)
    assert await shown(area) == await recorded(area)


async def test_a_change_that_comes_while_the_worker_computes_makes_the_new_row_stale(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = await make_area()
    await refresh(area)
    async with tenant_scope(manager(area)):
        await add_police(area)
    read, go_on = asyncio.Event(), asyncio.Event()
    computed = service._computed

    async def slowly(area_id: int, subjects: list[Subject]) -> dict[Subject, Dated]:
        facts = await computed(area_id, subjects)
        read.set()
        await go_on.wait()
        return facts

    async def change() -> None:
        async with tenant_scope(manager(area)):
            await membership.add_partner(
                by=manager(area), area_id=area.id, kind=Kind.LOCAL_AUTHORITY, name="A council", valid_from=today()
            )

    monkeypatch.setattr(service, "_computed", slowly)
    refreshing = asyncio.create_task(refresh(area))
    await read.wait()
    changing = asyncio.create_task(change())
    await asyncio.sleep(0.2)
    assert not changing.done(), "the change waits for the few milliseconds in which the worker writes"
    go_on.set()
    await asyncio.gather(refreshing, changing)
    monkeypatch.undo()
    assert await stale(area) == {Subject.MEMBERSHIP}
    assert await shown(area) == await recorded(area)


async def test_two_workers_compute_an_area_one_after_the_other(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(worker(area)):
        assert await service.refresh(area_id=area.id) == list(Subject)
        assert await asyncio.create_task(_elsewhere(area)) is None


async def _elsewhere(area: AreaMade) -> object:
    ENGINE.current_transaction.set(None)
    return await refresh(area)


async def test_people_of_an_area_do_not_wait_for_each_other_here(database: Cluster) -> None:
    made = await make_bodies()
    one, other = made.bodies[Kind.POLICE], made.bodies[Kind.LOCAL_AUTHORITY]
    async with tenant_scope(manager(made.area)):
        await sql.execute(TOUCH, made.area.id, one)
        await asyncio.create_task(_touched_elsewhere(made.area, other))


async def _touched_elsewhere(area: AreaMade, body: UUID) -> None:
    ENGINE.current_transaction.set(None)
    async with tenant_scope(manager(area)):
        await sql.execute(TOUCH, area.id, body)
