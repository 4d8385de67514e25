"""The signed context: the database believes the application's signature, and nothing else."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import ENGINE, Scope, sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import ContextKey, current_key
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, manager


async def boards() -> list[str]:
    return [row["name"] for row in await sql.fetch("select name from linked_board order by name")]


async def add_board(who: Actor, area_id: int, name: str) -> None:
    async with tenant_scope(who):
        await sql.execute(
            "insert into linked_board (area_id, name, kind) values ($1, $2, 'health_and_wellbeing')", area_id, name
        )


async def test_a_manager_reads_and_writes_their_own_area_and_no_other(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    await add_board(manager(here), here.id, "Here board")
    await add_board(manager(there), there.id, "There board")
    async with tenant_scope(manager(here)):
        assert await boards() == ["Here board"]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await add_board(manager(here), there.id, "Smuggled")


async def test_a_viewer_reads_but_the_database_refuses_their_writes(database: Cluster) -> None:
    area = await make_area()
    await add_board(manager(area), area.id, "Board")
    viewer = actor(Role.VIEWER, area_id=area.id)
    async with tenant_scope(viewer):
        assert await boards() == ["Board"]
        assert await sql.execute("update linked_board set name = 'Changed'") == "UPDATE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await add_board(viewer, area.id, "Not mine to add")


async def test_a_read_only_scope_writes_nothing(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with tenant_scope(manager(area), readonly=True):
            await sql.execute("insert into linked_board (area_id, name, kind) values ($1, 'Board', 'channel')", area.id)


@pytest.mark.parametrize("scope", [public_scope, national_scope], ids=["public", "national"])
async def test_logins_without_a_grant_cannot_even_ask(database: Cluster, scope: type) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope():
            await boards()


async def test_no_context_sees_nothing(database: Cluster) -> None:
    area = await make_area()
    await add_board(manager(area), area.id, "Board")
    async with Scope(login="app", context=None):
        assert await boards() == []


def forged(change: str) -> Scope:
    who = actor(Role.BUSINESS_MANAGER, area_id=1)

    def context(backend: int) -> str:
        match change:
            case "areas":
                return current_key().sign(who, backend=backend).replace("|1|1|", "|2|2|")
            case "key":
                return ContextKey(kid=1, key=b"x" * 32).sign(who, backend=backend)
            case "kid":
                return ContextKey(kid=9, key=current_key().key).sign(who, backend=backend)
            case "backend":
                return current_key().sign(who, backend=backend + 1)
        return "v1|nonsense"

    return Scope(login="app", context=context)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("areas", "bad signature"),
        ("key", "bad signature"),
        ("kid", "unknown key"),
        ("backend", "stale"),
        ("shape", "malformed"),
    ],
)
async def test_a_forged_context_is_refused(database: Cluster, change: str, says: str) -> None:
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError, match=says):
        async with forged(change):
            await boards()


async def test_an_expired_context_is_refused(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.tenancy.context.LIFETIME_SECONDS", -1)
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError, match="stale"):
        async with tenant_scope(actor(Role.BUSINESS_MANAGER, area_id=1)):
            await boards()


async def test_the_application_cannot_read_the_signing_key(database: Cluster) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with system_scope("test"):
            await sql.fetch("select * from security.context_key")


async def test_the_context_ends_with_its_scope(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        assert await sql.fetch_value("select security.read_areas()") == [area.id]
    async with ENGINE.pool_of("app").acquire() as connection:
        assert await connection.fetchval("select security.read_areas()") is None
