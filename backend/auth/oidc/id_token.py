"""The ID token: what OpenID Connect Core §3.1.3.7 asks, and the two checks that libraries leave out."""

from collections.abc import Mapping
from typing import Any

from authlib.oidc.core.util import create_half_hash

from backend.auth.errors import TokenRefused
from backend.auth.issuers import Issuers
from backend.auth.oidc.provider import Provider
from backend.auth.text import is_id, same
from backend.auth.tokens import verify

ID_TOKEN = frozenset({"jwt", None})


async def check_id_token(
    token: str, *, provider: Provider, nonce: str, access_token: str, issuers: Issuers
) -> Mapping[str, Any]:
    """The claims of a token made for this sign-in. Raises `TokenRefused` or `IssuerUnavailable`."""
    signed = await verify(token, issuer=provider.issuer, audience=provider.client_id, types=ID_TOKEN, issuers=issuers)
    claims = signed.claims
    if not is_id(claims.get("sub")):
        raise TokenRefused("claim_sub")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise TokenRefused("claim_azp")
    if not same(claims.get("nonce"), nonce):
        raise TokenRefused("claim_nonce")
    expected = create_half_hash(access_token, signed.algorithm).decode()
    if "at_hash" in claims and not same(claims["at_hash"], expected):
        raise TokenRefused("claim_at_hash")
    return claims
