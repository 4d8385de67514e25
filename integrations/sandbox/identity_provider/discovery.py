"""The discovery document and the published keys."""

from typing import Any

from litestar import get
from litestar.exceptions import NotFoundException

from integrations.sandbox.identity_provider.state import State


def check_issuer(provider: State, issuer: str) -> str:
    """The issuer's address; 404 for one that we do not have."""
    if issuer not in provider.config.issuers:
        raise NotFoundException
    return provider.config.issuer_url(issuer)


@get("/{issuer:str}/.well-known/openid-configuration", sync_to_thread=False)
def discovery(issuer: str, provider: State) -> dict[str, Any]:
    base = check_issuer(provider, issuer)
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "userinfo_endpoint": f"{base}/userinfo",
        "jwks_uri": f"{base}/jwks",
        "end_session_endpoint": f"{base}/end-session",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "PS256"],
        "token_endpoint_auth_methods_supported": [
            "client_secret_basic",
            "client_secret_post",
            "private_key_jwt",
        ],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256", "ES256"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "organisation"],
        "claims_supported": ["sub", "name", "email", "email_verified", "sid", "organisation"],
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }


@get("/{issuer:str}/jwks", sync_to_thread=False)
def jwks(issuer: str, provider: State) -> dict[str, Any]:
    check_issuer(provider, issuer)
    return provider.keys(issuer).public()
