"""Reading sign-in providers and machine clients. Sealed secrets are opened only inside the sign-in scope."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from asyncpg import Record

from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderRow:
    """A place where people may sign in."""

    id: UUID
    slug: str
    name: str
    issuer: str
    client_id: str
    client_auth: str
    scopes: str
    enabled: bool
    version: int
    sealed_secret: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClientRow:
    """A machine client and which role each of its scopes gives, in one area or nationally."""

    id: UUID
    name: str
    issuer: str
    client_id: str
    scope_roles: Mapping[str, str]
    area_id: int | None
    enabled: bool
    version: int
    area_merged: bool  #: into another: it is read, and takes no more changes
    standing: str = field(repr=False)  #: the versions of the row and of its area, for `security.client_live`


_PROVIDER = """
select id, slug, name, issuer, client_id, client_auth, scopes, enabled, version, sealed_secret from identity_provider
"""
_CLIENT = """
select id, name, issuer, client_id, scope_roles::text as scope_roles, area_id, enabled, version,
    exists (select from area a where a.id = machine_client.area_id and a.lifecycle = 'merged') as area_merged,
    concat_ws('.', xmin, (select a.xmin from area a where a.id = machine_client.area_id)) as standing
from machine_client
"""


async def providers(*, enabled_only: bool = True) -> list[ProviderRow]:
    """Return the sign-in providers by name."""
    rows = await sql.fetch(f"{_PROVIDER} where enabled or not $1 order by name", enabled_only)
    return [ProviderRow(**row) for row in rows]


async def sealed_for_update() -> list[ProviderRow]:
    """Return every provider that has a secret, by slug; no one else changes them before this transaction ends."""
    rows = await sql.fetch(f"{_PROVIDER} where sealed_secret is not null order by slug for update")
    return [ProviderRow(**row) for row in rows]


async def provider(*, slug: str) -> ProviderRow | None:
    """Return the provider with that slug, enabled or not, or None."""
    row = await sql.fetch_one(f"{_PROVIDER} where slug = $1", slug)
    return None if row is None else ProviderRow(**row)


async def machine_clients(*, enabled_only: bool = True) -> list[ClientRow]:
    """Return the machine clients by name."""
    rows = await sql.fetch(f"{_CLIENT} where enabled or not $1 order by name", enabled_only)
    return [_client(row) for row in rows]


async def machine_client(*, issuer: str, client_id: str) -> ClientRow | None:
    """Return the machine client of that issuer with that id, or None."""
    row = await sql.fetch_one(f"{_CLIENT} where issuer = $1 and client_id = $2", issuer, client_id)
    return None if row is None else _client(row)


async def machine_client_by_id(*, client: UUID) -> ClientRow | None:
    """Return one machine client, or None."""
    row = await sql.fetch_one(f"{_CLIENT} where id = $1", client)
    return None if row is None else _client(row)


def _client(row: Record) -> ClientRow:
    return ClientRow(**{**row, "scope_roles": json.loads(row["scope_roles"])})
