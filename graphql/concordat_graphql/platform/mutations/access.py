"""Describing where people sign in and which systems may bring tokens. A secret goes in and never comes out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.platform.access_types import MachineClient, SignInProvider
from concordat_graphql.platform.names import area_name, areas_by_id
from concordat_graphql.problems import Failed
from tenants.tenancy.errors import Invalid
from tenants.tenancy.providers import queries, service

SignInProviderResult = Annotated[SignInProvider | Failed, strawberry.union("SignInProviderResult")]
MachineClientResult = Annotated[MachineClient | Failed, strawberry.union("MachineClientResult")]


@strawberry.input
class SaveSignInProviderInput:
    """A sign-in provider. `version` is the one that was seen, 0 for a new one; no secret keeps the stored one."""

    idempotency_key: str
    version: int
    slug: str
    name: str
    issuer: str
    client_id: str
    client_auth: str
    scopes: str
    secret: str | None = None
    enabled: bool = True


@strawberry.input
class SwitchSignInProviderInput:
    """A sign-in provider to switch on or off."""

    idempotency_key: str
    slug: str
    enabled: bool


@strawberry.input
class ScopeRoleInput:
    """The role that a scope gives."""

    scope: str
    role: str


@strawberry.input
class SaveMachineClientInput:
    """A system whose tokens we take. `version` is the one that was seen, 0 for a new one."""

    idempotency_key: str
    version: int
    name: str
    issuer: str
    client_id: str
    scope_roles: list[ScopeRoleInput]
    area_id: strawberry.ID | None = None


@strawberry.input
class SwitchMachineClientInput:
    """A system to trust or not to trust any more."""

    idempotency_key: str
    machine_client_id: strawberry.ID
    enabled: bool


@strawberry.type
class AccessMutation:
    """Sign-in providers and machine clients, by a platform administrator."""

    @strawberry.mutation(description="Add or change a place where people sign in.")
    async def save_sign_in_provider(self, info: Info, input: SaveSignInProviderInput) -> SignInProviderResult:
        return await perform(
            info,
            input=input,
            command="provider.save",
            work=lambda by: service.save_provider(
                by=by,
                slug=input.slug,
                name=input.name,
                issuer=input.issuer,
                client_id=input.client_id,
                secret=input.secret,
                client_auth=input.client_auth,
                scopes=input.scopes,
                enabled=input.enabled,
                version=input.version,
            ),
            load=lambda _: _provider(input.slug),
        )

    @strawberry.mutation(description="Let people sign in at a provider, or stop it.")
    async def switch_sign_in_provider(self, info: Info, input: SwitchSignInProviderInput) -> SignInProviderResult:
        return await perform(
            info,
            input=input,
            command="provider.switch",
            work=lambda by: service.switch_provider(by=by, slug=input.slug, enabled=input.enabled),
            load=lambda _: _provider(input.slug),
        )

    @strawberry.mutation(description="Trust a system of an issuer, or change what its scopes give.")
    async def save_machine_client(self, info: Info, input: SaveMachineClientInput) -> MachineClientResult:
        return await perform(
            info,
            input=input,
            command="client.save",
            work=lambda by: service.save_machine_client(
                by=by,
                name=input.name,
                issuer=input.issuer,
                client_id=input.client_id,
                scope_roles=_each_once(input.scope_roles),
                area_id=None if input.area_id is None else ids.decode_area(input.area_id),
                version=input.version,
            ),
            load=_client,
        )

    @strawberry.mutation(description="Trust a system again, or stop trusting it.")
    async def switch_machine_client(self, info: Info, input: SwitchMachineClientInput) -> MachineClientResult:
        return await perform(
            info,
            input=input,
            command="client.switch",
            work=lambda by: service.switch_machine_client(
                by=by,
                client=ids.decode_uuid("MachineClient", input.machine_client_id, field="machineClientId"),
                enabled=input.enabled,
            ),
            load=_client,
        )


def _each_once(given: list[ScopeRoleInput]) -> dict[str, str]:
    roles = {one.scope: one.role for one in given}
    if len(roles) != len(given):
        raise Invalid("Name each scope once.", field="scopeRoles")
    return roles


async def _provider(slug: str) -> SignInProvider:
    row = seen(await queries.provider(slug=slug))
    return SignInProvider.of(row)


async def _client(result: str) -> MachineClient:
    row = seen(await queries.machine_client_by_id(client=UUID(result)))
    areas = await areas_by_id([row.area_id])
    area = areas.get(row.area_id)
    return MachineClient.of(row, area_name=area_name(areas, row.area_id), area_slug=area.slug if area else None)
