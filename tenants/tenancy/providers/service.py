"""Use cases of a platform administrator on sign-in providers and machine clients."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from infra.sealing import seal
from tenants.audit.service import PLATFORM, record
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problem
from tenants.tenancy.inputs import Gather
from tenants.tenancy.permissions import check_can_administer
from tenants.tenancy.providers import queries
from tenants.tenancy.roles import AREA_ROLES, NATIONAL_ROLES, Role

CLIENT_AUTH = ("client_secret_basic", "client_secret_post", "private_key_jwt")
PROVIDER, CLIENT = "sign-in provider", "system"  #: what people call them
MOST_SECRET = 8000  #: characters; the longest are private keys
_MACHINE_ROLES = {role.value for role in AREA_ROLES | NATIONAL_ROLES}


def place_of(slug: str) -> str:
    """Return the place under which a provider's secret is sealed."""
    return f"identity_provider|{slug}"


async def save_provider(
    *,
    by: Actor,
    slug: str,
    name: str,
    issuer: str,
    client_id: str,
    secret: str | None,
    client_auth: str = "client_secret_basic",
    scopes: str = "openid profile email",
    enabled: bool = True,
    version: int | None = None,
) -> UUID:
    """Add a provider, or change the one with that slug; without a secret the stored one stays. Return its id.

    The slug is part of the redirect address registered at the provider, so it never changes. `version` is the one
    that the administrator saw, 0 for a new provider, None to write what is there.
    Raises `Problems` with all that is wrong, `Invalid`, `Conflict`.
    """
    check_can_administer(by)
    check = Gather()
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,40}", slug):
        check.wrong("Enter a web name in small letters, numbers and hyphens, like schools.", field="slug")
    name = check(checks.text, name, name="the name people see", field="name", most=120, least=2)
    issuer = check(_issuer, issuer)
    client_id = check(checks.text, client_id, name="the client id", field="clientId")
    if len(secret or "") > MOST_SECRET:
        check.wrong(f"The secret must be {MOST_SECRET} characters or fewer.", field="secret")
    check(checks.choice, client_auth, of=CLIENT_AUTH, field="clientAuth", name="how we prove who we are")
    scopes = check(checks.text, scopes, name="the scopes", field="scopes")
    check.done()
    if version is not None:
        _check_version(await queries.provider(slug=slug), version=version, what=PROVIDER, field="slug")
    provider_id: UUID | None = await sql.fetch_value(
        """insert into identity_provider
            (id, slug, name, issuer, client_id, sealed_secret, client_auth, scopes, enabled)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (slug) do update set name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id,
            sealed_secret = coalesce(excluded.sealed_secret, identity_provider.sealed_secret),
            client_auth = excluded.client_auth, scopes = excluded.scopes, enabled = excluded.enabled,
            version = identity_provider.version + 1
            where $10::integer is null or identity_provider.version = $10
        returning id""",
        uuid7(), slug, name, issuer, client_id,
        seal(secret, place=place_of(slug)) if secret else None,
        client_auth, scopes, enabled, version,
    )  # fmt: skip
    if provider_id is None:
        raise _overtaken(version=version, what=PROVIDER, field="slug")
    await record(
        by=by,
        area_id=PLATFORM,
        action="provider.save",
        subject=("identity_provider", provider_id),
        after={"slug": slug, "issuer": issuer, "enabled": enabled, "new_secret": bool(secret)},
    )
    return provider_id


def _issuer(issuer: str) -> str:
    checks.link(issuer, field="issuer", name="the issuer")
    return checks.text(issuer, name="the issuer", field="issuer", most=500)


def _check_version(
    found: queries.ProviderRow | queries.ClientRow | None, *, version: int, what: str, field: str
) -> None:
    if version != (0 if found is None else found.version):
        raise _overtaken(version=version, what=what, field=field)


def _overtaken(*, version: int | None, what: str, field: str) -> Problem:
    """Return `Invalid` when a new one is there already, `Conflict` when it is not as the administrator saw it."""
    if version == 0:
        return Invalid(f"There is already such a {what}. Change that one instead.", field=field)
    return Conflict(what)


