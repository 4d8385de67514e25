"""The token endpoint: a code for tokens, or a machine client's own token."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from typing import Annotated, Any
from uuid import uuid4

from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body

from integrations.sandbox.identity_provider.claims import id_token_claims
from integrations.sandbox.identity_provider.client_auth import known_client
from integrations.sandbox.identity_provider.config import Client
from integrations.sandbox.identity_provider.discovery import check_issuer
from integrations.sandbox.identity_provider.errors import Refused
from integrations.sandbox.identity_provider.state import TOKEN_SECONDS, Grant, State

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/{issuer:str}/token", status_code=200, sync_to_thread=False)
def token(issuer: str, data: Form, request: Request[Any, Any, Any], provider: State) -> Response[dict[str, Any]]:
    check_issuer(provider, issuer)
    authorization = request.headers.get("authorization")
    client = known_client(provider, issuer=issuer, authorization=authorization, form=data)
    if data.get("grant_type") == "authorization_code":
        body = _for_code(provider, issuer, client, data)
    elif data.get("grant_type") == "client_credentials":
        body = _for_machine(provider, issuer, client, data.get("scope", ""))
    else:
        raise Refused("unsupported_grant_type")
    return Response(body, headers={"Cache-Control": "no-store"})


def _for_code(provider: State, issuer: str, client: Client, form: dict[str, str]) -> dict[str, Any]:
    code = form.get("code", "")
    grant = provider.redeem(code)
    if grant is None or (grant.request.client_id, grant.request.issuer) != (client.client_id, issuer):
        raise Refused("invalid_grant", "unknown, used or expired code")
    if grant.request.redirect_uri != form.get("redirect_uri"):
        raise Refused("invalid_grant", "other redirect_uri than asked for")
    if not compare_digest(challenge(form.get("code_verifier", "")), grant.request.challenge):
        raise Refused("invalid_grant", "code_verifier does not fit")
    return _tokens(provider, client, grant, access_token=provider.open_access(code, grant))


def _tokens(provider: State, client: Client, grant: Grant, *, access_token: str) -> dict[str, Any]:
    claims = id_token_claims(provider, client, grant, at_hash=_half_hash(access_token))
    signed = provider.keys(grant.request.issuer).sign(claims, algorithm=client.algorithm)
    return {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "scope": grant.request.scope,
        "id_token": signed,
    }


def _for_machine(provider: State, issuer: str, client: Client, scope: str) -> dict[str, Any]:
    """An access token as a JWT (RFC 9068)."""
    if client.audience is None:
        raise Refused("unauthorized_client")
    asked = scope.split() or list(client.scopes)
    if not set(asked) <= set(client.scopes):
        raise Refused("invalid_scope")
    now = int(time.time())
    claims = {
        "iss": provider.config.issuer_url(issuer),
        "aud": client.audience,
        "sub": client.client_id,
        "client_id": client.client_id,
        "azp": client.client_id,
        "scope": " ".join(asked),
        "iat": now,
        "exp": now + TOKEN_SECONDS,
        "jti": str(uuid4()),
    }
    signed = provider.keys(issuer).sign(claims, algorithm=client.algorithm, typ="at+jwt")
    return {
        "access_token": signed,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "scope": claims["scope"],
    }


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636 §4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def _half_hash(value: str) -> str:
    return urlsafe_b64encode(sha256(value.encode()).digest()[:16]).decode().rstrip("=")
