"""Choosing agencies: one from the register, or every establishment of some categories."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids

SCHOOLS = "education_and_childcare"


@get("/area/{slug:str}/agencies/choose", opt={"access": "area"})
async def choose(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Finds an organisation of the register to put on the list."""
    return await _choose(request, slug, Form.filled({"search": request.query_params.get("search") or ""}))


async def _choose(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    search = form.value("search")
    data = await query(request, "AgencyChoosing", areaId=ids.encode("Area", area.id), search=search)
    offered = [{"value": one.code, "text": one.label} for one in data.categories]
    schools = [{"value": one.code, "text": one.label} for one in data.categories if one.grouping == SCHOOLS]
    hits = [
        {"value": one.organisationId, "text": f"{one.name}{f', {one.town}' if one.town else ''}"}
        for one in data.candidates
    ]
    return render(
        request,
        "cooperation/choose.html",
        form=form,
        title="Choose agencies",
        caption=area.name,
        slug=slug,
        search=search,
        hits=hits,
        categories=offered,
        schools=schools,
        back=f"/area/{slug}/agencies",
    )


@post("/area/{slug:str}/agencies/choose", opt={"access": "area"})
async def choose_one(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Puts one organisation on the list, with the reason."""
    area, form = area_of(request, slug), await read_form(request)
    organisation = form.value("organisation")
    if not organisation:
        form.add_problem("organisation", "Select an organisation")
    reason = form.text("reason", label="why it was chosen", max_length=1000, lines=True)
    expectation = form.text("expectation", label="what you expect", required=False, max_length=4000, lines=True)
    email = form.text("contact_email", label="the contact’s email", required=False, max_length=254)
    if not form.problems:
        outcome = await mutate(
            request,
            "ChooseAgency",
            {
                "areaId": ids.encode("Area", area.id),
                "organisationId": organisation,
                "reason": reason,
                "category": form.value("category") or None,
                "expectation": expectation,
                "contactEmail": email,
                "chosen": form.value("considered") != "yes",
            },
        )
        if outcome.ok:
            return redirect(request, f"/area/{slug}/agencies", flash=f"{outcome.done.name} is on the list.")
        form.add_problems(outcome.problems)
    return await _choose(request, slug, form)


@post("/area/{slug:str}/agencies/choose-schools", opt={"access": "area"})
async def choose_schools(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Puts every establishment of the ticked categories on the list."""
    area, form = area_of(request, slug), await read_form(request)
    reason = form.text("schools_reason", label="why they were chosen", max_length=1000, lines=True)
    if not form.values("categories"):
        form.add_problem("categories", "Select one or more statutory categories")
    if not form.problems:
        outcome = await mutate(
            request,
            "ChooseEstablishments",
            {
                "areaId": ids.encode("Area", area.id),
                "categories": form.values("categories"),
                "reason": reason,
            },
        )
        if outcome.ok:
            return redirect(request, f"/area/{slug}/agencies", flash=f"{outcome.done.count} added to the list.")
        form.add_problems(outcome.problems)
    return await _choose(request, slug, form)


ROUTES = [choose, choose_one, choose_schools]
