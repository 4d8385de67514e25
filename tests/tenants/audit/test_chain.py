"""The audit chain: appended by everyone who acts, changed by no one, and a change behind our back is found."""

from __future__ import annotations

from dataclasses import replace

import asyncpg
import pytest

from infra.database import sql
from tenants.audit import queries
from tenants.audit.service import Entry, record, record_each
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area, manager


async def write(area: AreaMade, *, count: int = 1) -> None:
    async with tenant_scope(manager(area)):
        for number in range(count):
            await record(
                by=manager(area),
                area_id=area.id,
                action="board.rename",
                subject=("linked_board", number),
                reason="The board has a new name.",
                before={"name": "Old"},
                after={"name": f"New {number}"},
            )


async def broken(area: AreaMade) -> tuple[int, str] | None:
    async with tenant_scope(manager(area), readonly=True):
        link = await queries.first_broken_link(area_id=area.id)
    return None if link is None else (link.seq, link.why)


async def as_superuser(database: Cluster, statement: str, *args: object) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        await connection.execute("set session_replication_role = replica")  # triggers off: what a rogue could do
        await connection.execute(statement, *args)
    finally:
        await connection.close()


async def test_entries_say_who_as_what_when_and_why_and_are_numbered_without_gaps(database: Cluster) -> None:
    area = await make_area()
    await write(area, count=3)
    async with tenant_scope(manager(area), readonly=True):
        entries = await queries.entries(area_id=area.id)
    assert [entry.seq for entry in entries] == [3, 2, 1]
    newest = entries[0]
    assert (newest.actor_name, newest.actor_role, newest.action) == ("Bea Manager", "business_manager", "board.rename")
    assert (newest.reason, newest.before, newest.after) == (
        "The board has a new name.",
        {"name": "Old"},
        {"name": "New 2"},
    )
    assert await broken(area) is None


async def test_a_rolled_back_entry_leaves_no_gap(database: Cluster) -> None:
    area = await make_area()
    await write(area)
    with pytest.raises(ZeroDivisionError):
        async with tenant_scope(manager(area)):
            await record(by=manager(area), area_id=area.id, action="board.end", subject=("linked_board", 1))
            raise ZeroDivisionError
    await write(area)
    assert await broken(area) is None


@pytest.mark.parametrize(
    "verb", ["update audit.event set reason = 'x'", "delete from audit.event", "truncate audit.event"]
)
async def test_no_login_can_change_or_delete(database: Cluster, verb: str) -> None:
    for login in ("app", "worker"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with tenant_scope(actor(Role.BUSINESS_MANAGER, area_id=1), login=login):
                await sql.execute(verb)


async def test_another_area_reads_nothing_and_appends_nothing(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    await write(there)
    async with tenant_scope(manager(here), readonly=True):
        assert await queries.entries(area_id=there.id) == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(here)):
            await record(by=manager(here), area_id=there.id, action="board.end", subject=("linked_board", 1))


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("update audit.event set reason = 'Another story' where area_id = $1 and seq = 2", (2, "content changed")),
        ("delete from audit.event where area_id = $1 and seq = 2", (3, "gap")),
        ("delete from audit.event where area_id = $1 and seq = 3", (3, "head disagrees (tail cut?)")),
    ],
)
async def test_what_a_superuser_does_is_found(database: Cluster, tampering: str, found: tuple[int, str]) -> None:
    area = await make_area()
    await write(area, count=3)
    await as_superuser(database, tampering, area.id)
    assert await broken(area) == found


async def test_entries_can_be_filtered_and_paged(database: Cluster) -> None:
    area = await make_area()
    await write(area, count=5)
    async with tenant_scope(manager(area), readonly=True):
        first = await queries.entries(area_id=area.id, limit=2)
        second = await queries.entries(area_id=area.id, limit=2, before_seq=first[-1].seq)
        none = await queries.entries(area_id=area.id, where=queries.Filter(actor="nobody"))
        some = await queries.entries(area_id=area.id, where=queries.Filter(actor="manager", action="board."))
    assert [entry.seq for entry in (*first, *second)] == [5, 4, 3, 2]
    assert (len(none), len(some)) == (0, 5)


async def test_several_entries_of_two_areas_are_linked_in_the_order_given(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    by = replace(manager(here), grants=(*manager(here).grants, *manager(there).grants))
    given = [
        Entry(area_id=area.id, action="board.rename", subject=("linked_board", number), after={"name": number})
        for number, area in enumerate((there, here, there, here, there))
    ]
    async with tenant_scope(by):
        await record_each(by=by, entries=given)
        chains = {area.id: await queries.entries(area_id=area.id) for area in (here, there)}
    assert [entry.subject_id for entry in reversed(chains[here.id])] == ["1", "3"]
    assert [entry.subject_id for entry in reversed(chains[there.id])] == ["0", "2", "4"]
    assert await broken(here) is None
    assert await broken(there) is None


async def test_what_an_entry_does_not_say_is_null_and_not_a_word(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        said = Entry(area_id=area.id, action="board.rename", subject=("linked_board", "x"), before={"name": None})
        await record_each(by=manager(area), entries=[said])
        row = await sql.fetch_one(
            "select reason, legal_basis, before::text as before, after from audit.event where area_id = $1", area.id
        )
    assert row is not None
    assert tuple(row) == (None, None, '{"name": null}', None)


async def test_no_entries_are_no_entries(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        await record_each(by=manager(area), entries=[])
        assert await queries.entries(area_id=area.id) == []
