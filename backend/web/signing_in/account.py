"""One's own account: changing hat, sessions, signing out here and everywhere."""

from __future__ import annotations

import contextlib
import json
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from backend.auth import actors, stores
from backend.auth.actors import SignedIn
from backend.auth.oidc.sign_out import sign_out_address, who_signed_in
from backend.web.cookies import cookie_name, make_cookie
from backend.web.edge import edge_of
from backend.web.form_body import read_form
from backend.web.operation import query
from backend.web.render import redirect, render
from backend.web.signed_in import signed_in_of
from backend.web.signing import derive_key, sign, unsign
from backend.web.signing_in.navigation import HAT_LABELS
from concordat_graphql import ids
from tenants.tenancy.errors import NotFound
from tenants.tenancy.roles import Hat
from tenants.tenancy.scope import system_scope, tenant_scope
from tenants.tenancy.sessions import service as sessions
from tenants.tenancy.sessions.id_tokens import opened_id_token


@get("/account", opt={"access": "signed-in"})
async def account(request: Request[Any, Any, Any]) -> Response[Any]:
    """Who I am, which roles I hold, where I am signed in."""
    data = await query(request, "MyAccount")
    return render(request, "signing_in/account.html", title="Your account", me=data.viewer, hats=HAT_LABELS)


@get("/my-areas", opt={"access": "area"})
async def my_areas(request: Request[Any, Any, Any]) -> Response[Any]:
    """The areas in which the person holds a role, for those who hold several."""
    found = _signed_in(request)
    mine = [area for area in found.areas if area.id in found.actor.read_areas]
    return render(request, "signing_in/my_areas.html", title="Your areas", areas=mine)


@get("/roles", opt={"access": "signed-in"})
async def roles(request: Request[Any, Any, Any]) -> Response[Any]:
    """Which hat to wear, for those who hold several."""
    found = _signed_in(request)
    choices = [{"value": hat.value, "text": HAT_LABELS[hat]} for hat in sorted(found.actor.hats)]
    return render(request, "signing_in/roles.html", title="Change role", choices=choices, current=found.actor.hat.value)


@post("/roles", opt={"access": "signed-in"})
async def change_role(request: Request[Any, Any, Any]) -> Response[Any]:
    """Puts on another hat under a new session token; the old token ends."""
    found, form = _signed_in(request), await read_form(request)
    chosen = form.choice("hat", label="a role", options=[hat.value for hat in found.actor.hats])
    if chosen is None:
        choices = [{"value": hat.value, "text": HAT_LABELS[hat]} for hat in sorted(found.actor.hats)]
        return render(request, "signing_in/roles.html", form=form, title="Change role", choices=choices,
                      current=found.actor.hat.value)
    async with system_scope(actors.SIGN_IN, powers=["signin"]):
        token = await sessions.rotate(by=found.actor, session=found.session, hat=Hat(chosen))
    response = redirect(request, "/")
    response.set_cookie(make_cookie("session", token, secure=request.app.state.settings.cookie_secure))
    return response


@post("/account/sessions/end", opt={"access": "signed-in"})
async def end_session(request: Request[Any, Any, Any]) -> Response[Any]:
    """Ends one of the person's other sessions; one that has ended by now is no fault of theirs."""
    found, form = _signed_in(request), await read_form(request)
    try:
        session_id: UUID = ids.decode_uuid("Session", form.value("session"))
    except NotFound:
        raise NotFoundException from None
    with contextlib.suppress(NotFound):
        async with tenant_scope(found.actor):
            await sessions.revoke(by=found.actor, session_id=session_id, person_id=found.session.person_id,
                                  reason="ended by the person")
    return redirect(request, "/account", flash="That browser is signed out.")


@post("/account/sessions/end-all", opt={"access": "signed-in"})
async def end_all_sessions(request: Request[Any, Any, Any]) -> Response[Any]:
    """Signs the person out everywhere else."""
    found = _signed_in(request)
    async with tenant_scope(found.actor):
        count = await sessions.revoke_all(by=found.actor, person_id=found.session.person_id,
                                          reason="signed out everywhere", but=found.session.id)
    others = "1 other browser" if count == 1 else f"{count} other browsers"
    said = f"Signed out of {others}." if count else "You were not signed in anywhere else."
    return redirect(request, "/account", flash=said)


@post("/sign-out", opt={"access": "signed-in"})
async def sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
    """Ends this session; the page that follows offers to end the provider's too.

    Not by a redirect: what a form leads to stays on this site (`form-action 'self'`).
    """
    found, settings = _signed_in(request), request.app.state.settings
    async with tenant_scope(found.actor):
        await sessions.revoke(by=found.actor, session_id=found.session.id, person_id=found.session.person_id,
                              reason="signed out")
    response = Redirect("/signed-out", status_code=HTTP_303_SEE_OTHER)
    response.set_cookie(make_cookie("session", "", secure=settings.cookie_secure, max_age=0))
    leaving = await _at_provider(request, found)
    if leaving is not None:
        kept = sign(key=_leaving_key(request), payload=json.dumps(leaving).encode())
        response.set_cookie(make_cookie("leaving", kept, secure=settings.cookie_secure, max_age=300))
    return response


@get("/signed-out", opt={"access": "public"})
async def signed_out(request: Request[Any, Any, Any]) -> Response[Any]:
    """After signing out: whether the person is still signed in at the provider, and the way out of there."""
    secure = request.app.state.settings.cookie_secure
    kept = unsign(key=_leaving_key(request), signed=request.cookies.get(cookie_name("leaving", secure=secure), ""))
    provider, address = json.loads(kept) if kept else (None, None)
    response = render(request, "signing_in/signed_out.html", title="You have signed out", provider=provider,
                      address=address)
    response.set_cookie(make_cookie("leaving", "", secure=secure, max_age=0))
    return response


async def _at_provider(request: Request[Any, Any, Any], found: SignedIn) -> tuple[str, str] | None:
    known, session = await stores.sign_in_providers(), found.session
    id_token = opened_id_token(session)
    provider = who_signed_in(known, issuer=session.issuer, id_token=id_token)
    if provider is None:
        return None
    address = await sign_out_address(
        provider,
        id_token=id_token,
        return_to=f"{request.app.state.settings.base_url}/signed-out",
        issuers=request.app.state.issuers,
    )
    return None if address is None else (provider.name, address)


def _leaving_key(request: Request[Any, Any, Any]) -> bytes:
    return derive_key(secret=edge_of(request).secret, purpose="leaving")


def _signed_in(request: Request[Any, Any, Any]) -> SignedIn:
    found = signed_in_of(request)
    assert found is not None, "the access rule lets only signed-in people through"
    return found
