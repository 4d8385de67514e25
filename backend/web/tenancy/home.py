"""The site's front page and the front page of an area."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from backend.web.operation import query
from backend.web.render import render
from backend.web.signed_in import actor_of, area_of, signed_in_of
from backend.web.signing_in.navigation import home_of
from backend.web.tenancy import agenda
from concordat_graphql import ids
from infra.clock import today
from tenants.tenancy.permissions import can_read_trail


@get("/", opt={"access": "public"})
async def front(request: Request[Any, Any, Any]) -> Response[Any]:
    """What this is, for someone not signed in; everyone else goes to their own front page."""
    found = signed_in_of(request)
    if found is not None:
        return Redirect(home_of(found), status_code=HTTP_303_SEE_OTHER)
    return render(request, "tenancy/front.html", title="Arrangements that keep children safe")


@get("/area/{slug:str}", opt={"access": "area"})
async def area_home(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """What is due, what is missing and what has changed."""
    area = area_of(request, slug)
    trail = can_read_trail(actor_of(request), area_id=area.id)
    data = await query(request, "AreaHome", slug=slug, areaId=ids.encode("Area", area.id), trail=trail)
    day = today()
    return render(
        request,
        "tenancy/home.html",
        title=area.name,
        area=data.area,
        due=agenda.due(cycles=data.dutyCycles, flags=data.interventionFlags.nodes, slug=slug, today=day),
        replies=agenda.replies(cycles=data.dutyCycles, questions=data.openQuestions.nodes, slug=slug),
        more_questions=data.openQuestions.pageInfo.hasNextPage,
        waiting=agenda.waiting(list(data.myAgreements.nodes)),
        missing=agenda.missing(completeness=data.membershipCompleteness, budgets=data.budgets, slug=slug, today=day),
        glance=data.connectionsAtAGlance,
        changes=data.auditTrail.nodes if trail else None,
    )
