"""The userinfo endpoint."""

import time
from typing import Any

from litestar import Request, get

from integrations.sandbox.identity_provider.claims import person_claims
from integrations.sandbox.identity_provider.discovery import check_issuer
from integrations.sandbox.identity_provider.errors import Refused
from integrations.sandbox.identity_provider.state import TOKEN_SECONDS, State


@get("/{issuer:str}/userinfo", sync_to_thread=False)
def userinfo(issuer: str, request: Request[Any, Any, Any], provider: State) -> dict[str, Any]:
    check_issuer(provider, issuer)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    grant = provider.access_tokens.get(token) if scheme.lower() == "bearer" else None
    if grant is None or grant.request.issuer != issuer or time.time() - grant.made_at > TOKEN_SECONDS:
        raise Refused("invalid_token", status=401)
    return person_claims(provider.config.people[grant.sub], scope=grant.request.scope)
