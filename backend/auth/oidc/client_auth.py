"""How we prove to a provider's token endpoint that we are the client it knows (RFC 6749 §2.3, RFC 7523)."""

import time
from base64 import b64encode
from functools import lru_cache
from secrets import token_urlsafe
from urllib.parse import quote_plus

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from backend.auth.oidc.provider import ClientKey, Provider

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 120


def prove_client(
    provider: Provider, *, token_endpoint: str, form: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Returns (headers, form) of a token request with our proof added. A new assertion on every call."""
    credential = provider.credential
    if isinstance(credential, ClientKey):
        audience = token_endpoint if credential.audience == "token_endpoint" else provider.issuer
        signed = assertion(credential, client_id=provider.client_id, audience=audience)
        proof = {
            "client_id": provider.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": signed,
        }
        return {}, {**form, **proof}
    secret = credential.secret.get_secret_value()
    if credential.sent_as == "client_secret_post":
        return {}, {**form, "client_id": provider.client_id, "client_secret": secret}
    return {"Authorization": _basic(provider.client_id, secret)}, form


def _basic(client_id: str, secret: str) -> str:
    # RFC 6749 §2.3.1: both halves are form-encoded first, or a colon in the id would move the border.
    return "Basic " + b64encode(f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()).decode()


def assertion(credential: ClientKey, *, client_id: str, audience: str) -> str:
    """A client assertion that lives for two minutes, with an id never used before."""
    now = int(time.time())
    header = {"alg": credential.algorithm, "kid": credential.kid}
    if credential.thumbprint:
        header["x5t#S256"] = credential.thumbprint
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "jti": token_urlsafe(24),
        "iat": now,
        "nbf": now,
        "exp": now + ASSERTION_SECONDS,
    }
    return jwt.encode(header, claims, _key(credential), algorithms=[credential.algorithm])


@lru_cache(maxsize=32)
def _key(credential: ClientKey) -> RSAKey | ECKey:
    # Reading an RSA key costs 75 ms, because it is proved to be sound.
    pem = credential.pem.get_secret_value()
    return ECKey.import_key(pem) if credential.algorithm == "ES256" else RSAKey.import_key(pem)
