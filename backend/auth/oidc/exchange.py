"""What we ask a provider for ourselves: tokens for a code, and the person's details."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.auth.discovery import Metadata
from backend.auth.errors import IssuerUnavailable
from backend.auth.issuers import Issuers
from backend.auth.oidc.client_auth import prove_client
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.pending import PendingSignIn
from backend.auth.oidc.provider import Provider
from integrations.http import Answer, Door, OutboundError, send


@dataclass(frozen=True, kw_only=True)
class TokenAnswer:
    id_token: str = field(repr=False)
    access_token: str = field(repr=False)


async def redeem_code(
    provider: Provider, pending: PendingSignIn, code: str, *, metadata: Metadata, issuers: Issuers
) -> TokenAnswer:
    """Tokens for the code, with the verifier that only we know.

    Raises `SignInRefused` or `IssuerUnavailable`.
    """
    if metadata.token_endpoint is None:
        raise SignInRefused("not_set_up", code="no_token_endpoint")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": pending.redirect_uri,
        "code_verifier": pending.verifier,
    }
    headers, form = prove_client(provider, token_endpoint=metadata.token_endpoint, form=form)
    try:
        answer = await send(issuers.door, "POST", metadata.token_endpoint, form=form, headers=headers)
        return _read_tokens(answer)
    except OutboundError as error:
        raise IssuerUnavailable(f"token_{error.code}", str(error)) from error


def _read_tokens(answer: Answer) -> TokenAnswer:
    if answer.status >= 500 or answer.status == 429:
        raise IssuerUnavailable("token_status", f"status {answer.status}")
    body = answer.json_object()
    if answer.status != 200:
        # The provider does not know us or our secret has run out: nothing the person can mend.
        wrong_client = body.get("error") in {"invalid_client", "unauthorized_client"}
        raise SignInRefused("not_set_up" if wrong_client else "unsafe", code=f"token_{str(body.get('error'))[:40]}")
    id_token, access_token = body.get("id_token"), body.get("access_token")
    bearer = str(body.get("token_type", "")).lower() == "bearer"
    if not isinstance(id_token, str) or not isinstance(access_token, str) or not bearer:
        raise SignInRefused("unsafe", code="token_response")
    return TokenAnswer(id_token=id_token, access_token=access_token)


async def userinfo(endpoint: str, access_token: str, *, door: Door) -> Mapping[str, Any]:
    """The person's details at the userinfo endpoint. Raises `IssuerUnavailable`."""
    try:
        answer = await send(door, "GET", endpoint, headers={"Authorization": f"Bearer {access_token}"})
        if answer.status != 200:
            raise IssuerUnavailable("userinfo_status", f"status {answer.status}")
        return answer.json_object()
    except OutboundError as error:
        raise IssuerUnavailable(f"userinfo_{error.code}", str(error)) from error
