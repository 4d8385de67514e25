"""An open school is present in the area that covers its local authority; a trust wherever it has an open school."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from infra.clock import today
from infra.database import sql
from infra.queue.registry import SWEEPS
from tenants.organisations import jobs
from tenants.organisations.imports.placing import place_everyone
from tenants.tenancy import queries
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.scope import public_scope, system_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.organisations.imports.register import IMPORTER, areas_of, import_schools, school, trust


async def stop_covering(area: AreaMade, *, last_day: date) -> None:
    async with system_scope("test world", powers=["platform"]):
        await sql.execute("update area_local_authority set valid_to = $2 where area_id = $1", area.id, last_day)


async def test_a_school_is_present_from_the_day_the_area_began_to_cover_its_authority(database: Cluster) -> None:
    area = await make_area()
    async with public_scope():
        (cover,) = await queries.cover(area_ids=[area.id])
    old, new = school(area), school(area, opened_on=date(2021, 9, 1))
    await import_schools(old, new)
    assert await areas_of(old, on=cover.valid_from - timedelta(days=1)) == []
    assert await areas_of(old, on=cover.valid_from) == [area.id]
    assert await areas_of(new, on=date(2021, 8, 31)) == []
    assert await areas_of(new) == [area.id]


async def test_a_school_of_an_authority_no_area_covers_is_nowhere(database: Cluster) -> None:
    lost = school(la_code="098")
    await import_schools(lost)
    assert await areas_of(lost) == []


@pytest.mark.parametrize("status", ["closed", "proposed"])
async def test_a_school_that_is_not_open_is_not_present(database: Cluster, status: str) -> None:
    area = await make_area()
    entry = school(area, status=status)
    await import_schools(entry)
    assert await areas_of(entry) == []


async def test_a_school_leaves_on_the_day_it_closes(database: Cluster) -> None:
    area = await make_area()
    entry = school(area)
    await import_schools(entry)
    last = today() - timedelta(days=30)
    await import_schools(school(area, urn=entry.urn, status="closed", closed_on=last))
    assert await areas_of(entry, on=last) == [area.id]
    assert await areas_of(entry, on=last + timedelta(days=1)) == []


async def test_a_school_moved_to_another_authority_moves_today_and_keeps_its_past(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    entry = school(here)
    await import_schools(entry)
    await import_schools(school(there, urn=entry.urn))
    assert await areas_of(entry) == [there.id]
    assert await areas_of(entry, on=today() - timedelta(days=1)) == [here.id]


async def test_schools_follow_when_another_area_takes_over_their_authority(database: Cluster) -> None:
    old = await make_area()
    entry = school(old)
    await import_schools(entry)
    yesterday = today() - timedelta(days=1)
    await stop_covering(old, last_day=yesterday)
    new = await make_area()
    async with system_scope("test world", powers=["platform"]):
        await sql.execute(
            "insert into area_local_authority (area_id, la_code, la_name, valid_from) values ($1, $2, 'Moved', $3)",
            new.id,
            old.la_code,
            today(),
        )
    async with tenant_scope(IMPORTER):
        assert await place_everyone(by=IMPORTER) >= 2
        assert await place_everyone(by=IMPORTER) == 0
    assert await areas_of(entry) == [new.id]
    assert await areas_of(entry, on=yesterday) == [old.id]


async def test_a_trust_is_present_wherever_it_has_an_open_school_and_no_longer(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    foxley = trust()
    one = school(here, trust_uid=foxley.uid, trust_name="Foxley")
    two = school(there, trust_uid=foxley.uid, trust_name="Foxley")
    await import_schools(one, two)
    assert await areas_of(foxley) == [here.id, there.id]
    await import_schools(
        one, school(there, urn=two.urn, trust_uid=foxley.uid, status="closed", closed_on=date(2026, 8, 31))
    )
    assert await areas_of(foxley, on=today() + timedelta(days=1)) == [here.id]


async def test_only_the_import_places(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(NotAllowed):
        async with tenant_scope(manager(area)):
            await place_everyone(by=manager(area))


async def test_the_sweep_places_with_the_workers_own_power(database: Cluster) -> None:
    area = await make_area()
    entry = school(area)
    await import_schools(entry)
    await stop_covering(area, last_day=today() - timedelta(days=1))
    sweep = SWEEPS["register.place"]
    by = worker_actor(sweep.name, powers=sweep.powers)
    async with tenant_scope(by):
        await jobs.place(by=by)
    assert await areas_of(entry) == []


async def test_a_school_that_returns_on_the_day_it_left_is_there_again(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    entry = school(here, opened_on=today())
    for area in (here, there, here):
        await import_schools(school(area, urn=entry.urn, opened_on=today()))
    assert here.id in await areas_of(entry)
    async with tenant_scope(IMPORTER, readonly=True):
        lasting = await sql.fetch(
            "select area_id from area_organisation p join organisation o on o.id = p.organisation_id "
            "where o.urn = $1 and valid_to is null",
            entry.urn,
        )
    assert [row["area_id"] for row in lasting] == [here.id]
