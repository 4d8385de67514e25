"""People and invitations of an area: the pattern that every capability's pages follow.

GET: a stored query, a template. POST: read the form, a stored mutation, 303 or the same page with problems (422).
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from backend.web.tenancy import audit, erasing, home, settings
from backend.web.tenancy.words import sent_again
from concordat_graphql import ids
from tenants.tenancy.permissions import can_manage
from tenants.tenancy.roles import AREA_ROLES, LABELS

CONFIRMED = "Confirmed. They get the role when they next sign in, and we have told them so by email."
INVITABLE = [{"value": role.value, "text": LABELS[role]} for role in sorted(AREA_ROLES)]


@get("/area/{slug:str}/people", opt={"access": "area"})
async def people(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Who holds which role in the area, and the invitations that are open; the form may come filled in."""
    asked = {name: request.query_params.get(name, "") for name in ("name", "email", "role", "post")}
    return await _people(request, slug, form=Form.filled(asked))


async def _people(request: Request[Any, Any, Any], slug: str, *, form: Form | None = None) -> Response[Any]:
    area = area_of(request, slug)
    manages = can_manage(actor_of(request), area_id=area.id)
    data = await query(
        request,
        "AreaPeople",
        slug=slug,
        areaId=ids.encode("Area", area.id),
        after=request.query_params.get("after"),
        invitations=manages,
    )
    return render(request, "tenancy/people.html", form=form, title="People", caption=area.name, area=data.area,
                  people=data.people, invitations=data.invitations if manages else [], manages=manages,
                  roles=INVITABLE, wide=True)


@post("/area/{slug:str}/people/invite", opt={"access": "area"})
async def invite(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Sends an invitation by email."""
    area, form = area_of(request, slug), await read_form(request)
    name = form.text("name", label="the person's name")
    email = form.text("email", label="an email address", max_length=254)
    role = form.choice("role", label="a role", options=[option["value"] for option in INVITABLE])
    post_held = form.text("post", label="the post", required=False)
    if not form.problems:
        outcome = await mutate(request, "InvitePerson", {
            "areaId": ids.encode("Area", area.id), "name": name, "email": email, "role": role, "post": post_held,
        })
        if outcome.ok:
            return redirect(request, f"/area/{slug}/people", flash=f"We have sent an invitation to {email}.")
        form.add_problems(outcome.problems)
    return await _people(request, slug, form=form)


@post("/area/{slug:str}/people/withdraw", opt={"access": "area"})
async def withdraw(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Withdraws an open invitation."""
    area_of(request, slug)
    form = await read_form(request)
    outcome = await mutate(request, "RevokeInvitation", {"invitationId": form.value("invitation")})
    if outcome.ok:
        return redirect(request, f"/area/{slug}/people", flash="The invitation is withdrawn. Its link no longer works.")
    form.add_problems(outcome.problems)
    return await _people(request, slug, form=form)


@post("/area/{slug:str}/people/confirm", opt={"access": "area"})
async def confirm(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Confirms who opened an invitation with another address than it was sent to."""
    area_of(request, slug)
    form = await read_form(request)
    outcome = await mutate(request, "ConfirmInvitation", {"invitationId": form.value("invitation")})
    if outcome.ok:
        return redirect(request, f"/area/{slug}/people", flash=CONFIRMED)
    form.add_problems(outcome.problems)
    return await _people(request, slug, form=form)


@post("/area/{slug:str}/people/send-again", opt={"access": "area"})
async def send_again(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Sends an invitation again, with a fresh link."""
    area_of(request, slug)
    form = await read_form(request)
    outcome = await mutate(request, "SendInvitationAgain", {"invitationId": form.value("invitation")})
    if outcome.ok:
        return redirect(request, f"/area/{slug}/people", flash=sent_again(outcome.done.email))
    form.add_problems(outcome.problems)
    return await _people(request, slug, form=form)


@get("/area/{slug:str}/people/end", opt={"access": "area"})
async def end_role(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks when and why a role ends, before it does."""
    return await _end_role(request, slug, Form(raw={
        "role": [request.query_params.get("role", "")], "version": [request.query_params.get("version", "")],
        "who": [request.query_params.get("who", "")],
    }))


async def _end_role(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    return render(request, "tenancy/end_role.html", form=form, title="End a role", caption=area.name, slug=slug,
                  back=f"/area/{slug}/people")


@post("/area/{slug:str}/people/end", opt={"access": "area"})
async def end_role_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Ends a role on a day; the record stays."""
    area_of(request, slug)
    form = await read_form(request)
    ends_on = form.date("ends_on", label="the last day")
    reason = form.text("reason", label="why the role ends", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    if not form.problems:
        outcome = await mutate(request, "EndRole", {
            "roleAssignmentId": form.value("role"), "version": version,
            "endsOn": None if ends_on is None else ends_on.isoformat(), "reason": reason,
        })
        if outcome.ok:
            return redirect(request, f"/area/{slug}/people", flash="The end of the role is recorded.")
        form.add_problems(outcome.problems)
    return await _end_role(request, slug, form)


ROUTES = [
    home.front,
    home.area_home,
    people,
    invite,
    withdraw,
    confirm,
    send_again,
    end_role,
    end_role_now,
    *settings.ROUTES,
    *audit.ROUTES,
    *erasing.ROUTES,
]
