"""The keys with which we sign for an agency: their lives, and the next one. Never the private half."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from concordat_graphql import ids
from concordat_graphql.context import Info, reading
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from infra.clock import now
from tenants.connections.permissions import check_can_keep, check_can_read
from tenants.connections.queries import links
from tenants.connections.signing_keys import queries, rules
from tenants.connections.signing_keys.rules import Key
from tenants.connections.signing_keys.service import new_key, rotate_signing_key
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem


@strawberry.type
class SigningKey:
    """A key's life: published from `madeAt`, used from `signsFrom`, gone from the published set at `withdrawnAt`."""

    kid: str
    made_at: datetime
    made_by_name: str
    signs_from: datetime
    withdrawn_at: datetime | None
    state: str = strawberry.field(description="waiting, signing, published or withdrawn")

    @classmethod
    def of(cls, key: Key, *, signing: Key | None, at: datetime) -> Self:
        """Return the type of a key as it stands at a moment."""
        return cls(
            kid=key.kid,
            made_at=key.made_at,
            made_by_name=key.made_by_name,
            signs_from=key.signs_from,
            withdrawn_at=key.withdrawn_at,
            state=rules.state_of(key, signing=signing, at=at).value,
        )


@strawberry.type
class SigningKeys:
    """The keys of a connection, the newest first, and the path below this service at which they are published."""

    connection_id: strawberry.ID
    path: str
    keys: list[SigningKey]


SigningKeysResult = Annotated[SigningKeys | Failed, strawberry.union("SigningKeysResult")]


@strawberry.input
class RotateSigningKeyInput:
    """The connection whose next key is made; `at_once` only for a key that others may know."""

    idempotency_key: str
    connection_id: strawberry.ID
    at_once: bool = False


async def _read(connection_id: UUID) -> SigningKeys:
    at, known = now(), await queries.keys(connection_id=connection_id)
    signing = rules.signing(known, at=at)
    return SigningKeys(
        connection_id=ids.encode("AgencyConnection", connection_id),
        path=f"/.well-known/jwks/{connection_id}",
        keys=[SigningKey.of(key, signing=signing, at=at) for key in sorted(known, key=_made, reverse=True)],
    )


def _made(key: Key) -> datetime:
    return key.made_at


@strawberry.type
class SigningKeysQuery:
    """Reading signing keys."""

    @strawberry.field(description="A connection's signing keys; null when it is not the reader's to see.")
    async def signing_keys(self, info: Info, connection_id: strawberry.ID) -> SigningKeys | None:
        actor = info.context.person
        connection = ids.decode_uuid("AgencyConnection", connection_id, field="connectionId")
        async with reading(info, own=True):
            row = await links.connection(connection_id=connection)
            if row is None:
                return None
            check_can_read(actor, area_id=row.area_id)
            return await _read(connection)


@strawberry.type
class SigningKeysMutation:
    """Making the next signing key."""

    @strawberry.mutation(description="Make the next signing key and publish it; it signs after the overlap.")
    async def rotate_signing_key(self, info: Info, input: RotateSigningKeyInput) -> SigningKeysResult:
        key = await _key_for(info, input.connection_id)

        async def work(by: Actor) -> UUID:
            connection_id = ids.decode_uuid("AgencyConnection", input.connection_id, field="connectionId")
            await rotate_signing_key(by=by, connection_id=connection_id, at_once=input.at_once, key=key)
            return connection_id

        async def load(result: str) -> SigningKeys:
            row = seen(await links.connection(connection_id=UUID(result)))
            return await _read(row.id)

        return await perform(info, input=input, command="connection.rotate_key", work=work, load=load)


async def _key_for(info: Info, opaque: strawberry.ID) -> RSAPrivateKey | None:
    """Return a key made before anything is locked: a twin of the request waits three seconds for it at most. None where
    the person may not make one, which the command itself tells."""
    try:
        connection = ids.decode_uuid("AgencyConnection", opaque, field="connectionId")
        async with reading(info, own=True):
            row = await links.connection(connection_id=connection)
            check_can_keep(info.context.person, area_id=seen(row).area_id)
    except Problem:
        return None
    await info.context.renew()
    async with info.context.unhurried():
        return await new_key()