async def save_machine_client(
    *,
    by: Actor,
    name: str,
    issuer: str,
    client_id: str,
    scope_roles: Mapping[str, str],
    area_id: int | None,
    version: int | None = None,
) -> UUID:
    """Trust a machine client of an issuer, or change what its scopes give; return its id.

    `version` as for `save_provider`. Raises `Problems` with all that is wrong, `Invalid`, `Conflict`.
    """
    check_can_administer(by)
    check = Gather()
    name = check(checks.text, name, name="the name of the system", field="name", most=120, least=2)
    issuer = check(_issuer, issuer)
    client_id = check(checks.text, client_id, name="the client id", field="clientId")
    check(_check_scope_roles, scope_roles, area_id=area_id)
    check.done()
    if version is not None:
        known = await queries.machine_client(issuer=issuer, client_id=client_id)
        _check_version(known, version=version, what=CLIENT, field="clientId")
    client: UUID | None = await sql.fetch_value(
        """insert into machine_client (id, name, issuer, client_id, scope_roles, area_id)
        values ($1, $2, $3, $4, $5::text::jsonb, $6)
        on conflict (issuer, client_id) do update set name = excluded.name, scope_roles = excluded.scope_roles,
            area_id = excluded.area_id, version = machine_client.version + 1
            where $7::integer is null or machine_client.version = $7
        returning id""",
        uuid7(),
        name,
        issuer,
        client_id,
        json.dumps(dict(scope_roles)),
        area_id,
        version,
    )
    if client is None:
        raise _overtaken(version=version, what=CLIENT, field="clientId")
    await record(
        by=by,
        area_id=PLATFORM,
        action="client.save",
        subject=("machine_client", client),
        after={"issuer": issuer, "client_id": client_id, "scope_roles": dict(scope_roles), "area_id": area_id},
    )
    return client


def _check_scope_roles(scope_roles: Mapping[str, str], *, area_id: int | None) -> None:
    if not scope_roles or not set(scope_roles.values()) <= _MACHINE_ROLES:
        raise Invalid("Give each scope one role that a machine may hold.", field="scopeRoles")
    if not all(re.fullmatch(r"[\x21\x23-\x5b\x5d-\x7e]{1,100}", scope) for scope in scope_roles):  # RFC 6749 3.3
        raise Invalid("A scope has no spaces or quotation marks.", field="scopeRoles")
    local = {Role(role) in AREA_ROLES for role in scope_roles.values()}
    if len(local) == 2:
        raise Invalid("Give a system either roles of one area or national roles, not both.", field="scopeRoles")
    if local == {True} and area_id is None:
        raise Invalid("Choose the area in which the system holds this role.", field="areaId")
    if local == {False} and area_id is not None:
        raise Invalid("A national role is held in no one area.", field="areaId")


async def switch_machine_client(*, by: Actor, client: UUID, enabled: bool) -> UUID:
    """Trust a machine client again, or stop trusting it from the next request on. Raises `NotFound`."""
    check_can_administer(by)
    found = await sql.fetch_value(
        "update machine_client set enabled = $2, version = version + 1 where id = $1 returning id", client, enabled
    )
    if found is None:
        raise NotFound("system")
    await record(by=by, area_id=PLATFORM, action="client.switch", subject=("machine_client", client),
                 after={"enabled": enabled})
    return client


async def switch_provider(*, by: Actor, slug: str, enabled: bool) -> UUID:
    """Let people sign in at a provider, or stop it. Raises `NotFound`."""
    check_can_administer(by)
    found = await queries.provider(slug=slug)
    if found is None:
        raise NotFound("sign-in provider")
    await sql.execute(
        "update identity_provider set enabled = $2, version = version + 1 where id = $1", found.id, enabled
    )
    await record(
        by=by,
        area_id=PLATFORM,
        action="provider.switch",
        subject=("identity_provider", found.id),
        after={"enabled": enabled},
    )
    return found.id
