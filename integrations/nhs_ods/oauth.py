"""Two ways in: the live directory checks an API key, the platform's token gives access to the sandbox and to others."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from integrations.connector import Link, Secrets
from integrations.oauth.requests import TokenRequest, by_signed_jwt

API_KEY = "api_key"
SIGNED_JWT = "signed_jwt"
_TOKEN_PATH = "/oauth2/token"  # noqa: S105 - a path


def authorise(link: Link, secrets: Secrets) -> TokenRequest | Mapping[str, str]:
    """Return the API key's header, or a token request with an assertion that was never sent before.

    The platform remembers every assertion for thirty days, before it looks at the signature: one for each attempt.
    Raises `KeyError` for a credential that is not set.
    """
    if link.auth_mode == API_KEY:
        return {"apikey": secrets["api_key"]}
    return by_signed_jwt(
        url=token_url(link),
        client_id=str(link.options["client_id"]),
        private_key=secrets["signing_key"],
        kid=secrets["signing_key_id"],
        alg="RS512",
    )


def token_url(link: Link) -> str:
    """Return the token endpoint, which is also the assertion's audience: the option, or that of the same host."""
    parts = urlsplit(link.base_url)
    return str(link.options.get("token_url") or f"{parts.scheme}://{parts.netloc}{_TOKEN_PATH}")
