"""No temporary name stands in for one of ours: the worker can make temporary tables, types and functions."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable

import asyncpg
import pytest_asyncio

from tenants.tenancy.context import current_key
from tenants.tenancy.scope import worker_actor
from tests.isolation import catalogue
from tests.support.cluster import Cluster, looking_on
from tests.support.world import make_area

OWNERS_RIGHTS = """
select n.nspname || '.' || p.proname as name,
    (select split_part(c, '=', 2) from unnest(p.proconfig) c where c like 'search_path=%') as path
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = any ($1) and p.prosecdef order by 1
"""
#: a check that says who runs it, and what they can read
LISTENING = """
create function pg_temp.listen(value anyelement) returns boolean language plpgsql as $$
begin
    if current_user = 'concordat_owner' then
        raise notice 'heard % keys as the owner', (select count(*) from security.context_key);
    end if;
    return true;
end $$;
"""


@pytest_asyncio.fixture
async def worker(database: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """The worker's login with a temporary function that listens."""
    connection = await asyncpg.connect(database.dsns["worker"])
    await connection.execute(LISTENING)
    yield connection
    await connection.close()


async def _heard(connection: asyncpg.Connection, doing: Awaitable[object]) -> list[str]:
    said: list[str] = []
    connection.add_log_listener(lambda _, message: said.append(message.message))
    await doing
    return said


async def test_temporary_names_are_looked_for_last_by_whatever_has_the_owners_rights(database: Cluster) -> None:
    superuser = await looking_on(database)
    found = await superuser.fetch(OWNERS_RIGHTS, [*catalogue.OURS, "shape"])
    early = {row["name"]: row["path"] for row in found if not (row["path"] or "").endswith(", pg_temp")}
    assert early == {}, "where pg_temp is not named, PostgreSQL looks there first, for tables and for types"


async def test_a_type_of_the_workers_own_reads_no_signing_key(worker: asyncpg.Connection) -> None:
    await worker.execute("create domain pg_temp.text as pg_catalog.text check (pg_temp.listen(value::pg_catalog.text))")
    signed = current_key().sign(worker_actor("attack"), backend=worker.get_server_pid())
    async with worker.transaction():
        await worker.execute("select pg_catalog.set_config('concordat.context', $1, true)", signed)
        assert await _heard(worker, worker.fetch("select security.part(1)")) == []


async def test_a_table_of_the_workers_own_is_not_written_to_in_place_of_ours(
    database: Cluster, worker: asyncpg.Connection
) -> None:
    area = await make_area()
    await worker.execute(
        "create temporary table agency_count (area_id integer, category text, state text, "
        "agencies integer check (pg_temp.listen(agencies))); grant all on agency_count to concordat_owner"
    )
    signed = current_key().sign(worker_actor("attack", areas=[area.id]), backend=worker.get_server_pid())
    category = await (await looking_on(database)).fetchval("select min(code) from agency_category")
    counted = json.dumps([{"category": category, "state": "notified", "agencies": 2}])
    counting = worker.fetch("select security.keep_agency_counts($1, $2::jsonb)", area.id, counted)
    async with worker.transaction():
        await worker.execute("select set_config('concordat.context', $1, true)", signed)
        assert await _heard(worker, counting) == []
        assert await worker.fetchval("select count(*) from pg_temp.agency_count") == 0
