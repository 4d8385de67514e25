"""Ending a partner, an appointment, a chairing, a group or a seat: asked first, with a last day and a reason."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.sending import from_query, iso, send
from backend.web.render import redirect, render
from backend.web.signed_in import area_of

#: what ends: the stored mutation, the title of the page, and what else happens
ENDINGS = {
    "partner": ("EndPartner", "End a partner", "Its appointments end on the same day."),
    "appointment": ("EndAppointment", "End an appointment", "The office is vacant from the day after."),
    "chair": ("EndChair", "End a chairing", "The delegate stays a delegate; nobody chairs from the day after."),
    "group": ("EndGroup", "End a group", "Its seats end on the same day, and so do their holders."),
    "seat": ("EndSeat", "End a seat", "Its holder ends on the same day."),
}


def _page(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    if form.value("what") not in ENDINGS:
        raise NotFoundException
    _, title, effect = ENDINGS[form.value("what")]
    here = f"/area/{slug}/membership"
    return render(
        request, "membership/end.html", form=form, title=title, caption=area.name, here=here, back=here, effect=effect
    )


@get("/area/{slug:str}/membership/end", opt={"access": "area"})
async def end(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks when and why it ends."""
    return _page(request, slug, from_query(request, "what", "id", "version", "who"))


@post("/area/{slug:str}/membership/end", opt={"access": "area"})
async def end_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Ends it on its last day; the record stays."""
    area, form = area_of(request, slug), await read_form(request)
    last = form.date("last_day", label="the last day")
    reason = form.text("reason", label="why it ends", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    if form.value("what") not in ENDINGS:
        raise NotFoundException
    name = ENDINGS[form.value("what")][0]
    values = {"id": form.value("id"), "version": version, "lastDay": iso(last), "reason": reason}
    if await send(request, form, name, area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash="The end is recorded. The history is kept.")
    return _page(request, slug, form)


ROUTES = [end, end_now]
