"""Putting right what was recorded wrongly about a partner body."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.sending import iso, send
from backend.web.operation import found, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids


def _page(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area, here = area_of(request, slug), f"/area/{slug}/membership"
    title = "Correct a partner body"
    return render(request, "membership/correct.html", form=form, title=title, caption=area.name, here=here, back=here)


@get("/area/{slug:str}/membership/partners/correct", opt={"access": "area"})
async def correct(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks what should have been recorded."""
    area = area_of(request, slug)
    opaque = request.query_params.get("partner", "")
    data = await query(request, "OnePartner", areaId=ids.encode("Area", area.id), id=opaque)
    one = found(data.partnerBody)
    values = {"partner": one.id, "version": one.version, "name": one.name}
    return _page(request, slug, Form.filled({**values, "valid_from": date.fromisoformat(one.validFrom)}))


@post("/area/{slug:str}/membership/partners/correct", opt={"access": "area"})
async def correct_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Corrects the record; the audit trail keeps what it said before."""
    area, form = area_of(request, slug), await read_form(request)
    values = {
        "partnerId": form.value("partner"),
        "version": form.whole("version", label="the version"),
        "name": form.text("name", label="the name of the body"),
        "validFrom": iso(form.date("valid_from", label="the first day")),
        "reason": form.text("reason", label="the reason", max_length=1000, lines=True),
    }
    if await send(request, form, "CorrectPartner", area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash="The record is corrected.")
    return _page(request, slug, form)


ROUTES = [correct, correct_now]
