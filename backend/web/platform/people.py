"""Everyone who signs in: finding them, inviting someone new."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.platform.choices import ALL_ROLES, area_options
from backend.web.render import redirect, render
from backend.web.tenancy.words import sent_again

CONFIRMED = "Confirmed. They get the role when they next sign in, and we have told them so by email."


@get("/platform/people", opt={"access": "platform"})
async def people(request: Request[Any, Any, Any]) -> Response[Any]:
    """Everyone by name; part of a name or an email address narrows."""
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    return await _people(request, form)


async def _people(request: Request[Any, Any, Any], form: Form) -> Response[Any]:
    data = await query(request, "Accounts", search=form.value("search") or None, after=form.value("after") or None)
    after = form.value("invitations") or None
    waiting = (await query(request, "WaitingInvitations", after=after)).waitingInvitations
    return render(request, "platform/people.html", form=form, title="People", accounts=data.accounts, waiting=waiting,
                  wide=True)


@post("/platform/people/withdraw", opt={"access": "platform"})
async def withdraw(request: Request[Any, Any, Any]) -> Response[Any]:
    """Withdraws an open invitation, whoever sent it."""
    form = await read_form(request)
    outcome = await mutate(request, "RevokeInvitation", {"invitationId": form.value("invitation")})
    if outcome.ok:
        return redirect(request, "/platform/people", flash="The invitation is withdrawn. Its link no longer works.")
    form.add_problems(outcome.problems)
    return await _people(request, form)


@post("/platform/people/confirm", opt={"access": "platform"})
async def confirm(request: Request[Any, Any, Any]) -> Response[Any]:
    """Confirms who opened an invitation with another address than it was sent to."""
    form = await read_form(request)
    outcome = await mutate(request, "ConfirmInvitation", {"invitationId": form.value("invitation")})
    if outcome.ok:
        return redirect(request, "/platform/people", flash=CONFIRMED)
    form.add_problems(outcome.problems)
    return await _people(request, form)


@post("/platform/people/send-again", opt={"access": "platform"})
async def send_again(request: Request[Any, Any, Any]) -> Response[Any]:
    """Sends an invitation again, with a fresh link, whoever sent it."""
    form = await read_form(request)
    outcome = await mutate(request, "SendInvitationAgain", {"invitationId": form.value("invitation")})
    if outcome.ok:
        return redirect(request, "/platform/people", flash=sent_again(outcome.done.email))
    form.add_problems(outcome.problems)
    return await _people(request, form)


@get("/platform/invite", opt={"access": "platform"})
async def invite(request: Request[Any, Any, Any]) -> Response[Any]:
    """Asks whom to invite, to which role; the role and its area may come filled in."""
    asked = {name: request.query_params.get(name, "") for name in ("role", "area_id")}
    return await _invite(request, Form.filled(asked))


async def _invite(request: Request[Any, Any, Any], form: Form) -> Response[Any]:
    return render(request, "platform/invite.html", form=form, title="Invite someone", back="/platform/people",
                  roles=ALL_ROLES, **await places(request, request.query_params.get("organisation", "")))


async def places(request: Request[Any, Any, Any], wanted: str) -> dict[str, Any]:
    """Returns where a role can be held: every area, and the organisations that were looked for."""
    found = (await query(request, "OrganisationsToGrant", search=wanted)).organisationsToGrant if wanted else []
    organisations = [
        {"value": one.id, "text": " ".join(filter(None, (one.name, one.town, one.number)))} for one in found
    ]
    return {"areas": await area_options(request), "organisations": organisations, "looked_for": wanted}


@post("/platform/invite", opt={"access": "platform"})
async def invite_now(request: Request[Any, Any, Any]) -> Response[Any]:
    """Sends an invitation by email."""
    form = await read_form(request)
    values = {
        "name": form.text("name", label="the person's name"),
        "email": form.text("email", label="an email address", max_length=254),
        **role_of(form),
    }
    if not form.problems:
        outcome = await mutate(request, "InvitePerson", values)
        if outcome.ok:
            return redirect(request, "/platform/people", flash=f"We have sent an invitation to {values['email']}.")
        form.add_problems(outcome.problems)
    return await _invite(request, form)


def role_of(form: Form) -> dict[str, str | None]:
    """Returns the role typed into a form, with its area and organisation."""
    return {
        "role": form.choice("role", label="a role", options=[option["value"] for option in ALL_ROLES]),
        "areaId": form.value("area_id") or None,
        "organisationId": form.value("organisation_id") or None,
        "post": form.text("post", label="the post", required=False),
    }


ROUTES = [people, withdraw, confirm, send_again, invite, invite_now]
