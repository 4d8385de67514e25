"""Who reads rows: the board its own area's, the Department all, everyone else none."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import Scope, sql
from tenants.overview.rules import Subject
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.cooperation import asked_school
from tests.support.world import AreaMade, actor, make_area, manager, official
from tests.tenants.overview.keeping import recorded, refresh

BOARD = [Role.BUSINESS_MANAGER, Role.LEAD_SAFEGUARDING_PARTNER, Role.INDEPENDENT_SCRUTINEER, Role.VIEWER]


async def seen(scope: Scope, area: AreaMade) -> list[str]:
    async with scope:
        found = await sql.fetch("select subject from area_fact where area_id = $1 order by subject", area.id)
    return [row["subject"] for row in found]


@pytest.mark.parametrize("role", BOARD)
async def test_the_board_reads_its_own_areas(database: Cluster, role: Role) -> None:
    here, there = await make_area(), await make_area()
    for area in (here, there):
        await refresh(area)
    member = actor(role, area_id=here.id)
    assert await seen(tenant_scope(member, readonly=True), here) == sorted(Subject)
    assert await seen(tenant_scope(member, readonly=True), there) == []


async def test_the_department_reads_all_on_its_login_and_cannot_write(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    assert await seen(national_scope(), area) == sorted(Subject)
    with pytest.raises(asyncpg.PostgresError):
        async with national_scope():
            await sql.execute("update area_fact set stale = true where area_id = $1", area.id)


async def test_a_school_an_official_who_acts_and_an_administrator_read_none(database: Cluster) -> None:
    area = await make_area()
    school = (await asked_school(area)).contact
    await refresh(area)
    for by in (school, official(), actor(Role.PLATFORM_ADMINISTRATOR)):
        assert await seen(tenant_scope(by, readonly=True), area) == []


async def test_the_public_may_not_even_ask(database: Cluster) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await seen(public_scope(), await make_area())


async def test_the_worker_writes_only_the_area_of_its_job(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    await refresh(there)
    async with tenant_scope(worker_actor("overview.refresh", areas=[here.id])):
        changed = await sql.execute("update area_fact set words = 'Well' where area_id = $1", there.id)
    assert changed == "UPDATE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(worker_actor("overview.refresh", areas=[here.id])):
            await sql.execute(
                "insert into area_fact (area_id, subject, standing, words) values ($1, 'flags', 'met', 'x')", there.id
            )


async def test_the_sweep_reads_every_row_and_changes_none(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    sweep = worker_actor("overview.catch_up", powers=["queue", "overview"])
    assert await seen(tenant_scope(sweep), area) == sorted(Subject)
    async with tenant_scope(sweep):
        assert await sql.execute("update area_fact set stale = true where area_id = $1", area.id) == "UPDATE 0"


async def test_nobody_runs_the_trigger_by_hand(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.PostgresError, match="permission denied"):
        async with tenant_scope(manager(area)):
            await sql.execute("select security.turn_facts_stale()")


async def test_what_is_not_referred_is_in_no_row(database: Cluster) -> None:
    from tests.tenants.intervention import people as flags

    area = await make_area()
    await flags.raised(area)
    await refresh(area)
    async with national_scope():
        words = await sql.fetch_value("select words from area_fact where area_id = $1 and subject = 'flags'", area.id)
    assert words == "None open" == (await recorded(area))[Subject.FLAGS].words
