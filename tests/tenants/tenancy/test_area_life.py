"""An area's life in the database itself: what the logins may not do, whatever the code asks."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from infra.database import sql
from tenants.tenancy import queries, service
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.worker_process import until
from tests.support.world import AreaMade, actor, make_area, manager

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)
MERGE = "update area set lifecycle = 'merged', merged_into = $2 where id = $1"


async def change(by: Actor, statement: str, *args: object) -> str:
    async with tenant_scope(by):
        return await sql.execute(statement, *args)


async def merged() -> AreaMade:
    area, into = await make_area(), await make_area()
    await change(ADMIN, MERGE, area.id, into.id)
    return area


async def life(area: AreaMade) -> tuple[str, int | None]:
    async with system_scope("test"):
        row = await queries.area(area_id=area.id)
    assert row is not None
    return row.lifecycle, row.merged_into


async def test_an_area_renames_itself_and_does_not_merge_itself(database: Cluster) -> None:
    area, into = await make_area(), await make_area()
    assert await change(manager(area), "update area set name = 'New name' where id = $1", area.id) == "UPDATE 1"
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="only the platform"):
        await change(manager(area), MERGE, area.id, into.id)
    assert await life(area) == ("live", None)


@pytest.mark.parametrize(("before", "after"), [("setting_up", "live"), ("live", "setting_up")])
async def test_an_area_neither_opens_nor_closes_itself(database: Cluster, before: str, after: str) -> None:
    area = await make_area(lifecycle=before)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="only the platform"):
        await change(manager(area), "update area set lifecycle = $2 where id = $1", area.id, after)
    assert await life(area) == (before, None)
    assert await change(ADMIN, "update area set lifecycle = $2 where id = $1", area.id, after) == "UPDATE 1"


@pytest.mark.parametrize(
    "undo",
    [
        "update area set lifecycle = 'live', merged_into = null where id = $1",
        "update area set merged_into = (select max(id) from area where id <> $1) where id = $1",
    ],
)
async def test_a_merged_area_stays_merged_where_it_was_also_for_the_platform(database: Cluster, undo: str) -> None:
    area = await merged()
    await make_area()
    before = await life(area)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="stays as it was merged"):
        await change(ADMIN, undo, area.id)
    assert await change(manager(area), undo, area.id) == "UPDATE 0"
    assert await life(area) == before


async def test_its_own_people_do_not_rename_a_merged_area(database: Cluster) -> None:
    area = await merged()
    assert await change(manager(area), "update area set name = 'Back again' where id = $1", area.id) == "UPDATE 0"


async def test_the_worker_changes_no_area_at_all(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await change(worker_actor("test", areas=[area.id], powers=["platform"]), MERGE, area.id, area.id)


async def test_nothing_is_merged_into_an_area_that_is_merged_itself(database: Cluster) -> None:
    area, gone = await make_area(), await merged()
    with pytest.raises(WrongState):
        async with tenant_scope(ADMIN):
            await service.merge_area(by=ADMIN, area_id=area.id, into=gone.id, reason="Reorganised")


async def test_two_administrators_merge_an_area_at_once_and_one_is_told(database: Cluster) -> None:
    area, one, other = await make_area(), await make_area(), await make_area()
    ready = asyncio.Barrier(2)

    async def other_waits() -> bool:
        return bool((await as_superuser(database, "select count(*) as number from pg_locks where not granted"))[0][0])

    async def merge(into: AreaMade) -> int:
        async with tenant_scope(ADMIN):
            await ready.wait()
            done = await service.merge_area(by=ADMIN, area_id=area.id, into=into.id, reason="Reorganised")
            await until(other_waits, why=lambda: "the other has not looked, or does not wait for this row")
            return done

    outcomes = await asyncio.gather(merge(one), merge(other), return_exceptions=True)
    assert sorted(type(outcome) is Conflict for outcome in outcomes) == [False, True]
    winner = (one, other)[[type(outcome) is Conflict for outcome in outcomes].index(False)]
    assert await life(area) == ("merged", winner.id)
