"""What each login can do to PostgreSQL itself, and what PostgreSQL's own views and plans tell it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from infra.database.engine import ScopedEngine
from tenants.tenancy.context import current_key
from tenants.tenancy.people import service as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster, looking_on
from tests.support.world import make_actor, make_area

LOGINS = ("app", "worker", "national", "public")
OUTSIDE = {
    "a program": "copy (select 1) to program 'true'",
    "a file written": "copy (select 1) to '/tmp/concordat-never'",
    "a file read": "select pg_read_file('PG_VERSION')",
    "a folder": "select pg_ls_dir('.')",
    "a large object from a file": "select lo_import('/etc/hostname')",
    "another login": "set role concordat_owner",
    "another session's login": "set session authorization concordat_owner",
    "passwords": "select rolpassword from pg_authid",
    "who may connect": "select * from pg_hba_file_rules",
    "statistics of columns": "select * from pg_statistic",
    "a schema": "create schema stolen",
    "a function of everyone's": "create function public.stolen() returns int language sql return 1",
    "an extension": "create extension dblink",
    "a stream of all changes": "select pg_create_logical_replication_slot('stolen', 'pgoutput')",
    "triggers off": "set session_replication_role = replica",
    "every statement into the log": "set log_statement = 'all'",
    "a table for itself": "begin; lock table area in access exclusive mode",
}


@pytest_asyncio.fixture(params=LOGINS)
async def connection(database: Cluster, request: pytest.FixtureRequest) -> AsyncIterator[asyncpg.Connection]:
    one = await asyncpg.connect(database.dsns[request.param])
    await one.execute("set default_transaction_read_only = off")  # as whoever holds the login may
    yield one
    await one.close()


@pytest.mark.parametrize("attempt", OUTSIDE.values(), ids=OUTSIDE.keys())
async def test_no_login_reaches_out_of_its_own_rows(connection: asyncpg.Connection, attempt: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(attempt)


async def test_only_the_worker_makes_temporary_names(connection: asyncpg.Connection) -> None:
    mine = await connection.fetchval("select current_user")
    if mine == "concordat_worker":
        await connection.execute("create temporary table mine ()")
    else:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("create temporary table mine ()")


async def test_what_the_planner_knows_of_columns_is_told_to_none(
    database: Cluster, connection: asyncpg.Connection
) -> None:
    await (await looking_on(database)).execute("analyze person, role_assignment, area")
    told = "select tablename from pg_stats where schemaname not in ('pg_catalog', 'information_schema')"
    assert [row["tablename"] for row in await connection.fetch(told)] == []
    assert await connection.fetchval("select count(*) from pg_stats_ext") == 0


async def test_what_others_run_shows_no_value_of_theirs(database: Cluster) -> None:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(by):
        await people.invite(by=by, email="unheard.of@example.org", name="Unheard Of", role="viewer", area_id=area.id)
        seen = await asyncpg.connect(database.dsns["app"])
        mine = await seen.fetch("select query from pg_stat_activity where usename = current_user")
        await seen.close()
    said = " ".join(row["query"] for row in mine)
    assert said
    for value in ("unheard.of", "Unheard", "v1|", str(by.id), current_key().sign(by, backend=1)[:20]):
        assert value not in said


async def test_a_function_of_the_workers_own_is_shown_no_row_that_the_policy_hides(database: Cluster) -> None:
    """PostgreSQL asks a policy before a condition that could tell on what it was given, however cheap it says it is."""
    here, there = await make_area(), await make_area("Hidden")
    for area in (here, there):
        by = await make_actor(Role.BUSINESS_MANAGER, area=area)
        async with tenant_scope(by):
            await people.invite(
                by=by, email=f"lee@{area.slug}.example", name="Lee", role="viewer", area_id=area.id
            )
    worker = await asyncpg.connect(database.dsns["worker"])
    heard: list[str] = []
    worker.add_log_listener(lambda _, message: heard.append(message.message))
    await worker.execute(
        "create function pg_temp.tell(value text) returns boolean language plpgsql cost 0.0001 as "
        "$$ begin raise notice '%', value; return true; end $$"
    )
    signed = current_key().sign(worker_actor("attack", areas=[here.id]), backend=worker.get_server_pid())
    async with worker.transaction():
        await worker.execute("select set_config('concordat.context', $1, true)", signed)
        rows = await worker.fetch("select email from invitation where pg_temp.tell(email)")
        with pytest.raises(asyncpg.DataError, match="lee@" + here.slug):
            await worker.fetch("select email from invitation where email::integer > 0")
    await worker.close()
    assert [row["email"] for row in rows] == [f"lee@{here.slug}.example"]
    assert heard == [f"lee@{here.slug}.example"]


async def test_what_a_job_names_temporarily_stands_in_for_nothing_in_the_next(database: Cluster) -> None:
    engine = ScopedEngine()
    await engine.open({"worker": database.dsns["worker"]}, size=1)
    try:
        async with engine.pool_of("worker").acquire() as one:
            await one.execute("create temporary table mail (address text); create temporary table invitation (id uuid)")
        async with engine.pool_of("worker").acquire() as another:
            found = await another.fetch("select n::regclass::oid = ('public.' || n)::regclass::oid as ours "
                                        "from unnest(array['mail', 'invitation']) n")  # fmt: skip
    finally:
        await engine.close()
    assert [row["ours"] for row in found] == [True, True]
