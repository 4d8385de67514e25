"""Opening an emailed invitation: the token moves from the link into a short-lived cookie, then people sign in.

At the end of that sign-in it gives its role, or waits until it is confirmed who opened it.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import Cookie
from litestar.params import FromPath

from backend.auth import actors, stores
from backend.auth.oidc.identity import VerifiedIdentity
from backend.web.cookies import cookie_name, make_cookie
from backend.web.render import render
from infra.secrets import token_hash
from infra.settings import Settings
from tenants.tenancy.actor import Actor
from tenants.tenancy.people import accepting
from tenants.tenancy.people import queries as people
from tenants.tenancy.people.places import place_name
from tenants.tenancy.roles import LABELS, Role
from tenants.tenancy.scope import system_scope

MINUTES = 60


@get("/invitation/{token:str}", opt={"access": "public"})
async def invitation(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """Shows what the invitation is for, and the ways to sign in; or why it cannot be used any more."""
    async with system_scope(actors.SIGN_IN, powers=["signin"]):
        found = await people.invitation_by_token(token_hash=token_hash(token))
        place = found and await place_name(area_id=found.area_id, organisation_id=found.organisation_id)
    state = "unknown" if found is None else found.state
    if found is None or state != "open":
        title = "This invitation cannot be used"
        return render(request, "signing_in/invitation_over.html", title=title, state=state, status=404)
    response = render(
        request,
        "signing_in/invitation.html",
        title="You have been invited to Concordat",
        invitation=found,
        role=LABELS[Role(found.role)],
        place=place,
        providers=await stores.sign_in_providers(),
    )
    response.set_cookie(invitation_cookie(request.app.state.settings, token, max_age=MINUTES * 60))
    return response


async def taken_up(by: Actor, identity: VerifiedIdentity, *, token: str | None) -> dict[str, Any] | None:
    """Gives what this identity was invited to; returns what the page of an invitation that waits shows, or None.

    In the sign-in scope. Raises `Problem` when the invitation cannot be accepted.
    """
    whose = {"issuer": identity.issuer, "subject": identity.subject, "name": identity.name or ""}
    stated = "" if identity.email_disowned else identity.email or ""
    if token is not None:
        if await accepting.accept_invitation(by=by, token=token, email=stated, **whose) is not None:
            return None
        found = await people.invitation_by_token(token_hash=token_hash(token))
        asked = None if found is None or found.invited_by is None else await people.person(person_id=found.invited_by)
        inviter = "whoever invited you" if asked is None else asked.name
        return {"invitation": found, "stated": stated, "inviter": inviter}
    await accepting.take_up_confirmed(by=by, email=stated, **whose)
    return None


def invitation_cookie(settings: Settings, token: str, *, max_age: int) -> Cookie:
    """Returns the cookie that carries an invitation's token to the end of a sign-in."""
    return make_cookie("invitation", token, secure=settings.cookie_secure, max_age=max_age)


def open_invitation(request: Request[Any, Any, Any]) -> str | None:
    """Returns the token of the invitation that this browser has opened, or None."""
    secure = request.app.state.settings.cookie_secure
    return request.cookies.get(cookie_name("invitation", secure=secure)) or None
