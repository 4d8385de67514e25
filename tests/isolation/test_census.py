"""The isolation census: every table, every verb, as everyone. Nobody reads or writes what is another area's.

A table that is new is in it by itself. It fails until the demo nation gives it a row in more than one area.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from tests.isolation import catalogue
from tests.isolation.contexts import NAMES, Context, contexts
from tests.isolation.ownership import NATIONAL, PUBLIC, permitted
from tests.isolation.probing import Probe, count_as
from tests.isolation.used import use
from tests.support.nation import Nation

#: what a context may add although the row is not its own, and why that is safe
MAY_INSERT = {
    ("queue.inbox", "worker with one area"): "a message's id, which tells nothing",
    ("audit.event", "official at work"): "each national read of an area is written into that area's trail",
    ("mail", "official at work"): "an official's move is told to the people of the area",
    ("queue.outbox", "official at work"): "sending that mail",
}


@pytest_asyncio.fixture(scope="module")
async def everyone(nation: Nation) -> dict[str, Context]:
    with nation.inside():
        await use(nation.world)
        return await contexts(nation.world)


@pytest_asyncio.fixture(scope="module")
async def superuser(nation: Nation) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(nation.superuser)
    yield connection
    await connection.close()


@pytest_asyncio.fixture(scope="module")
async def tables(superuser: asyncpg.Connection) -> list[str]:
    return [table.full_name for table in await catalogue.tables(superuser)]


async def _probes(superuser: asyncpg.Connection, tables: list[str], context: Context) -> list[Probe]:
    made = []
    for table in tables:
        probe = Probe(superuser, table=table, context=context, permitted="true")
        of_area = any(column.name == "area_id" for column in await probe.columns())
        rule = permitted(table, of_area=of_area, context=context)
        made.append(Probe(superuser, table=table, context=context, permitted=rule))
    return made


async def test_every_table_has_a_row_in_the_nation(
    superuser: asyncpg.Connection, tables: list[str], everyone: dict[str, Context]
) -> None:
    empty = [table for table in tables if not await superuser.fetchval(f"select exists (select from {table})")]
    assert empty == [], "give it a row in the demo nation"


@pytest.mark.parametrize("name", NAMES)
async def test_the_census_has_something_to_find(
    superuser: asyncpg.Connection, tables: list[str], everyone: dict[str, Context], name: str
) -> None:
    probes = await _probes(superuser, tables, everyone[name])
    nothing = [probe.table for probe in probes if probe.table not in PUBLIC and not await probe.foreign_rows()]
    assert set(nothing) <= (set(NATIONAL) if name == "national login" else set()), "give it rows in two areas"


@pytest.mark.parametrize("name", NAMES)
async def test_nobody_reads_what_is_not_theirs(
    superuser: asyncpg.Connection, tables: list[str], everyone: dict[str, Context], name: str
) -> None:
    leaks = {probe.table: seen[:3] for probe in await _probes(superuser, tables, everyone[name])
             if (seen := await probe.seen())}  # fmt: skip
    assert leaks == {}, f"{name} reads rows of others"


@pytest.mark.parametrize("name", NAMES)
async def test_nobody_changes_what_is_not_theirs(
    superuser: asyncpg.Connection, tables: list[str], everyone: dict[str, Context], name: str
) -> None:
    done = {probe.table: how for probe in await _probes(superuser, tables, everyone[name])
            if (how := await probe.updated())}  # fmt: skip
    assert done == {}, f"{name} updates rows of others"


@pytest.mark.parametrize("name", NAMES)
async def test_nobody_deletes_what_is_not_theirs(
    superuser: asyncpg.Connection, tables: list[str], everyone: dict[str, Context], name: str
) -> None:
    done = {probe.table: how for probe in await _probes(superuser, tables, everyone[name])
            if (how := await probe.deleted())}  # fmt: skip
    assert done == {}, f"{name} deletes rows of others"


@pytest.mark.parametrize("name", NAMES)
async def test_nobody_adds_what_is_not_theirs(
    superuser: asyncpg.Connection, tables: list[str], everyone: dict[str, Context], name: str
) -> None:
    done = {probe.table: how for probe in await _probes(superuser, tables, everyone[name])
            if (probe.table, name) not in MAY_INSERT and (how := await probe.inserted())}  # fmt: skip
    assert done == {}, f"{name} inserts copies of rows of others"


@pytest.mark.parametrize("name", NAMES)
async def test_the_real_login_sees_as_much_as_its_stand_in(
    nation: Nation, superuser: asyncpg.Connection, tables: list[str], everyone: dict[str, Context], name: str
) -> None:
    context = everyone[name]
    login = await asyncpg.connect(nation.dsns[context.login.removeprefix("concordat_")])
    try:
        counted = {table: await count_as(login, table, context, become=False) for table in tables}
    finally:
        await login.close()
    assert counted == {table: await count_as(superuser, table, context) for table in tables}
