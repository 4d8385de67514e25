"""A trail is checked in full once a day and when that is asked for; in between, what has come since the last look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest

from infra.database import sql
from tenants.audit import queries
from tenants.audit.checking import FULL_EVERY, Looks
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area, manager
from tests.tenants.audit.test_chain import as_superuser, write


async def looked(looks: Looks, area: AreaMade, *, in_full: bool = False) -> tuple[int, str] | None:
    async with tenant_scope(manager(area), readonly=True):
        link = (await looks.look(area_id=area.id, in_full=in_full)).broken
    return None if link is None else (link.seq, link.why)


async def checked(count: int = 3) -> tuple[Looks, AreaMade]:
    looks, area = Looks(), await make_area()
    await write(area, count=count)
    assert await looked(looks, area) is None
    return looks, area


async def test_a_chain_that_grows_stays_whole(database: Cluster) -> None:
    looks, area = await checked()
    await write(area, count=2)
    assert await looked(looks, area) is None
    assert looks.kept[area.id].seq == 3


async def test_a_chain_without_an_entry_is_whole_and_its_first_entry_is_looked_at(database: Cluster) -> None:
    looks, area = await checked(count=0)
    await write(area)
    await as_superuser(database, "update audit.event set reason = 'Another' where area_id = $1", area.id)
    assert await looked(looks, area) == (1, "content changed")


@pytest.mark.parametrize(("change", "told"), [
    ("update audit.event set reason = 'Another' where area_id = $1 and seq = 5", (5, "content changed")),
    ("update audit.event set reason = 'Another' where area_id = $1 and seq = 3", (3, "content changed")),
    ("delete from audit.event where area_id = $1 and seq = 4", (5, "gap")),
    ("update audit.event set prev_hash = '\\x00' where area_id = $1 and seq = 4", (4, "broken link")),
    ("delete from audit.event where area_id = $1 and seq >= 3", (5, "head disagrees (tail cut?)")),
])  # fmt: skip
async def test_what_is_changed_from_the_last_look_on_is_told_at_once(
    database: Cluster, change: str, told: tuple[int, str]
) -> None:
    looks, area = await checked()
    await write(area, count=2)
    await as_superuser(database, change, area.id)
    assert await looked(looks, area) == told
    assert area.id not in looks.kept, "looked at in full until it is whole again"
    assert await looked(looks, area) == told


async def test_an_entry_in_the_place_of_the_remembered_one_is_told(database: Cluster) -> None:
    looks, area = await checked()
    looks.kept[area.id] = replace(looks.kept[area.id], hash="00" * 32)  # as if the chain had been written anew
    assert await looked(looks, area) == (3, "it is not the entry that was here before")


async def test_what_is_changed_further_back_is_told_by_the_next_look_in_full(database: Cluster) -> None:
    looks, area = await checked()
    await as_superuser(database, "update audit.event set reason = 'Another' where area_id = $1 and seq = 1", area.id)
    assert await looked(looks, area) is None, "a look between two in full reads the new entries only"
    assert await looked(looks, area, in_full=True) == (1, "content changed")


async def test_each_day_begins_with_a_look_in_full(database: Cluster) -> None:
    looks, area = await checked()
    await as_superuser(database, "update audit.event set reason = 'Another' where area_id = $1 and seq = 1", area.id)
    before = looks.kept[area.id]
    looks.kept[area.id] = replace(before, in_full_at=before.in_full_at - FULL_EVERY + timedelta(hours=1))
    assert await looked(looks, area) is None
    looks.kept[area.id] = replace(before, in_full_at=before.in_full_at - FULL_EVERY)
    assert await looked(looks, area) == (1, "content changed")


#: each kind of break, of a chain of five of which three were looked at before
BREAKS = {
    "content": "update audit.event set reason = 'Another' where area_id = $1 and seq = 5",
    "an actor": "update audit.event set actor_name = 'Another' where area_id = $1 and seq = 4",
    "a number": "update audit.event set seq = 7 where area_id = $1 and seq = 5",
    "a hash": "update audit.event set hash = sha256('x') where area_id = $1 and seq = 5",
    "a link": "update audit.event set prev_hash = sha256('x') where area_id = $1 and seq = 4",
    "one from the middle": "delete from audit.event where area_id = $1 and seq = 4",
    "the last": "delete from audit.event where area_id = $1 and seq = 5",
    "all since the look": "delete from audit.event where area_id = $1 and seq > 3",
    "the end and what was looked at": "delete from audit.event where area_id = $1 and seq >= 3",
    "all": "delete from audit.event where area_id = $1",
    "the head's number": "update audit.head set seq = 6 where area_id = $1",
    "the head's hash": "update audit.head set hash = sha256('x') where area_id = $1",
    "the head": "update audit.head h set seq = 4, hash = e.hash from audit.event e"
    " where h.area_id = $1 and e.area_id = $1 and e.seq = 4",
    "a hash and the head": "with h as (update audit.event set hash = sha256('x') where area_id = $1 and seq = 5)"
    " update audit.head set hash = sha256('x') where area_id = $1",
}


@pytest.mark.parametrize("change", BREAKS.values(), ids=BREAKS.keys())
async def test_a_look_at_what_is_new_says_what_the_whole_check_says(database: Cluster, change: str) -> None:
    looks, area = await checked()
    await write(area, count=2)
    assert await looked(looks, area) is None
    await as_superuser(database, change, area.id)
    async with tenant_scope(manager(area), readonly=True):
        whole = await queries.first_broken_link(area_id=area.id)
    assert whole is not None
    assert await looked(looks, area) == (whole.seq, whole.why)


@pytest.mark.parametrize("login", ["app", "worker"])
async def test_a_chain_is_verified_only_for_who_may_read_it(database: Cluster, login: str) -> None:
    here, there = await make_area(), await make_area()
    await write(there)
    if login == "app":
        asking = [manager(here), actor(Role.VIEWER, area_id=here.id), actor(Role.OFFICIAL)]
    else:
        asking = [worker_actor("attack", areas=[here.id]), worker_actor("attack")]
    for by in asking:
        for question in ("select * from audit.verify($1)", "select * from audit.head_of($1)"):
            async with tenant_scope(by, readonly=True):
                with pytest.raises(asyncpg.InsufficientPrivilegeError, match="not yours"):
                    await sql.fetch(question, there.id)
    async with tenant_scope(actor(Role.PLATFORM_ADMINISTRATOR), readonly=True):
        assert await queries.first_broken_link(area_id=there.id) is None
