"""Who sees what of a flag: nothing of a local flag leaves its area, and of a referred one only what was referred."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg
import pytest

from infra.database import Scope, sql
from tenants.intervention import queries, service
from tenants.tenancy.errors import Conflict, NotFound
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, manager, official
from tests.tenants.intervention.people import (
    DRAFT,
    SUPPORT,
    acknowledged,
    plain,
    raised,
    read,
    refer,
    referred,
    senior,
)


def as_official() -> Scope:
    return tenant_scope(official())


DEPARTMENT = pytest.mark.parametrize("scope", [national_scope, as_official], ids=["national login", "official"])


@DEPARTMENT
async def test_the_department_sees_nothing_of_a_flag_that_is_not_referred(
    database: Cluster, scope: Callable[[], Scope]
) -> None:
    area = await make_area()
    flag_id = await raised(area)
    async with scope():
        assert await queries.flag(area_id=area.id, flag_id=flag_id) is None
        assert await queries.flags(area_ids=[area.id]) == []
        assert await queries.moves(area_id=area.id, flag_id=flag_id) == []
        assert area.id not in await queries.open_flags(area_ids=[area.id])
        assert await sql.fetch_value("select count(*) from intervention_flag where area_id = $1", area.id) == 0
        assert await sql.fetch_value("select count(*) from intervention_flag_move where area_id = $1", area.id) == 0


@DEPARTMENT
async def test_withdrawn_before_referral_it_stays_unseen(database: Cluster, scope: Callable[[], Scope]) -> None:
    area = await make_area()
    flag_id = await raised(area)
    await plain("withdraw_flag", area, flag_id, by=manager(area))
    async with scope():
        assert await queries.flag(area_id=area.id, flag_id=flag_id) is None


@DEPARTMENT
async def test_of_a_referred_flag_the_department_sees_the_moves_from_the_referral_on(
    database: Cluster, scope: Callable[[], Scope]
) -> None:
    area = await make_area()
    flag_id = await raised(area)
    await plain("withdraw_flag", area, flag_id, by=manager(area))
    await plain("reopen_flag", area, flag_id, by=manager(area))
    await refer(area, flag_id)
    async with scope():
        flag = await queries.flag(area_id=area.id, flag_id=flag_id)
        moves = await queries.moves(area_id=area.id, flag_id=flag_id)
        counts = await queries.open_flags(area_ids=[area.id])
    assert flag is not None
    assert flag.concern == DRAFT.concern
    assert [move.move for move in moves] == ["refer"]
    assert (counts[area.id].open, counts[area.id].awaiting_department) == (1, 1)
    async with tenant_scope(manager(area)):
        whole = await queries.moves(area_id=area.id, flag_id=flag_id)
    assert [move.move for move in whole] == ["raise", "withdraw", "reopen", "refer"]


async def test_what_stays_in_the_area_is_out_of_the_departments_reach_even_after_referral(database: Cluster) -> None:
    area = await make_area()
    flag_id = await referred(area)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with national_scope():
            await sql.fetch("select tried from intervention_flag_working")
    async with tenant_scope(official()):
        assert await queries.working(area_id=area.id, flag_id=flag_id) is None


@pytest.mark.parametrize(
    "query",
    [
        "select raised_by from intervention_flag",
        "select * from intervention_flag",
        "select by_id from intervention_flag_move",
        "update intervention_flag set title = 'x'",
    ],
)
async def test_columns_not_granted_to_the_national_login_cannot_be_asked_for(database: Cluster, query: str) -> None:
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)):
        async with national_scope():
            await sql.fetch(query)


async def test_the_public_login_cannot_ask_at_all(database: Cluster) -> None:
    for table in ("intervention_flag", "intervention_flag_working", "intervention_flag_move"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with public_scope():
                await sql.fetch(f"select 1 from {table}")


async def test_another_area_sees_and_moves_nothing(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    flag_id = await referred(there)
    async with tenant_scope(manager(here)):
        assert await queries.flags(area_ids=[there.id]) == []
        assert await queries.working(area_id=there.id, flag_id=flag_id) is None
    with pytest.raises(NotFound):
        await plain("withdraw_flag", there, flag_id, by=manager(here), version=2)
    with pytest.raises(NotFound):
        await plain("withdraw_flag", here, flag_id, by=manager(here), version=2)
    assert (await read(there, flag_id)).version == 2


async def test_an_official_finds_no_local_flag_to_act_on(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(NotFound):
        await plain("acknowledge_flag", area, await raised(area), by=official(), version=1)


async def test_a_viewer_reads_the_areas_flags_and_the_database_takes_no_write_of_theirs(database: Cluster) -> None:
    area = await make_area()
    flag_id = await raised(area)
    viewer = actor(Role.VIEWER, area_id=area.id)
    assert (await read(area, flag_id, by=viewer)).title == DRAFT.title
    async with tenant_scope(viewer):
        assert await sql.execute("update intervention_flag set title = 'Something else'") == "UPDATE 0"


@pytest.mark.parametrize(
    "verb",
    [
        "update intervention_flag_move set reason = 'x'",
        "delete from intervention_flag_move",
        "truncate intervention_flag_move",
        "delete from intervention_flag",
    ],
)
@pytest.mark.parametrize("login", ["app", "worker"])
async def test_the_record_of_moves_takes_no_change_from_any_login(database: Cluster, verb: str, login: str) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(area), login=login):
            await sql.execute(verb)


async def test_a_referral_cannot_be_made_not_to_have_happened(database: Cluster) -> None:
    area = await make_area()
    flag_id = await referred(area)
    with pytest.raises(asyncpg.CheckViolationError):
        async with tenant_scope(manager(area)):
            await sql.execute(
                "update intervention_flag set referred_at = null, submission = null, state = 'raised' where id = $1",
                flag_id,
            )


async def test_of_two_officials_deciding_at_once_one_is_told_of_the_other(database: Cluster) -> None:
    area = await make_area()
    flag_id = await acknowledged(area)
    version = (await read(area, flag_id)).version
    both_have_read = asyncio.Barrier(2)

    async def decide(who: object) -> None:
        async with tenant_scope(who):  # type: ignore[arg-type]
            await queries.flag(area_id=area.id, flag_id=flag_id)
            await both_have_read.wait()
            await service.decide_flag(
                by=who,
                area_id=area.id,
                flag_id=flag_id,
                version=version,
                draft=SUPPORT,  # type: ignore[arg-type]
            )

    results = await asyncio.gather(decide(official()), decide(senior()), return_exceptions=True)
    assert sorted(type(result) for result in results if result is not None) == [Conflict]
    async with tenant_scope(manager(area)):
        moves = await queries.moves(area_id=area.id, flag_id=flag_id)
    assert [move.move for move in moves].count("decide") == 1


async def test_a_stale_version_is_a_conflict_before_it_is_a_wrong_state(database: Cluster) -> None:
    area = await make_area()
    flag_id = await referred(area)
    await plain("acknowledge_flag", area, flag_id, by=official())
    with pytest.raises(Conflict):
        await plain("acknowledge_flag", area, flag_id, by=senior(), version=2)
