"""Signing out: the page that a service sends people to, and the message that we send to the services."""

import time
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
from joserfc.errors import JoseError
from litestar import get
from litestar.params import Parameter
from litestar.response import Redirect, Template

from integrations.sandbox.identity_provider.discovery import check_issuer
from integrations.sandbox.identity_provider.state import State

EVENT = "http://schemas.openid.net/event/backchannel-logout"


@get("/{issuer:str}/end-session")
async def end_session(
    issuer: str,
    provider: State,
    id_token_hint: str = "",
    post_logout_redirect_uri: str = "",
    returned: Annotated[str | None, Parameter(query="state")] = None,
) -> Redirect | Template:
    """Ends the sessions of the person in the hint, tells their services, and returns to a registered
    address.
    """
    check_issuer(provider, issuer)
    try:
        claims = provider.keys(issuer).verify(id_token_hint)
    except (JoseError, ValueError):
        return Template("signed_out.html", context={})
    await _end(provider, issuer, sub=claims["sub"])
    client = provider.config.client(issuer, claims["aud"])
    if client is None or post_logout_redirect_uri not in client.post_logout_redirect_uris:
        return Template("signed_out.html", context={})
    suffix = f"?{urlencode({'state': returned})}" if returned else ""
    return Redirect(post_logout_redirect_uri + suffix, status_code=303)


async def _end(provider: State, issuer: str, *, sub: str) -> None:
    ended = {sid: who for sid, who in provider.sessions.items() if (who[0], who[2]) == (issuer, sub)}
    for session_id, (_, client_id, _) in ended.items():
        del provider.sessions[session_id]
        client = provider.config.client(issuer, client_id)
        if client and client.backchannel_logout_uri:
            token = logout_token(provider, issuer, client_id=client_id, sub=sub, session_id=session_id)
            await _tell(client.backchannel_logout_uri, token)


def logout_token(provider: State, issuer: str, *, client_id: str, sub: str, session_id: str) -> str:
    """A logout token (OpenID Connect Back-Channel Logout 1.0, §2.4)."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": provider.config.issuer_url(issuer),
        "aud": client_id,
        "iat": now,
        "exp": now + 120,
        "jti": str(uuid4()),
        "sub": sub,
        "sid": session_id,
        "events": {EVENT: {}},
    }
    return provider.keys(issuer).sign(claims, typ="logout+jwt")


async def _tell(address: str, token: str) -> None:
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        try:
            await client.post(address, data={"logout_token": token})
        except httpx.HTTPError:
            return  # the person's sign-out must not fail because one service is down
