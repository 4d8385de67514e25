"""Sign-in providers and machine clients, without their secrets."""

from __future__ import annotations

from typing import Self

import strawberry

from concordat_graphql import ids
from tenants.tenancy.providers.queries import ClientRow, ProviderRow
from tenants.tenancy.roles import LABELS, Role


@strawberry.type
class SignInProvider:
    """A place where people sign in. Its secret is never told, only whether there is one."""

    id: strawberry.ID
    slug: str
    name: str
    issuer: str
    client_id: str
    client_auth: str
    scopes: str
    enabled: bool
    has_secret: bool
    version: int

    @classmethod
    def of(cls, row: ProviderRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("SignInProvider", row.id),
            slug=row.slug,
            name=row.name,
            issuer=row.issuer,
            client_id=row.client_id,
            client_auth=row.client_auth,
            scopes=row.scopes,
            enabled=row.enabled,
            has_secret=row.sealed_secret is not None,
            version=row.version,
        )


@strawberry.type
class ScopeRole:
    """The role that a scope of an access token gives."""

    scope: str
    role: str
    role_label: str


@strawberry.type
class MachineClient:
    """A system that brings access tokens of its own issuer."""

    id: strawberry.ID
    name: str
    issuer: str
    client_id: str
    scope_roles: list[ScopeRole]
    area_name: str | None
    area_slug: str | None
    enabled: bool
    version: int

    @classmethod
    def of(cls, row: ClientRow, *, area_name: str | None, area_slug: str | None) -> Self:
        """Return the type of a row with its area's name."""
        return cls(
            id=ids.encode("MachineClient", row.id),
            name=row.name,
            issuer=row.issuer,
            client_id=row.client_id,
            scope_roles=[
                ScopeRole(scope=scope, role=role, role_label=LABELS[Role(role)])
                for scope, role in sorted(row.scope_roles.items())
            ],
            area_name=area_name,
            area_slug=area_slug,
            enabled=row.enabled,
            version=row.version,
        )
