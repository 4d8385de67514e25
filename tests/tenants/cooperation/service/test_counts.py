"""The kept counts of an area's agencies: they follow every change, and what is wrong is found and put right."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import sql
from tenants.cooperation.queries import agencies
from tenants.cooperation.queries.kept import Counts
from tenants.cooperation.service import counts
from tenants.tenancy.scope import national_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.cooperation import asked_school, chosen_school, send
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_area, manager

WRONG = "update agency_count set agencies = agencies + 5 where area_id = $1"
COUNTED = "select category, state, count(*)::integer from relevant_agency where area_id = $1 group by 1, 2"


async def shown(area: AreaMade) -> set[tuple[object, ...]]:
    """What the area's own pages say."""
    async with tenant_scope(manager(area), readonly=True):
        return {(row.category, row.state, row.agencies) for row in await agencies.counts(area_id=area.id)}


async def recorded(database: Cluster, area: AreaMade) -> set[tuple[object, ...]]:
    return {tuple(row) for row in await as_superuser(database, COUNTED, area.id)}


async def put_right(area: AreaMade) -> Counts | None:
    async with tenant_scope(worker_actor("overview.verify", areas=[area.id])):
        return await counts.put_right(area_id=area.id)


async def test_they_follow_what_is_chosen_told_and_answered(database: Cluster) -> None:
    area = await make_area()
    assert await shown(area) == set()
    await chosen_school(area, name="First School")
    asked = await asked_school(area)
    await send(asked)
    assert await shown(area) == await recorded(database, area)
    assert sum(number for *_, number in await shown(area) if isinstance(number, int)) == 2


async def test_they_follow_an_agency_into_another_state_and_category(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area, name="Moving School")
    for change in (
        "state = 'ceased', state_reason = 'It closed.'",
        "category = (select max(code) from agency_category)",
    ):
        async with tenant_scope(manager(area)):
            await sql.execute(f"update relevant_agency set {change} where area_id = $1", area.id)
        assert await shown(area) == await recorded(database, area)
    assert [(state, number) for _, state, number in await shown(area)] == [("ceased", 1)]


async def test_counts_that_are_right_are_left_alone(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    assert await put_right(area) is None


async def test_a_wrong_count_is_put_right_in_this_area_alone(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    for each in (area, other):
        await chosen_school(each)
        await as_superuser(database, WRONG, each.id)
    found = await put_right(area)
    assert found is not None
    assert '"agencies": 6' in found.kept
    assert '"agencies": 1' in found.counted
    assert await shown(area) == await recorded(database, area)
    assert await shown(other) != await recorded(database, other)
    assert await put_right(area) is None
    assert await put_right(other) is not None
    assert await shown(other) == await recorded(database, other)


async def test_a_count_that_is_missing_is_found_too(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    await as_superuser(database, "delete from agency_count where area_id = $1", area.id)
    assert (await put_right(area)) is not None
    assert await shown(area) == await recorded(database, area)


async def test_nothing_is_put_right_while_somebody_changes_agencies(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    await as_superuser(database, WRONG, area.id)
    busy = await asyncpg.connect(database.superuser)
    try:
        async with busy.transaction():
            await busy.execute("update agency_count set agencies = agencies where area_id = $1", area.id)
            with pytest.raises(asyncpg.LockNotAvailableError):
                await put_right(area)
    finally:
        await busy.close()
    assert await put_right(area) is not None


async def test_the_worker_of_one_area_corrects_no_other(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    await chosen_school(there)
    async with tenant_scope(worker_actor("overview.verify", areas=[here.id])):
        await sql.execute("select security.keep_agency_counts($1, '[]')", there.id)
    assert await shown(there) == await recorded(database, there)


async def test_no_web_process_corrects_anything(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(area)):
            await sql.execute("select security.keep_agency_counts($1, '[]')", area.id)


async def test_the_department_is_not_told_the_category(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    async with national_scope():
        assert await sql.fetch_value("select sum(agencies) from agency_count where area_id = $1", area.id) == 1
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with national_scope():
            await sql.fetch("select category from agency_count where area_id = $1", area.id)
