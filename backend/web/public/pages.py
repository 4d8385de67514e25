"""What anyone may read, signed in or not; always the same for everyone."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.web.forms import Form
from backend.web.operation import found, query
from backend.web.render import render


@get("/areas", opt={"access": "public"})
async def areas(request: Request[Any, Any, Any]) -> Response[Any]:
    """Every area, narrowed by part of its name or of a local authority's."""
    search = request.query_params.get("search", "")[:200]
    data = await query(request, "PublicAreas", search=search or None)
    return render(request, "public/areas.html", form=Form.filled({"search": search}), areas=data.publicAreas,
                  title="Areas and their arrangements", search=search)


@get("/areas/{slug:str}", opt={"access": "public"})
async def area(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """One area: what it covers, its safeguarding partners, who holds which office."""
    page = found((await query(request, "PublicArea", slug=slug)).publicArea)
    return render(request, "public/area.html", title=page.area.name, page=page, area=page.area,
                  breadcrumbs=[{"text": "Areas", "href": "/areas"}])


ROUTES = [areas, area]
