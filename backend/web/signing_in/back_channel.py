"""A provider telling us that someone signed out there (OpenID Connect Back-Channel Logout 1.0)."""

from __future__ import annotations

import json
from typing import Any

from litestar import Request, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.auth import actors, stores
from backend.auth.errors import IssuerUnavailable, TokenRefused
from backend.auth.oidc.sign_out import SignedOut, verify_logout_token
from backend.web.form_body import URL_ENCODED, read_form
from infra.telemetry.logs import logger
from tenants.tenancy.scope import system_actor, tenant_scope
from tenants.tenancy.sessions import service as sessions

LOG = logger("sign-in")
SEEN = stores.DatabaseSeenTokens()


@post("/sign-in/{slug:str}/back-channel", opt={"access": "public", "csrf_exempt": True}, status_code=200)
async def back_channel(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[bytes]:
    """Ends the sessions that the signed token names; 400 for a token we do not believe, 503 to be tried again."""
    provider = await stores.sign_in_provider(slug)
    if provider is None:
        raise NotFoundException
    try:
        token = await _token(request)
        ended = await verify_logout_token(provider, token, issuers=request.app.state.issuers, seen=SEEN)
    except TokenRefused as refused:
        LOG.warning("back_channel", why=refused.code)
        return _answer({"error": "invalid_request"}, status=400)
    except IssuerUnavailable as unavailable:
        LOG.warning("back_channel", why=unavailable.code)
        return _answer({"error": "temporarily_unavailable"}, status=503)
    await _end(ended, request_id=request.scope["state"].get("request_id"))
    return _answer({}, status=200)


async def _token(request: Request[Any, Any, Any]) -> str:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != URL_ENCODED:
        raise TokenRefused("not_a_form")
    return (await read_form(request)).value("logout_token")


async def _end(ended: SignedOut, *, request_id: str | None) -> None:
    by = system_actor(actors.SIGN_IN, powers=["signin"], request_id=request_id)
    async with tenant_scope(by):
        await sessions.revoke_provider_session(
            by=by, issuer=ended.issuer, provider_session=ended.session_id, subject=ended.subject
        )


def _answer(body: dict[str, str], *, status: int) -> Response[bytes]:
    return Response(json.dumps(body).encode(), status_code=status, media_type="application/json")
