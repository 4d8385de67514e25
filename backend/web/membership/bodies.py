"""Listing a partner body and naming its successor; setting up groups and seats."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.sending import from_query, iso, send
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from infra.clock import today
from tenants.membership.rules import KIND_LABELS, EducationLevel, day_words

KINDS = [{"value": kind.value, "text": label.capitalize()} for kind, label in KIND_LABELS.items()]
LEVELS = [{"value": level.value, "text": level.value.capitalize()} for level in EducationLevel]


def _from(day: date | None) -> str:
    return f" from {day_words(day)}" if day and day > today() else ""


def _page(request: Request[Any, Any, Any], slug: str, template: str, form: Form, title: str) -> Response[Any]:
    area = area_of(request, slug)
    here = f"/area/{slug}/membership"
    return render(
        request,
        f"membership/{template}.html",
        form=form,
        title=title,
        caption=area.name,
        here=here,
        back=here,
        kinds=KINDS,
        levels=LEVELS,
    )


@get("/area/{slug:str}/membership/partners/add", opt={"access": "area"})
async def add_partner(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks which body is a partner, and since when."""
    return _page(request, slug, "partner", Form(), "Add a partner body")


@post("/area/{slug:str}/membership/partners/add", opt={"access": "area"})
async def add_partner_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Lists a body as a safeguarding partner."""
    area, form = area_of(request, slug), await read_form(request)
    kind = form.choice("kind", label="what kind of body it is", options=[kind["value"] for kind in KINDS])
    name = form.text("name", label="the name of the body")
    first = form.date("valid_from", label="the first day")
    values = {"kind": kind, "name": name, "validFrom": iso(first)}
    if await send(request, form, "AddPartner", area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash=f"{name} is listed as a partner{_from(first)}.")
    return _page(request, slug, "partner", form, "Add a partner body")


@get("/area/{slug:str}/membership/partners/succeed", opt={"access": "area"})
async def succeed(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks which body takes over from a partner, when and why."""
    return _page(request, slug, "succeed", from_query(request, "partner", "version", "who"), "Name a successor")


@post("/area/{slug:str}/membership/partners/succeed", opt={"access": "area"})
async def succeed_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Lets another body take over; the old one stays in the history."""
    area, form = area_of(request, slug), await read_form(request)
    name = form.text("name", label="the name of the new body")
    on = form.date("on", label="the day on which it takes over")
    reason = form.text("reason", label="why it takes over", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    values = {"partnerId": form.value("partner"), "version": version, "on": iso(on), "name": name, "reason": reason}
    if await send(request, form, "SucceedPartner", area=area, values=values):
        said = f"{name} takes over{_from(on)}. The history is kept."
        return redirect(request, f"/area/{slug}/membership", flash=said)
    return _page(request, slug, "succeed", form, "Name a successor")


@get("/area/{slug:str}/membership/groups/add", opt={"access": "area"})
async def add_group(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks for a group's name and purpose."""
    return _page(request, slug, "group", Form(), "Set up a group")


@post("/area/{slug:str}/membership/groups/add", opt={"access": "area"})
async def add_group_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Sets up a group."""
    area, form = area_of(request, slug), await read_form(request)
    name = form.text("name", label="the name of the group")
    purpose = form.text("purpose", label="the purpose", required=False, max_length=2000, lines=True)
    first = form.date("valid_from", label="the first day")
    values = {"name": name, "purpose": purpose, "validFrom": iso(first)}
    if await send(request, form, "AddGroup", area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash=f"{name} is set up.")
    return _page(request, slug, "group", form, "Set up a group")


@get("/area/{slug:str}/membership/seats/add", opt={"access": "area"})
async def add_seat(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks for a seat's title and what it represents."""
    return _page(request, slug, "seat", from_query(request, "group", "who"), "Add a seat")


@post("/area/{slug:str}/membership/seats/add", opt={"access": "area"})
async def add_seat_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Adds a seat to a group, or one that represents education."""
    area, form = area_of(request, slug), await read_form(request)
    group = form.value("group") or None
    title = form.text("title", label="the title of the seat")
    offered = [level["value"] for level in LEVELS]
    level = form.choice("education_level", label="the level of education", options=offered, required=group is None)
    first = form.date("valid_from", label="the first day")
    values = {"title": title, "groupId": group, "educationLevel": level, "validFrom": iso(first)}
    if await send(request, form, "AddSeat", area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash=f"The seat {title} is added.")
    return _page(request, slug, "seat", form, "Add a seat")


ROUTES = [add_partner, add_partner_now, succeed, succeed_now, add_group, add_group_now, add_seat, add_seat_now]
