"""Which client is asking: secret in the header, secret in the form, or an assertion signed with its key."""

import time
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from hmac import compare_digest
from urllib.parse import unquote_plus

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry

from integrations.sandbox.identity_provider.config import Client
from integrations.sandbox.identity_provider.errors import Refused
from integrations.sandbox.identity_provider.state import State

LONGEST_ASSERTION_SECONDS = 300


def known_client(provider: State, *, issuer: str, authorization: str | None, form: Mapping[str, str]) -> Client:
    """The client, proven. Raises `Refused` (`invalid_client`, 401)."""
    if "client_assertion" in form:
        return _by_assertion(provider, issuer=issuer, assertion=form["client_assertion"])
    client_id, secret = _basic(authorization) if authorization else (form.get("client_id"), form.get("client_secret"))
    client = provider.config.client(issuer, client_id or "")
    if client is None or not client.client_secret or not secret:
        raise _unknown("unknown client or no secret")
    if not compare_digest(client.client_secret.encode(), secret.encode()):
        raise _unknown("wrong secret")
    return client


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    try:
        client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except (Base64Error, UnicodeDecodeError) as error:
        raise _unknown("malformed header") from error
    if scheme.lower() != "basic":
        raise _unknown("not Basic")
    return unquote_plus(client_id), unquote_plus(secret)


def _by_assertion(provider: State, *, issuer: str, assertion: str) -> Client:
    base = provider.config.issuer_url(issuer)
    for client in provider.config.clients.values():
        if client.public_key is None or provider.config.client(issuer, client.client_id) is None:
            continue
        try:
            key = JWKRegistry.import_key(client.public_key)
            claims = jwt.decode(assertion, key, algorithms=["RS256", "PS256", "ES256"]).claims
        except (JoseError, ValueError):
            continue
        _check_assertion(provider, claims, client=client, audiences=(base, f"{base}/token"))
        return client
    raise _unknown("assertion not signed by a known client")


def _check_assertion(
    provider: State, claims: Mapping[str, object], *, client: Client, audiences: tuple[str, ...]
) -> None:
    now, expires, token_id = time.time(), claims.get("exp"), claims.get("jti")
    if claims.get("iss") != client.client_id or claims.get("sub") != client.client_id:
        raise _unknown("iss and sub must be the client id")
    if claims.get("aud") not in audiences:
        raise _unknown("wrong audience")
    if not isinstance(expires, int) or not now < expires <= now + LONGEST_ASSERTION_SECONDS:
        raise _unknown("exp missing, past, or more than five minutes ahead")
    if not isinstance(token_id, str) or token_id in provider.assertion_ids:
        raise _unknown("jti missing or used before")
    provider.assertion_ids.add(token_id)


def _unknown(description: str) -> Refused:
    return Refused("invalid_client", description, status=401)
