"""What someone who can run SQL in their own session may change of their account: nothing that was decided of them."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import sql
from infra.secrets import token_hash
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat, Role
from tenants.tenancy.scope import system_actor, system_scope, tenant_scope
from tenants.tenancy.sessions import queries, service
from tenants.tenancy.sessions.id_tokens import opened_id_token
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import make_actor, make_area

SIGN_IN = system_actor("signing in", powers=["signin"])


async def someone() -> Actor:
    return await make_actor(Role.VIEWER, area=await make_area())


async def signed_in(who: Actor, *, id_token: str | None = None) -> str:
    assert who.id is not None
    async with tenant_scope(SIGN_IN):
        return await service.start(
            by=who, person_id=who.id, issuer="https://id.test", subject=str(who.id), hat=Hat.LOCAL, absolute_hours=12,
            id_token=id_token,
        )  # fmt: skip


@pytest.mark.parametrize("change", [
    "disabled_at = null", "email = 'other@example.org'", "name = 'Somebody Else'", "version = 9",
])  # fmt: skip
async def test_an_account_is_not_changed_from_its_own_session(database: Cluster, change: str) -> None:
    who = await someone()
    async with system_scope("test", powers=["platform"]):
        await sql.execute("update person set disabled_at = now() where id = $1", who.id)
    before = await as_superuser(database, "select * from person where id = $1", who.id)
    async with tenant_scope(who):
        assert await sql.fetch(f"update person set {change} where id = $1 returning id", who.id) == []
    assert await as_superuser(database, "select * from person where id = $1", who.id) == before


async def test_a_change_of_address_tells_nobody_who_has_an_account(database: Cluster) -> None:
    who, other = await someone(), await someone()
    (row,) = await as_superuser(database, "select email from person where id = $1", other.id)
    async with tenant_scope(who):
        for address in (row["email"], "free@example.org"):
            assert await sql.fetch("update person set email = $2 where id = $1 returning id", who.id, address) == []


async def test_a_session_that_was_ended_is_not_brought_back(database: Cluster) -> None:
    who = await someone()
    token = await signed_in(who)
    async with tenant_scope(who):
        await service.revoke_all(by=who, person_id=who.id, reason="account disabled")  # type: ignore[arg-type]
    async with tenant_scope(who):
        again = "update session set revoked_at = null, revoked_reason = null where person_id = $1 returning id"
        assert await sql.fetch(again, who.id) == []
    async with tenant_scope(SIGN_IN):
        assert await queries.live_session(token_hash=token_hash(token), idle_minutes=30) is None


async def test_the_providers_token_is_kept_sealed_and_only_while_the_session_lasts(database: Cluster) -> None:
    who, secret = await someone(), "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"
    token = await signed_in(who, id_token=secret)
    (kept,) = await as_superuser(database, "select id_token from session where person_id = $1", who.id)
    assert secret not in kept["id_token"]
    assert "eyJ" not in kept["id_token"][:3]
    async with tenant_scope(SIGN_IN):
        session = await queries.live_session(token_hash=token_hash(token), idle_minutes=30)
        assert session is not None
        assert opened_id_token(session) == secret
        turned = await service.rotate(by=who, session=session, hat=Hat.LOCAL)
        session = await queries.live_session(token_hash=token_hash(turned), idle_minutes=30)
        assert session is not None
        assert opened_id_token(session) == secret, "a change of role goes on with it"
    assert [row["kept"] for row in await _tokens(database, who)] == [False, True]
    async with tenant_scope(who):
        await service.revoke(by=who, session_id=session.id, person_id=session.person_id, reason="signed out")
    assert not any(row["kept"] for row in await _tokens(database, who))


async def test_a_token_sealed_for_another_person_or_in_the_clear_does_not_open(database: Cluster) -> None:
    who, other = await someone(), await someone()
    await signed_in(who, id_token="theirs")
    token = await signed_in(other)
    for kept in ("(select id_token from session where person_id = $2)", "'eyJ0.e30.c2ln'"):
        changed = f"update session set id_token = {kept} where person_id = $1 and $2::uuid is not null"
        await as_superuser(database, changed, other.id, who.id)
        async with tenant_scope(SIGN_IN):
            session = await queries.live_session(token_hash=token_hash(token), idle_minutes=30)
        assert session is not None
        assert session.id_token is not None
        assert opened_id_token(session) is None


async def test_the_token_of_a_session_that_ran_out_goes_at_the_next_sign_in(database: Cluster) -> None:
    who = await someone()
    await signed_in(who, id_token="old")
    await as_superuser(database, "update session set expires_at = now() where person_id = $1", who.id)
    await signed_in(who, id_token="new")
    assert [row["kept"] for row in await _tokens(database, who)] == [False, True]


async def _tokens(database: Cluster, who: Actor) -> list[asyncpg.Record]:
    found: list[asyncpg.Record] = await as_superuser(
        database, "select id_token is not null as kept from session where person_id = $1 order by id", who.id
    )
    return found
