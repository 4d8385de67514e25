"""A cover that is ended or resumed while somebody merges the area, or ends it too: one waits, then sees the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from uuid import UUID

import pytest

from infra.database import sql
from tenants.tenancy import covers, service
from tenants.tenancy.errors import Problem
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)
Use = Callable[[], Awaitable[object]]


async def a_cover(area: AreaMade, *, ended: bool) -> UUID:
    async with tenant_scope(ADMIN):
        cover_id: UUID = await sql.fetch_value("select id from area_local_authority where area_id = $1", area.id)
        if ended:
            await end(area, cover_id)
    return cover_id


async def end(area: AreaMade, cover_id: UUID, *, on: date = date(2025, 3, 31)) -> object:
    return await service.end_cover(by=ADMIN, area_id=area.id, cover_id=cover_id, valid_to=on, reason="It moves.")


async def resume(area: AreaMade, cover_id: UUID) -> object:
    return await covers.resume_cover(by=ADMIN, area_id=area.id, cover_id=cover_id, reason="A mistake.")


async def merge(area: AreaMade, into: AreaMade) -> object:
    return await service.merge_area(by=ADMIN, area_id=area.id, into=into.id, reason="One partnership.")


@asynccontextmanager
async def uncommitted(work: Use) -> AsyncIterator[None]:
    """Somebody has done this and commits at the end of the block."""
    done, go_on = asyncio.Event(), asyncio.Event()

    async def begin() -> None:
        async with tenant_scope(ADMIN):
            await work()
            done.set()
            await go_on.wait()

    task = asyncio.create_task(begin())
    await done.wait()
    yield
    go_on.set()
    await task


async def one_after_the_other(first: Use, second: Use) -> str:
    """Begin the second while the first is not committed: it waits. Return how it ended."""
    async with uncommitted(first):
        following = asyncio.create_task(said_of(second))
        await asyncio.sleep(0.2)
        assert not following.done(), "it waits for the first"
    return await following


async def said_of(work: Use) -> str:
    try:
        async with tenant_scope(ADMIN):
            await work()
    except Problem as problem:
        return str(problem)
    return "done"


async def last_day(area: AreaMade) -> date | None:
    async with tenant_scope(ADMIN):
        found: date | None = await sql.fetch_value(
            "select valid_to from area_local_authority where area_id = $1", area.id
        )
    return found


async def test_a_cover_is_not_resumed_in_an_area_that_is_just_being_merged(database: Cluster) -> None:
    area, into = await make_area(), await make_area()
    cover_id = await a_cover(area, ended=True)
    told = await one_after_the_other(lambda: merge(area, into), lambda: resume(area, cover_id))
    assert told == "This area has been merged into another and takes no more changes."
    assert await last_day(area) == date(2025, 3, 31)


async def test_an_area_whose_cover_is_just_being_resumed_is_merged_afterwards(database: Cluster) -> None:
    area, into = await make_area(), await make_area()
    cover_id = await a_cover(area, ended=True)
    told = await one_after_the_other(lambda: resume(area, cover_id), lambda: merge(area, into))
    assert told == "done"
    assert await last_day(area) is None


@pytest.mark.parametrize("merge_first", [True, False])
async def test_an_ending_and_a_merge_wait_for_each_other_in_either_order(database: Cluster, merge_first: bool) -> None:
    area, into = await make_area(), await make_area()
    cover_id = await a_cover(area, ended=False)
    both: list[Use] = [lambda: merge(area, into), lambda: end(area, cover_id)]
    assert await one_after_the_other(*(both if merge_first else reversed(both))) == "done"
    assert await last_day(area) == date(2025, 3, 31)


async def test_of_two_who_end_a_cover_at_once_the_second_is_told(database: Cluster) -> None:
    area = await make_area()
    cover_id = await a_cover(area, ended=False)
    told = await one_after_the_other(lambda: end(area, cover_id), lambda: end(area, cover_id, on=date(2026, 3, 31)))
    assert told == "The end of this cover is already recorded."
    assert await last_day(area) == date(2025, 3, 31)


async def test_of_two_who_resume_a_cover_at_once_the_second_is_told(database: Cluster) -> None:
    area = await make_area()
    cover_id = await a_cover(area, ended=True)
    told = await one_after_the_other(lambda: resume(area, cover_id), lambda: resume(area, cover_id))
    assert told == "No end of this cover is recorded."


async def test_what_refers_to_the_area_does_not_wait_for_a_cover(database: Cluster) -> None:
    area = await make_area()
    cover_id = await a_cover(area, ended=False)
    async with uncommitted(lambda: end(area, cover_id)):
        assert await asyncio.wait_for(said_of(lambda: refer_to(area)), timeout=60) == "done"


async def refer_to(area: AreaMade) -> object:
    return await sql.execute("select from area where id = $1 for key share", area.id)


async def test_there_is_no_cover_in_an_area_that_is_not_there(database: Cluster) -> None:
    area = await make_area()
    cover_id = await a_cover(area, ended=True)
    nowhere = AreaMade(id=area.id + 100_000, slug="nowhere", name="Nowhere", la_code="999")
    assert await said_of(lambda: resume(nowhere, cover_id)) == await said_of(lambda: end(nowhere, cover_id))
    assert await last_day(area) == date(2025, 3, 31)
