"""The census would notice: a table that lets everything through fails each of its verbs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from tests.isolation.contexts import NAMES, contexts
from tests.isolation.ownership import permitted
from tests.isolation.probing import Probe
from tests.support.nation import Nation

LEAKY = """
create table leaky (area_id integer not null, id uuid not null default uuidv7(), words text, primary key (area_id, id));
grant select, insert, update, delete on leaky to concordat_app;
insert into leaky (area_id, words) select id, name from area;
"""


@pytest_asyncio.fixture
async def leaky(nation: Nation) -> AsyncIterator[Probe]:
    connection = await asyncpg.connect(nation.superuser)
    with nation.inside():
        member = (await contexts(nation.world))[NAMES[1]]
    await connection.execute(LEAKY)
    rule = permitted("leaky", of_area=True, context=member)
    yield Probe(connection, table="leaky", context=member, permitted=rule)
    await connection.execute("drop table leaky")
    await connection.close()


async def test_a_table_without_policies_is_found_out_by_every_verb(leaky: Probe) -> None:
    assert await leaky.foreign_rows() == 2
    assert len(await leaky.seen()) == 2
    assert await leaky.updated() == "2 foreign rows changed, 0 gone"
    assert await leaky.deleted() == "0 foreign rows changed, 2 gone"
    assert "a copy of" in str(await leaky.inserted())


async def test_what_was_tried_is_undone(leaky: Probe) -> None:
    await leaky.deleted()
    assert await leaky.foreign_rows() == 2
