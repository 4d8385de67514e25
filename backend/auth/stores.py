"""Where sign-in keeps what it needs: providers as described in the database, sign-ins that have begun."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from backend.auth.bearer import LAST_SECOND, TrustedIssuer
from backend.auth.oidc.pending import LASTS, PendingSignIn
from backend.auth.oidc.provider import ClientKey, ClientSecret, Provider
from infra.database import sql
from infra.sealing import CannotOpen, unseal
from infra.secrets import token_hash
from infra.telemetry.logs import logger
from tenants.tenancy.providers import queries
from tenants.tenancy.providers.queries import ProviderRow
from tenants.tenancy.providers.service import place_of
from tenants.tenancy.scope import system_scope

LOG = logger("sign-in")
SIGN_IN = "signing in"
KEPT_AFTER = timedelta(minutes=5)  #: longer than the leeway with which a token's time is read


async def sign_in_providers() -> list[Provider]:
    """Return the providers people may sign in with, by name; one whose secret does not open is left out."""
    async with system_scope(SIGN_IN, powers=["signin"]):
        rows = await queries.providers()
    return [provider for row in rows if (provider := _opened(row)) is not None]


async def sign_in_provider(slug: str) -> Provider | None:
    """Return the enabled provider with that slug, or None."""
    async with system_scope(SIGN_IN, powers=["signin"]):
        row = await queries.provider(slug=slug)
    return _opened(row) if row is not None and row.enabled else None


def _opened(row: ProviderRow) -> Provider | None:
    """Return the provider, or None when its secret was sealed under another key: the others still work."""
    try:
        return _provider(row)
    except CannotOpen:
        LOG.error("provider_secret_does_not_open", provider=row.slug)
        return None


def _provider(row: ProviderRow) -> Provider:
    secret = "" if row.sealed_secret is None else unseal(row.sealed_secret, place=place_of(row.slug))
    credential: ClientSecret | ClientKey
    if row.client_auth == "private_key_jwt":
        credential = ClientKey(pem=SecretStr(secret), kid=row.slug)
    else:
        credential = ClientSecret(
            secret=SecretStr(secret),
            sent_as="client_secret_post" if row.client_auth == "client_secret_post" else "client_secret_basic",
        )
    return Provider(
        slug=row.slug,
        name=row.name,
        issuer=row.issuer,
        client_id=row.client_id,
        credential=credential,
        scopes=tuple(row.scopes.split()),
    )


async def trusted_issuers(*, audience: str) -> list[TrustedIssuer]:
    """Return the issuers whose tokens machine clients may bring, each with its listed clients."""
    async with system_scope(SIGN_IN, powers=["signin"]):
        rows = await queries.machine_clients()
    issuers: dict[str, TrustedIssuer] = {}
    for row in rows:
        known = issuers.get(row.issuer)
        issuers[row.issuer] = TrustedIssuer(
            issuer=row.issuer,
            audience=audience,
            clients=(known.clients if known else frozenset()) | {row.client_id},
            scope_roles={**(known.scope_roles if known else {}), **row.scope_roles},
        )
    return list(issuers.values())


class DatabasePendingStore:
    """Sign-ins that have begun, in PostgreSQL: any web process can finish what another began."""

    async def put(self, pending: PendingSignIn) -> None:
        """Keep the sign-in until it is taken; forget those that were never finished."""
        values = {**dataclasses.asdict(pending), "begun_at": pending.begun_at.isoformat()}
        async with system_scope(SIGN_IN, powers=["signin"]):
            await sql.execute("delete from pending_sign_in where created_at < now() - $1::interval", LASTS * 2)
            await sql.execute(
                "insert into pending_sign_in (state_hash, provider, payload) values ($1, $2, $3::text::jsonb)",
                token_hash(pending.state),
                pending.provider_slug,
                json.dumps(values),
            )

    async def take(self, state: str) -> PendingSignIn | None:
        """Return the sign-in with that state and forget it, in one step; None when there is none (any more)."""
        async with system_scope(SIGN_IN, powers=["signin"]):
            payload = await sql.fetch_value(
                "delete from pending_sign_in where state_hash = $1 returning payload::text", token_hash(state)
            )
        if payload is None:
            return None
        values = json.loads(payload)
        return PendingSignIn(**{**values, "begun_at": datetime.fromisoformat(values["begun_at"])})


class DatabaseSeenTokens:
    """Logout tokens that were taken, in PostgreSQL: a token works once whichever web process it reaches."""

    async def first_time(self, *, issuer: str, token_id: str, until: int) -> bool:
        """Return whether this is the first caller with that id; remembers it until the token has run out."""
        last = datetime.fromtimestamp(min(until, LAST_SECOND), tz=UTC) + KEPT_AFTER
        async with system_scope(SIGN_IN, powers=["signin"]):
            await sql.execute("delete from seen_logout_token where until < now()")
            first = await sql.fetch_value(
                "insert into seen_logout_token (issuer, token_hash, until) values ($1, $2, $3) "
                "on conflict do nothing returning true",
                issuer,
                token_hash(token_id),
                last,
            )
        return bool(first)
