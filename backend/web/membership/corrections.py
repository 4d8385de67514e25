"""Putting right what was recorded wrongly about a partner body, a group or a seat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.bodies import LEVELS
from backend.web.membership.sending import iso, send
from backend.web.operation import found, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What can be corrected: the page's title, the stored query and mutation, and what the form asks."""

    title: str
    query: str
    root: str
    mutation: str
    id: str
    shown: Callable[[Any], dict[str, object]]
    read: Callable[[Form], dict[str, object]]


def _seat(form: Form) -> dict[str, object]:
    offered = [level["value"] for level in LEVELS]
    return {
        "title": form.text("title", label="the title of the seat"),
        "educationLevel": form.choice(
            "education_level", label="the level of education", options=offered, required=not form.value("group")
        ),
    }


CORRECTIONS = {
    "partners": Correction(
        title="Correct a partner body",
        query="OnePartner",
        root="partnerBody",
        mutation="CorrectPartner",
        id="partnerId",
        shown=lambda one: {"name": one.name},
        read=lambda form: {"name": form.text("name", label="the name of the body")},
    ),
    "groups": Correction(
        title="Correct a group",
        query="OneGroup",
        root="boardGroup",
        mutation="CorrectGroup",
        id="groupId",
        shown=lambda one: {"name": one.name, "purpose": one.purpose},
        read=lambda form: {
            "name": form.text("name", label="the name of the group"),
            "purpose": form.text("purpose", label="the purpose", required=False, max_length=2000, lines=True),
        },
    ),
    "seats": Correction(
        title="Correct a seat",
        query="OneSeat",
        root="boardSeat",
        mutation="CorrectSeat",
        id="seatId",
        shown=lambda one: {"title": one.title, "education_level": one.educationLevel, "group": one.groupId},
        read=_seat,
    ),
}


def _page(request: Request[Any, Any, Any], slug: str, what: str, form: Form) -> Response[Any]:
    area, here = area_of(request, slug), f"/area/{slug}/membership"
    return render(
        request, "membership/correct.html", form=form, title=CORRECTIONS[what].title, caption=area.name, here=here,
        back=here, what=what, levels=LEVELS,
    )  # fmt: skip


@get("/area/{slug:str}/membership/correct/{what:str}", opt={"access": "area"})
async def correct(request: Request[Any, Any, Any], slug: FromPath[str], what: FromPath[str]) -> Response[Any]:
    """Asks what should have been recorded."""
    return _page(request, slug, what, await _recorded(request, slug, what, request.query_params.get("id", "")))


async def _recorded(request: Request[Any, Any, Any], slug: str, what: str, opaque: str) -> Form:
    area, correction = area_of(request, slug), _known(what)
    data = await query(request, correction.query, areaId=ids.encode("Area", area.id), id=opaque)
    one = found(data[correction.root])
    values = {"id": one.id, "version": one.version, **correction.shown(one)}
    return Form.filled({**values, "valid_from": date.fromisoformat(one.validFrom)})


@post("/area/{slug:str}/membership/correct/{what:str}", opt={"access": "area"})
async def correct_now(request: Request[Any, Any, Any], slug: FromPath[str], what: FromPath[str]) -> Response[Any]:
    """Corrects the record; the audit trail keeps what it said before."""
    area, form, correction = area_of(request, slug), await read_form(request), _known(what)
    values = {
        correction.id: form.value("id"),
        "version": form.whole("version", label="the version"),
        **correction.read(form),
        "validFrom": iso(form.date("valid_from", label="the first day")),
        "reason": form.text("reason", label="the reason", max_length=1000, lines=True),
    }
    if await send(request, form, correction.mutation, area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash="The record is corrected.")
    if is_conflict(form):
        with_saved(form, await _recorded(request, slug, what, form.value("id")))
    return _page(request, slug, what, form)


def _known(what: str) -> Correction:
    if what not in CORRECTIONS:
        raise NotFoundException
    return CORRECTIONS[what]


ROUTES = [correct, correct_now]
