"""Who is in the partnership on a day, and how it came to be."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.web.forms import Form
from backend.web.membership import bodies, corrections, endings, people
from backend.web.operation import query
from backend.web.render import render
from backend.web.signed_in import area_of
from concordat_graphql import ids


@get("/area/{slug:str}/membership", opt={"access": "area"})
async def membership(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Partners, leads, delegates, chair, scrutineers, groups and seats as at a day; today when none is given."""
    area = area_of(request, slug)
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    day = form.date("as_at", label="the day", required=False)
    found = (
        await query(request, "AreaMembership", areaId=ids.encode("Area", area.id), asAt=day and day.isoformat())
    ).membership
    return render(
        request,
        "membership/membership.html",
        form=form,
        title="Membership",
        caption=area.name,
        here=f"/area/{slug}/membership",
        found=found,
        past=day is not None,
        edits=found.mayEdit and day is None,
        delegates=[row.delegated.holder for row in found.partners if row.delegated.holder],
        names={row.partner.id: row.partner.name for row in found.partners},
        wide=True,
    )


@get("/area/{slug:str}/membership/history", opt={"access": "area"})
async def history(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Every partner body, chair and appointment there has been."""
    area = area_of(request, slug)
    after = request.query_params.get("after")
    found = await query(request, "MembershipHistory", areaId=ids.encode("Area", area.id), after=after)
    return render(
        request,
        "membership/history.html",
        title="History of the membership",
        caption=area.name,
        here=f"/area/{slug}/membership",
        back=f"/area/{slug}/membership",
        found=found,
        names={body.id: body.name for body in found.membershipPartners},
        wide=True,
    )


ROUTES = [membership, history, *bodies.ROUTES, *people.ROUTES, *corrections.ROUTES, *endings.ROUTES]
