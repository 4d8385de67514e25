"""One statement, one round trip: context before guard, guard before data, and nothing left when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg
import pytest

from infra.database import ENGINE
from infra.database.holding import Guard
from infra.database.reader import read_text
from infra.database.scope import observer
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import current_key
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_area, manager

MINE = "select array_to_string(security.read_areas(), ',')"
BOARDS = "select coalesce(string_agg(name, ',' order by name), 'none') from linked_board"


def signed(actor: Actor) -> Callable[[int], str]:
    return lambda backend: current_key().sign(actor, backend=backend, readonly=True)


async def board_of(database: Cluster, area: AreaMade) -> str:
    name = f"The board of {area.name}"
    await as_superuser(
        database, "insert into linked_board (area_id, name, kind) values ($1, $2, 'other')", area.id, name
    )
    return name


async def read(body: str, area: AreaMade, *args: object, guard: Guard | None = None) -> str | None:
    return await read_text(login="app", body=body, args=args, context=signed(manager(area)), guard=guard)


async def test_each_tenant_reads_its_own_rows_also_at_the_same_time(database: Cluster) -> None:
    areas = [await make_area() for _ in range(4)]
    boards = [await board_of(database, area) for area in areas]
    answers = await asyncio.gather(*(read(BOARDS, area) for _ in range(20) for area in areas))
    assert answers == boards * 20


async def test_parameters_of_the_body_come_first_then_the_guards_then_the_context(database: Cluster) -> None:
    area = await make_area()
    guard = Guard(sql="{0}::integer > {1}::integer", args=(2, 1))
    body = f"select $1::text || $2::integer || ({MINE})"
    assert await read(body, area, "in ", 7, guard=guard) == f"in 7{area.id}"


async def test_a_false_guard_answers_none_before_any_row_is_read(database: Cluster) -> None:
    area = await make_area()
    refusal = Guard(sql="{0}::boolean", args=(False,))
    assert await read("select (1 / (select count(*) * 0 from linked_board))::text", area, guard=refusal) is None
    with pytest.raises(asyncpg.DivisionByZeroError):
        await read("select (1 / (select count(*) * 0 from linked_board))::text", area)


async def test_the_guard_already_stands_in_the_context(database: Cluster) -> None:
    area = await make_area()
    own = Guard(sql="{0}::integer = any (security.read_areas())", args=(area.id,))
    assert await read("select 'own'", area, guard=own) == "own"
    assert await read("select 'own'", await make_area(), guard=own) is None


async def test_the_context_ends_with_the_statement(database: Cluster) -> None:
    area = await make_area()
    assert await read(MINE, area) == str(area.id)
    raw = ENGINE.readers_of("app").idle[-1].raw
    assert not await raw.fetchval("select current_setting('concordat.context', true)")
    assert await raw.fetchval("select security.read_areas()") is None
    assert await raw.fetchval(BOARDS) == "none"


async def test_a_forged_or_stale_context_is_refused_and_the_connection_lives(database: Cluster) -> None:
    mine, other = await make_area(), await make_area()
    forged = lambda pid: signed(manager(mine))(pid).replace(f"|{mine.id}|", f"|{other.id}|")  # noqa: E731
    before = list(ENGINE.readers_of("app").idle)
    for bad in (forged, lambda pid: signed(manager(mine))(pid + 1)):
        with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
            await read_text(login="app", body=BOARDS, args=(), context=bad)
    assert await read(MINE, mine) == str(mine.id)
    assert len(ENGINE.readers_of("app").idle) == max(len(before), 1)


async def test_the_public_login_carries_no_context(database: Cluster) -> None:
    area = await make_area()
    body = "select name from area where id = $1"
    assert await read_text(login="public", body=body, args=(area.id,), context=None) == area.name


async def test_nothing_can_be_written(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await read("select lo_create(0)::text", area)


async def test_a_first_statement_is_planned_without_a_context(database: Cluster) -> None:
    """On a connection that has never had one: the functions that policies call are not asked while planning."""
    area = await make_area()
    name = await board_of(database, area)
    await ENGINE.readers_of("app").close()
    ENGINE.readers_of("app")._closed = False
    mine = "area_id = any (security.read_areas()) and not security.has('platform')"
    assert await read(f"select max(name) from linked_board where {mine}", area) == name


async def test_whoever_counts_statements_sees_it(database: Cluster) -> None:
    area, seen = await make_area(), list[str]()
    token = observer.set(seen.append)
    await read(MINE, area)
    observer.reset(token)
    assert len(seen) == 1
    assert MINE in seen[0]


async def test_a_login_this_process_does_not_hold_is_an_error(database: Cluster) -> None:
    with pytest.raises(RuntimeError, match="no database login 'owner'"):
        await read_text(login="owner", body="'x'", args=(), context=None)


async def test_an_instant_leaves_in_universal_time_whatever_the_servers_own_clock(database: Cluster) -> None:
    body = "to_json(timestamptz '2026-07-01 12:00:00+01')::text"
    assert await read_text(login="public", body=body, args=(), context=None) == '"2026-07-01T11:00:00+00:00"'
