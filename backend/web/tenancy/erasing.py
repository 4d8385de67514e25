"""Of whom the audit trail holds personal text; and erasing it, after a page that says what goes and what stays."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids


@get("/area/{slug:str}/audit/people", opt={"access": "area"})
async def people(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Whoever is named in the trail, found by a part of what it says of them."""
    area = area_of(request, slug)
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    data = await query(request, "TrailSubjects", areaId=ids.encode("Area", area.id),
                       search=form.value("search") or None, after=form.value("after") or None)
    return render(request, "tenancy/trail_people.html", form=form, title="People in the audit trail",
                  caption=area.name, slug=slug, subjects=data.trailSubjects, wide=True)


@get("/area/{slug:str}/audit/erase", opt={"access": "area"})
async def erase(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks before what the trail says of somebody is erased."""
    return await _ask(request, slug, Form(raw={"subject": [request.query_params.get("subject", "")]}))


async def _ask(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "OneTrailSubject", areaId=ids.encode("Area", area.id), id=form.value("subject"))
    return render(request, "tenancy/trail_erase.html", form=form, title="Erase a person from the audit trail",
                  caption=area.name, slug=slug, subject=found(data.trailSubject))


@post("/area/{slug:str}/audit/erase", opt={"access": "area"})
async def erase_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Erases it, for good."""
    area, form = area_of(request, slug), await read_form(request)
    reason = form.text("reason", label="why it is erased", max_length=1000, lines=True)
    if not form.problems:
        outcome = await mutate(request, "EraseFromTrail", {
            "areaId": ids.encode("Area", area.id), "subjectId": form.value("subject"), "reason": reason,
        })
        if outcome.ok:
            return redirect(request, f"/area/{slug}/audit/people", flash="It is erased from the audit trail.")
        form.add_problems(outcome.problems)
    return await _ask(request, slug, form)


ROUTES = [people, erase, erase_now]
