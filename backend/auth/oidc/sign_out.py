"""Signing out at the provider: from our side (RP-initiated) and from theirs (back-channel)."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from backend.auth.errors import IssuerUnavailable, TokenRefused
from backend.auth.issuers import Issuers
from backend.auth.oidc.provider import Provider
from backend.auth.text import is_id
from backend.auth.tokens import verify

LOGOUT_TOKEN = frozenset({"logout+jwt"})
EVENT = "http://schemas.openid.net/event/backchannel-logout"


async def sign_out_address(provider: Provider, *, id_token: str | None, return_to: str, issuers: Issuers) -> str | None:
    """Where to send the person to end the provider's session too; None when it has no such page or is down.

    `return_to` must be registered with the provider (OpenID Connect RP-Initiated Logout 1.0).
    """
    try:
        endpoint = (await issuers.metadata(provider.issuer)).end_session_endpoint
    except IssuerUnavailable:
        return None
    if endpoint is None:
        return None
    asked = {"client_id": provider.client_id, "post_logout_redirect_uri": return_to}
    if id_token:
        asked["id_token_hint"] = id_token
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def who_signed_in(providers: Sequence[Provider], *, issuer: str, id_token: str | None) -> Provider | None:
    """The provider of a session: of several with one issuer, the one whose client the kept ID token was made for."""
    same = [provider for provider in providers if provider.issuer == issuer]
    audience = _audience(id_token) if len(same) > 1 else ()
    return next((provider for provider in same if provider.client_id in audience), same[0] if same else None)


def _audience(id_token: str | None) -> Sequence[str]:
    """Of a token that was verified when it came."""
    if id_token is None:
        return ()
    said = json.loads(urlsafe_b64decode(id_token.split(".")[1] + "==")).get("aud", ())
    return [said] if isinstance(said, str) else said


class SeenTokens(Protocol):
    """Remembers token ids. `first_time` is True for the first caller with an id and False ever after."""

    async def first_time(self, *, issuer: str, token_id: str, until: int) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class SignedOut:
    """Whose sessions with us must end: that one (`session_id`), or all of the person's when it is None."""

    issuer: str
    subject: str | None
    session_id: str | None


async def verify_logout_token(provider: Provider, token: str, *, issuers: Issuers, seen: SeenTokens) -> SignedOut:
    """Who has signed out at the provider (OpenID Connect Back-Channel Logout 1.0, §2.6).

    Raises `TokenRefused` (answer 400) or `IssuerUnavailable` (answer 503).
    """
    signed = await verify(
        token, issuer=provider.issuer, audience=provider.client_id, types=LOGOUT_TOKEN, issuers=issuers
    )
    claims = signed.claims
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise TokenRefused("claim_events")
    if "nonce" in claims:
        raise TokenRefused("claim_nonce")
    subject, session_id, token_id = claims.get("sub"), claims.get("sid"), claims.get("jti")
    if not all(value is None or is_id(value) for value in (subject, session_id)):
        raise TokenRefused("claim_sub")
    if subject is None and session_id is None:
        raise TokenRefused("claim_sub")
    if not is_id(token_id):
        raise TokenRefused("claim_jti")
    if not await seen.first_time(issuer=provider.issuer, token_id=str(token_id), until=int(claims["exp"])):
        raise TokenRefused("replayed")
    if subject is not None and provider.fold_subject:
        subject = subject.upper()
    return SignedOut(issuer=provider.issuer, subject=subject, session_id=session_id)
