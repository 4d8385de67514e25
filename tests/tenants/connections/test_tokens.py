"""Access tokens: twenty workers that need one ask the agency once, and a dead one holds nobody up for long."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from infra.clock import now
from infra.database import sql
from tenants.connections import tokens
from tenants.connections.sealing import place_of
from tenants.connections.tokens import Held
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.connections import keeper, make_connection, serving
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_area

HOUR = timedelta(hours=1)
_TEN_MINUTES_LATER = """
update connection_token set refreshing_until = refreshing_until - interval '601 seconds' where connection_id = $1
"""


class Agency:
    """Counts how often a token was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    async def token(self) -> str:
        self.asked += 1
        await asyncio.sleep(0.05)
        return f"token {self.asked}"


async def usable(area: AreaMade, connection: UUID, agency: Agency, *, not_version: int = -1) -> Held:
    """Return a good token as a worker of the engine gets it."""
    while True:
        async with serving(area):
            held = await tokens.read(connection_id=connection)
        if held.is_good() and held.version != not_version:
            return held
        async with serving(area):
            mine = await tokens.claim(connection_id=connection, version=held.version, seconds=600)
        if mine:
            value = await agency.token()
            async with serving(area):
                place = await place_of(connection_id=connection)
                await tokens.save(place=place, version=held.version, value=value, expires_at=now() + HOUR)
        await asyncio.sleep(0.02)


async def test_twenty_workers_ask_the_agency_once(database: Cluster) -> None:
    area, agency = await make_area(), Agency()
    connection = await make_connection(area)
    held = await asyncio.gather(*(usable(area, connection, agency) for _ in range(20)))
    assert {one.value for one in held} == {"token 1"}
    assert agency.asked == 1


async def test_a_token_that_the_agency_refused_is_replaced_once(database: Cluster) -> None:
    area, agency = await make_area(), Agency()
    connection = await make_connection(area)
    refused = await usable(area, connection, agency)
    held = await asyncio.gather(*(usable(area, connection, agency, not_version=refused.version) for _ in range(20)))
    assert {one.value for one in held} == {"token 2"}


async def test_a_worker_that_died_between_answer_and_save_holds_the_others_up_until_its_lease_ends(
    database: Cluster,
) -> None:
    area, agency = await make_area(), Agency()
    connection = await make_connection(area)
    async with serving(area):
        assert await tokens.claim(connection_id=connection, version=0, seconds=600)
    async with serving(area):
        assert not await tokens.claim(connection_id=connection, version=0), "the dead one's lease"
    await as_superuser(database, _TEN_MINUTES_LATER, connection)
    assert (await usable(area, connection, agency)).value == "token 1"


async def test_the_dead_one_that_comes_back_does_not_overwrite_its_heirs_token(database: Cluster) -> None:
    area, agency = await make_area(), Agency()
    connection = await make_connection(area)
    async with serving(area):
        await tokens.claim(connection_id=connection, version=0, seconds=0.01)
    await usable(area, connection, agency)
    async with serving(area):
        place = await place_of(connection_id=connection)
        late = await tokens.save(place=place, version=0, value="late", expires_at=now() + HOUR)
        assert not late
        assert (await tokens.read(connection_id=connection)).value == "token 1"


async def test_a_lease_that_was_given_back_can_be_taken_at_once(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    async with serving(area):
        assert await tokens.claim(connection_id=connection, version=0)
        await tokens.release(connection_id=connection, version=0)
        assert await tokens.claim(connection_id=connection, version=0)


async def test_a_token_about_to_end_is_not_good(database: Cluster) -> None:
    soon = Held(value="t", expires_at=now() + timedelta(seconds=30), version=1)
    assert not soon.is_good()
    assert soon.is_good(leeway=timedelta(seconds=5))
    assert "t'" not in repr(soon), "a token is never in what is logged"


async def test_nobody_but_the_worker_that_serves_the_connection_reads_its_token(database: Cluster) -> None:
    area, agency = await make_area(), Agency()
    connection = await make_connection(area)
    await usable(area, connection, agency)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(keeper(area)):
            await sql.fetch("select sealed from connection_token")
    async with tenant_scope(worker_actor("mail.send", areas=[area.id])):
        assert await sql.fetch("select 1 from connection_token") == [], "another job of the same area"
