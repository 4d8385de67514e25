"""Token requests, one function for each way of authenticating. Make a new one for every attempt: an NHS token endpoint
remembers each assertion for thirty days, also that of a request it never answered.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus
from uuid import uuid4

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from joserfc import jwt
from joserfc.jwk import RSAKey

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: seconds; the NHS refuses more than 300
ASSERTION_LIFETIME = 240


@dataclass(frozen=True, kw_only=True)
class TokenRequest:
    """One POST to a token endpoint: its address, its encoded form and its headers."""

    url: str
    body: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


def by_secret(
    *, url: str, client_id: str, secret: str, method: str = "client_secret_basic", scope: str | None = None
) -> TokenRequest:
    """Return a request authenticated by a secret, `client_secret_basic` or `client_secret_post`. RFC 6749 §2.3.1.

    In a Basic header both are form-encoded first, as the RFC says and Authlib leaves to its caller.
    """
    body = prepare_token_request("client_credentials", scope=scope)
    encode = quote_plus if method == "client_secret_basic" else str
    auth = ClientAuth(encode(client_id), encode(secret), method)
    uri, headers, body = auth.prepare("POST", url, dict(_FORM), body)
    return TokenRequest(url=uri, body=body, headers=headers)


def by_signed_jwt(
    *, url: str, client_id: str, private_key: str, kid: str, alg: str = "RS512", audience: str | None = None
) -> TokenRequest:
    """Return a request authenticated by an assertion under our own key. RFC 7523 §2.2; NHS wants RS512 and a kid.

    Raises `ValueError` when `private_key` is not an RSA key in PEM form.
    """
    assertion = _assertion(header={"kid": kid}, alg=alg, pem=private_key, client_id=client_id, audience=audience or url)
    form = {"client_assertion_type": JWT_BEARER, "client_assertion": assertion}
    return TokenRequest(url=url, body=prepare_token_request("client_credentials", **form), headers=dict(_FORM))


def by_certificate(
    *,
    url: str,
    client_id: str,
    private_key: str,
    thumbprint: Mapping[str, str],
    scope: str,
    alg: str = "PS256",
) -> TokenRequest:
    """Return a request authenticated by a certificate's key, for Microsoft Entra.

    `thumbprint` is the header that names the certificate: `{"x5t#S256": ...}`, or `{"x5t": ...}` for older tenants.
    """
    assertion = _assertion(header=thumbprint, alg=alg, pem=private_key, client_id=client_id, audience=url)
    form = {"client_id": client_id, "client_assertion_type": JWT_BEARER, "client_assertion": assertion}
    body = prepare_token_request("client_credentials", scope=scope, **form)
    return TokenRequest(url=url, body=body, headers=dict(_FORM))


def _assertion(*, header: Mapping[str, str], alg: str, pem: str, client_id: str, audience: str) -> str:
    now = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "aud": audience, "jti": str(uuid4()), "iat": now, "nbf": now}
    claims["exp"] = now + ASSERTION_LIFETIME
    return jwt.encode({"typ": "JWT", "alg": alg, **header}, claims, RSAKey.import_key(pem), algorithms=[alg])
