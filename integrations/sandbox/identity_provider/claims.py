"""What the provider says about a person."""

import time
from typing import Any

from integrations.sandbox.identity_provider.config import Client, Person
from integrations.sandbox.identity_provider.state import TOKEN_SECONDS, Grant, State


def person_claims(person: Person, *, scope: str) -> dict[str, Any]:
    """The claims that the scopes open."""
    scopes = scope.split()
    claims: dict[str, Any] = {"sub": person.sub}
    if "profile" in scopes:
        given, _, family = person.name.rpartition(" ")
        claims |= {"name": person.name, "given_name": given, "family_name": family}
    if "email" in scopes:
        claims |= {"email": person.email, "email_verified": True}
    if "organisation" in scopes:
        claims["organisation"] = {} if person.organisation is None else person.organisation
    return claims


def id_token_claims(provider: State, client: Client, grant: Grant, *, at_hash: str) -> dict[str, Any]:
    """The ID token's claims for this grant."""
    now = int(time.time())
    said = person_claims(provider.config.people[grant.sub], scope=grant.request.scope)
    claims = {
        **(said if client.claims_in_id_token else {}),
        "iss": provider.config.issuer_url(grant.request.issuer),
        "sub": grant.sub,
        "aud": client.client_id,
        "iat": now,
        "exp": now + TOKEN_SECONDS,
        "auth_time": int(grant.made_at),
        "sid": grant.session_id,
        "at_hash": at_hash,
        "amr": ["demo"],
    }
    return claims | ({"nonce": grant.request.nonce} if grant.request.nonce else {})
