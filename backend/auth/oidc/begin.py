"""The first half of signing in: where to send the person, and what to remember meanwhile."""

from datetime import UTC, datetime
from secrets import token_urlsafe

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from backend.auth.errors import IssuerMismatch, IssuerUnavailable
from backend.auth.issuers import Issuers
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.paths import safe_next
from backend.auth.oidc.pending import PendingSignIn
from backend.auth.oidc.provider import Provider


async def begin(
    provider: Provider, *, redirect_uri: str, next_path: str | None, issuers: Issuers
) -> tuple[str, PendingSignIn]:
    """The provider's address to send the person to (303), and the sign-in to store until they come back.

    `redirect_uri` is our full address ending in `provider.callback_path`. Raises `SignInRefused`.
    """
    if not redirect_uri.endswith(provider.callback_path):
        raise SignInRefused("not_set_up", code="redirect_uri_not_this_providers")
    try:
        metadata = await issuers.metadata(provider.issuer)
    except IssuerMismatch as mismatch:
        raise SignInRefused("not_set_up", code=mismatch.code) from mismatch
    except IssuerUnavailable as unavailable:
        raise SignInRefused("unavailable", code=unavailable.code) from unavailable
    if metadata.authorization_endpoint is None or metadata.token_endpoint is None:
        raise SignInRefused("not_set_up", code="no_authorization_endpoint")
    pending = _new(provider, redirect_uri=redirect_uri, next_path=next_path, now=issuers.clock())
    return _address(provider, metadata.authorization_endpoint, pending), pending


def _new(provider: Provider, *, redirect_uri: str, next_path: str | None, now: float) -> PendingSignIn:
    return PendingSignIn(
        state=token_urlsafe(32),
        provider_slug=provider.slug,
        issuer=provider.issuer,
        redirect_uri=redirect_uri,
        next_path=safe_next(next_path),
        begun_at=datetime.fromtimestamp(now, tz=UTC),
        nonce=token_urlsafe(32),
        verifier=token_urlsafe(48),
        browser_key=token_urlsafe(32),
    )


def _address(provider: Provider, authorization_endpoint: str, pending: PendingSignIn) -> str:
    address: str = prepare_grant_uri(
        authorization_endpoint,
        provider.client_id,
        "code",
        redirect_uri=pending.redirect_uri,
        scope=" ".join(provider.scopes),
        state=pending.state,
        nonce=pending.nonce,
        code_challenge=create_s256_code_challenge(pending.verifier),
        code_challenge_method="S256",
    )
    return address
