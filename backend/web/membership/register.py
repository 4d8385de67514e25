"""Saying which body of the national register a partner is, so that its own people can be given roles."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.sending import from_query, send
from backend.web.operation import found, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids
from tenants.membership.rules import REGISTER_KINDS, Kind


async def _page(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area, here = area_of(request, slug), f"/area/{slug}/membership"
    opaque, area_id = form.value("partner"), ids.encode("Area", area.id)
    one = found((await query(request, "OnePartner", areaId=area_id, id=opaque)).partnerBody)
    kind, search = REGISTER_KINDS[Kind(one.kind)], form.value("search").strip() or None
    data = await query(request, "BodiesToLink", kind=kind, search=search)
    bodies = [{"value": each.id, "text": each.name} for each in data.organisations.nodes]
    return render(
        request, "membership/register.html", form=form, title="Link to the register", caption=area.name, here=here,
        back=here, one=one, bodies=bodies, more=data.organisations.pageInfo.hasNextPage, search=search,
    )  # fmt: skip


@get("/area/{slug:str}/membership/partners/link", opt={"access": "area"})
async def link(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks which body of the register the partner is; `search` narrows the list by name."""
    return await _page(request, slug, from_query(request, "partner", "version", "search"))


@post("/area/{slug:str}/membership/partners/link", opt={"access": "area"})
async def link_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Links the partner to the body that was chosen; the body is then present in the area."""
    area, form = area_of(request, slug), await read_form(request)
    chosen, version = form.value("organisation_id"), form.whole("version", label="the version")
    if not chosen:
        form.add_problem("organisation_id", "Select the body that this partner is")
    values = {"partnerId": form.value("partner"), "version": version, "organisationId": chosen}
    if await send(request, form, "LinkPartner", area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash="The partner is linked to the register.")
    return await _page(request, slug, form)


ROUTES = [link, link_now]
