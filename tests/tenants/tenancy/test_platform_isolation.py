"""What the platform's power opens, and that nobody else's does: sessions, mails of every area, taken logout tokens."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.queries import mail_states
from tenants.tenancy.people import service as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import public_scope, system_scope, tenant_scope, worker_actor
from tenants.tenancy.sessions.queries import sessions_of
from tests.support.cluster import Cluster
from tests.support.product import session_token
from tests.support.world import actor, make_actor, make_area, official

ADMINISTRATOR = actor(Role.PLATFORM_ADMINISTRATOR)


async def seen_sessions(by: Actor, someone: Actor) -> int:
    assert someone.id is not None
    async with tenant_scope(by, readonly=True):
        return len(await sessions_of(person_id=someone.id))


async def test_sessions_are_their_owners_and_the_administrators(database: Cluster) -> None:
    area = await make_area()
    someone = await make_actor(Role.VIEWER, area=area)
    colleague = await make_actor(Role.BUSINESS_MANAGER, area=area)
    await session_token(someone)
    assert await seen_sessions(someone, someone) == 1
    assert await seen_sessions(ADMINISTRATOR, someone) == 1
    assert await seen_sessions(colleague, someone) == 0
    assert await seen_sessions(official(), someone) == 0


async def test_only_the_administrator_ends_someone_elses_session(database: Cluster) -> None:
    area = await make_area()
    someone = await make_actor(Role.VIEWER, area=area)
    await session_token(someone)
    end = "update session set revoked_at = now() where person_id = $1"
    for by, count in ((actor(Role.BUSINESS_MANAGER, area_id=area.id), 0), (official(), 0), (ADMINISTRATOR, 1)):
        async with tenant_scope(by):
            assert await sql.execute(end, someone.id) == f"UPDATE {count}"


async def test_a_session_cannot_be_moved_to_someone_else(database: Cluster) -> None:
    someone = await make_actor(Role.OFFICIAL)
    await session_token(someone)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(ADMINISTRATOR):
            await sql.execute("update session set person_id = $1", someone.id)


async def invited(area_id: int) -> None:
    async with system_scope("test", powers=["platform"]):
        await people.invite(
            by=Actor(kind="system", name="test", powers=frozenset({"platform"})),
            email="someone.secret@example.org",
            name="Someone",
            role="viewer",
            area_id=area_id,
        )


async def test_the_states_of_mails_tell_the_administrator_no_address(database: Cluster) -> None:
    area = await make_area()
    await invited(area.id)
    async with tenant_scope(ADMINISTRATOR, readonly=True):
        newest = (await mail_states(limit=1))[0]
        addresses = await sql.fetch("select address from mail where area_id = $1", area.id)
    assert (newest.area_id, newest.template, newest.state) == (area.id, "invitation", "queued")
    assert "secret" not in repr(newest)
    assert addresses == [], "the table itself stays the area's"


async def test_nobody_else_sees_a_state(database: Cluster) -> None:
    area = await make_area()
    await invited(area.id)
    for by in (actor(Role.BUSINESS_MANAGER, area_id=area.id), official()):
        async with tenant_scope(by, readonly=True):
            assert await mail_states() == []
    for scope in (tenant_scope(worker_actor("test", powers=["platform"])), public_scope()):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scope:
                await mail_states()


async def test_taken_logout_tokens_are_for_signing_in_alone(database: Cluster) -> None:
    keep = "insert into seen_logout_token (issuer, token_hash, until) values ('i', 'x', now())"
    async with system_scope("signing in", powers=["signin"]):
        await sql.execute(keep + " on conflict do nothing")
        assert await sql.fetch_value("select count(*) from seen_logout_token where issuer = 'i'") == 1
    async with tenant_scope(ADMINISTRATOR):
        assert await sql.fetch("select * from seen_logout_token") == []
    for scope in (tenant_scope(ADMINISTRATOR), tenant_scope(worker_actor("test", powers=["signin"]))):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scope:
                await sql.execute(keep)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with public_scope():
            await sql.fetch("select * from seen_logout_token")
