"""The second half of signing in: from the callback's query to a checked identity."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from backend.auth.discovery import Metadata
from backend.auth.errors import IssuerMismatch, IssuerUnavailable, TokenRefused
from backend.auth.issuer_names import forms_of
from backend.auth.issuers import Issuers
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.exchange import TokenAnswer, redeem_code, userinfo
from backend.auth.oidc.id_token import check_id_token
from backend.auth.oidc.identity import VerifiedIdentity, read_identity
from backend.auth.oidc.pending import PendingSignIn
from backend.auth.oidc.provider import Provider
from backend.auth.text import same

LONGEST_QUERY = 8_000


async def finish(
    provider: Provider,
    pending: PendingSignIn | None,
    query: str,
    *,
    browser_key: str | None,
    issuers: Issuers,
) -> VerifiedIdentity:
    """Who signed in. Raises `SignInRefused`.

    `pending` is what `PendingStore.take` gave for the query's `state` (None included); `query` is the
    callback's raw query string; `browser_key` is the value of the cookie that was set when the sign-in began.
    """
    if pending is None:
        raise SignInRefused("no_such_sign_in")
    answer = read_query(query)
    _check_ours(provider, pending, answer, browser_key=browser_key, now=issuers.clock())
    try:
        metadata = await issuers.metadata(provider.issuer)
        _check_issuer(answer, pending, required=metadata.answers_with_iss)
        code = _code(answer)
        tokens = await redeem_code(provider, pending, code, metadata=metadata, issuers=issuers)
        claims = await _claims(provider, pending, tokens, metadata=metadata, issuers=issuers)
    except IssuerMismatch as mismatch:
        raise SignInRefused("not_set_up", code=mismatch.code) from mismatch
    except IssuerUnavailable as unavailable:
        raise SignInRefused("unavailable", code=unavailable.code) from unavailable
    except TokenRefused as refused:
        raise SignInRefused("unsafe", code=refused.code) from refused
    return read_identity(claims, issuer=provider.issuer, id_token=tokens.id_token, fold_subject=provider.fold_subject)


def read_query(query: str) -> Mapping[str, str]:
    """The callback's parameters.

    Raises `SignInRefused` when one comes twice (RFC 6749 §3.1) or it is too long.
    """
    if len(query) > LONGEST_QUERY:
        raise SignInRefused("unsafe", code="query_too_long")
    pairs = parse_qsl(query, keep_blank_values=True)
    answer = dict(pairs)
    if len(answer) != len(pairs):
        raise SignInRefused("unsafe", code="parameter_twice")
    return answer


def _check_ours(
    provider: Provider,
    pending: PendingSignIn,
    answer: Mapping[str, str],
    *,
    browser_key: str | None,
    now: float,
) -> None:
    if not same(answer.get("state"), pending.state):
        raise SignInRefused("no_such_sign_in", code="state")
    if not same(browser_key, pending.browser_key):
        raise SignInRefused("other_browser")
    if now >= pending.expires_at.timestamp():
        raise SignInRefused("expired")
    if (pending.provider_slug, pending.issuer) != (provider.slug, provider.issuer):
        raise SignInRefused("unsafe", code="other_provider")


def _check_issuer(answer: Mapping[str, str], pending: PendingSignIn, *, required: bool) -> None:
    """RFC 9207: an answer that names an issuer must name the one we sent the person to."""
    named = answer.get("iss")
    if named is None and not required:
        return
    if named not in forms_of(pending.issuer):
        raise SignInRefused("unsafe", code="response_iss")


def _code(answer: Mapping[str, str]) -> str:
    error = answer.get("error")
    if error == "access_denied":
        raise SignInRefused("cancelled")
    if error in {"temporarily_unavailable", "server_error"}:
        raise SignInRefused("unavailable", code=f"response_{error}")
    if error is not None or not answer.get("code"):
        raise SignInRefused("unsafe", code="response_error" if error else "no_code")
    return answer["code"]


async def _claims(
    provider: Provider, pending: PendingSignIn, tokens: TokenAnswer, *, metadata: Metadata, issuers: Issuers
) -> Mapping[str, Any]:
    claims = await check_id_token(
        tokens.id_token,
        provider=provider,
        nonce=pending.nonce,
        access_token=tokens.access_token,
        issuers=issuers,
    )
    wanted = {"email", "organisation"} & {"email", *provider.scopes}
    if wanted <= claims.keys() or metadata.userinfo_endpoint is None:
        return claims
    # DfE Sign-in's software puts only the subject in the ID token; the rest is at userinfo.
    more = await userinfo(metadata.userinfo_endpoint, tokens.access_token, door=issuers.door)
    if not _same_person(more.get("sub"), claims["sub"], fold=provider.fold_subject):
        raise TokenRefused("userinfo_sub")
    return {**more, **claims}


def _same_person(told: object, subject: str, *, fold: bool) -> bool:
    return told == subject or (fold and isinstance(told, str) and told.upper() == subject.upper())
