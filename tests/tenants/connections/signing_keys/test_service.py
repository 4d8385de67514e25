"""Making keys: who may, what is published, what the worker signs with, and that the secret stays sealed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from joserfc import jws
from joserfc.jwk import KeySet, RSAKey

from infra.clock import now
from infra.database import sql
from infra.ids import uuid7
from tenants.connections import credentials
from tenants.connections.signing_keys import queries
from tenants.connections.signing_keys.rules import OVERLAP
from tenants.connections.signing_keys.service import BITS, rotate_signing_key
from tenants.tenancy.errors import NotAllowed, NotFound, WrongState
from tenants.tenancy.scope import public_scope, tenant_scope
from tests.support.connections import make_connection, serving
from tests.support.organisations import administrator
from tests.support.world import make_area, manager

pytestmark = pytest.mark.usefixtures("database")


async def connection() -> UUID:
    return await make_connection(None, system="nhs_ods", options={"environment": "int"}, auth_mode="signed_jwt")


async def rotate(connection_id: UUID, *, at: datetime | None = None, at_once: bool = False) -> str:
    who = administrator()
    async with tenant_scope(who):
        return await rotate_signing_key(by=who, connection_id=connection_id, at=at, at_once=at_once, bits=2048)


async def published(connection_id: UUID, *, at: datetime | None = None) -> list[str]:
    async with public_scope():
        found = await queries.key_set(connection_id=connection_id, at=at)
    return [] if found is None else [key["kid"] for key in found["keys"]]


async def signer(connection_id: UUID, *, at: datetime | None = None) -> queries.Signer:
    async with serving(None):
        found = await queries.signer(connection_id=connection_id, at=at)
    assert found is not None
    return found


async def test_the_first_key_is_published_and_signs_what_the_published_half_checks() -> None:
    linked = await connection()
    assert await rotate(linked) == "int-1"
    async with public_scope():
        key_set = await queries.key_set(connection_id=linked)
    assert key_set is not None
    (public,) = key_set["keys"]
    assert set(public) == {"kty", "n", "e", "kid", "use", "alg"}
    assert (public["use"], public["alg"]) == ("sig", "RS512")
    held = await signer(linked)
    signed = jws.serialize_compact(
        {"alg": "RS512", "kid": held.kid}, b"said", RSAKey.import_key(held.private_key), algorithms=["RS512"]
    )
    assert jws.deserialize_compact(signed, KeySet.import_key_set(key_set), algorithms=["RS512"]).payload == b"said"


async def test_the_next_key_is_published_before_it_signs_and_the_old_one_stays_after() -> None:
    linked, begun = await connection(), now()
    await rotate(linked, at=begun - timedelta(days=90))
    await rotate(linked, at=begun)
    later = begun + OVERLAP
    assert await published(linked, at=begun) == ["int-2", "int-1"]
    assert (await signer(linked, at=begun)).kid == "int-1"
    assert (await signer(linked, at=later)).kid == "int-2"
    assert await published(linked, at=later + timedelta(hours=1)) == ["int-2", "int-1"]
    assert await published(linked, at=later + OVERLAP) == ["int-2"]


async def test_a_second_rotation_waits_for_the_first_unless_a_key_leaked() -> None:
    linked = await connection()
    await rotate(linked)
    await rotate(linked)
    with pytest.raises(WrongState, match="int-2 is published already"):
        await rotate(linked)
    assert await rotate(linked, at_once=True) == "int-3"
    assert await published(linked) == ["int-3"]
    assert (await signer(linked)).kid == "int-3"


async def test_credentials_hold_the_key_of_the_moment() -> None:
    linked = await connection()
    await rotate(linked)
    async with serving(None):
        opened = await credentials.opened(connection_id=linked)
    assert opened["signing_key_id"] == "int-1"
    assert opened["signing_key"].startswith("-----BEGIN PRIVATE KEY-----")


async def test_only_who_keeps_the_connection_makes_its_keys() -> None:
    area = await make_area()
    of_area = await make_connection(area, auth_mode="signed_jwt")
    who = manager(area)
    async with tenant_scope(who):
        assert await rotate_signing_key(by=who, connection_id=of_area, bits=2048) == "key-1"
    national = await connection()
    with pytest.raises(NotFound):
        async with tenant_scope(who):
            await rotate_signing_key(by=who, connection_id=national, bits=2048)
    with pytest.raises(NotFound):
        await rotate(uuid7())
    reader = manager(await make_area())
    with pytest.raises((NotAllowed, NotFound)):
        async with tenant_scope(reader):
            await rotate_signing_key(by=reader, connection_id=of_area, bits=2048)


async def test_the_private_half_is_the_workers_alone() -> None:
    linked = await connection()
    await rotate(linked)
    for scope in (tenant_scope(administrator()), public_scope()):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scope:
                await sql.fetch("select sealed from connection_signing_key where connection_id = $1", linked)


async def test_a_rotation_is_in_the_audit_trail_without_a_key() -> None:
    linked = await connection()
    await rotate(linked)
    async with tenant_scope(administrator(), readonly=True):
        row = await sql.fetch_one(
            "select action, after::text as after from audit.event where subject_id = $1 order by seq desc limit 1",
            str(linked),
        )
    assert row is not None
    assert row["action"] == "connection.rotate_key"
    assert '"int-1"' in row["after"]
    assert "PRIVATE" not in row["after"]


def test_keys_are_as_long_as_the_nhs_recommends() -> None:
    assert BITS == 4096
