"""Appointing a person, replacing them, correcting what was recorded; choosing the chair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.sending import from_query, iso, send
from backend.web.operation import found, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids
from tenants.membership.rules import OFFICE_LABELS, Office

ASKED = ("mode", "office", "partner", "seat", "appointment", "version", "who")
TITLES = {"new": "Appoint someone", "replace": "Replace the holder", "correct": "Correct what was recorded"}
TIES = [
    {"value": "none", "text": "They have declared no tie to any partner"},
    {"value": "tie", "text": "They have declared a tie, described below"},
]


def _page(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    mode, office = form.value("mode"), form.value("office")
    if mode not in TITLES or office not in set(Office):
        raise NotFoundException
    return render(
        request,
        "membership/holder.html",
        form=form,
        title=TITLES[mode],
        caption=area.name,
        here=f"/area/{slug}/membership",
        back=f"/area/{slug}/membership",
        mode=mode,
        office=office,
        office_label=OFFICE_LABELS[Office(office)],
        ties=TIES,
    )


@get("/area/{slug:str}/membership/people", opt={"access": "area"})
async def holder(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks who is appointed, takes over, or should have been recorded."""
    area, form = area_of(request, slug), from_query(request, *ASKED)
    if form.value("mode") == "correct":
        form = await _as_recorded(request, form.value("appointment"), area_id=area.id)
    return _page(request, slug, form)


async def _as_recorded(request: Request[Any, Any, Any], opaque: str, *, area_id: int) -> Form:
    data = await query(request, "OneAppointment", areaId=ids.encode("Area", area_id), id=opaque)
    one = found(data.appointment)
    values = {
        "mode": "correct",
        "office": one.office,
        "appointment": one.id,
        "version": one.version,
        "who": one.personName,
        "person_name": one.personName,
        "post": one.post,
        "organisation": one.organisation,
        "email": one.email,
        "telephone": one.telephone,
        "declared_tie": one.declaredTie,
        "tie": "tie" if one.declaredTie else "none",
        "valid_from": date.fromisoformat(one.validFrom),
        "valid_to": one.validTo and date.fromisoformat(one.validTo),
    }
    return Form.filled(values)


@post("/area/{slug:str}/membership/people", opt={"access": "area"})
async def holder_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Appoints, replaces or corrects."""
    area, form = area_of(request, slug), await read_form(request)
    mode, scrutineer = form.value("mode"), form.value("office") == Office.SCRUTINEER
    values: dict[str, object] = {"holder": _person(form, scrutineer=scrutineer)}
    values["validFrom"] = iso(form.date("valid_from", label="the first day"))
    values["validTo"] = iso(form.date("valid_to", label="the last day of the term", required=scrutineer))
    if mode == "new":
        values |= {"office": form.value("office"), "partnerId": form.value("partner") or None}
        values["seatId"] = form.value("seat") or None
        name, said = "Appoint", "The appointment is recorded."
    else:
        values["reason"] = form.text("reason", label="the reason", max_length=1000, lines=True)
        values |= {"appointmentId": form.value("appointment"), "version": form.whole("version", label="the version")}
        name, said = _CHANGES[mode] if mode in _CHANGES else _CHANGES["correct"]
    if await send(request, form, name, area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash=said)
    if mode == "correct" and is_conflict(form):
        with_saved(form, await _as_recorded(request, form.value("appointment"), area_id=area.id))
    return _page(request, slug, form)


_CHANGES = {
    "replace": ("ReplaceHolder", "The new holder is recorded. The one before stays in the history."),
    "correct": ("CorrectAppointment", "The record is corrected."),
}


def _person(form: Form, *, scrutineer: bool) -> Mapping[str, object]:
    lead = form.value("office") in (Office.LEAD, Office.DELEGATED)
    person: dict[str, object] = {
        "personName": form.text("person_name", label="the person's name"),
        "post": form.text("post", label="the post", required=lead),
        "organisation": form.text("organisation", label="the organisation", required=False),
        "email": form.text("email", label="the email address", required=False, max_length=254),
        "telephone": form.text("telephone", label="the telephone number", required=False, max_length=40),
    }
    if scrutineer:
        tie = form.choice("tie", label="whether they have declared a tie", options=[tie["value"] for tie in TIES])
        described = form.text("declared_tie", label="the tie", required=tie == "tie", max_length=1000, lines=True)
        person |= {"noTie": tie == "none", "declaredTie": described if tie == "tie" else None}
    return person


async def _chair(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "AreaMembership", areaId=ids.encode("Area", area.id))
    options = [
        {"value": row.delegated.holder.id, "text": f"{row.delegated.holder.personName}, {row.partner.name}"}
        for row in data.membership.partners
        if row.delegated.holder
    ]
    here = f"/area/{slug}/membership"
    return render(
        request, "membership/chair.html", form=form, title="Choose the partnership chair", caption=area.name,
        here=here, back=here, delegates=options,
    )  # fmt: skip


@get("/area/{slug:str}/membership/chair", opt={"access": "area"})
async def chair(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks which delegate chairs, and from when."""
    return await _chair(request, slug, Form())


@post("/area/{slug:str}/membership/chair", opt={"access": "area"})
async def chair_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Lets one of the delegates chair from a day; who chaired before ends the day before."""
    area, form = area_of(request, slug), await read_form(request)
    # which of them are delegates is for the service to say
    chosen = form.choice("appointment_id", label="who chairs", options=[form.value("appointment_id")])
    first = form.date("valid_from", label="the first day")
    reason = form.text("reason", label="how they were chosen", max_length=1000, lines=True)
    values = {"appointmentId": chosen, "validFrom": iso(first), "reason": reason}
    if await send(request, form, "ChooseChair", area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash="The chair is recorded.")
    return await _chair(request, slug, form)


ROUTES = [holder, holder_now, chair, chair_now]
