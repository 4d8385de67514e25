"""An area's audit trail: read, filter, export, and see that the chain is whole."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream

from backend.web.exporting import trail_file
from backend.web.forms import Form
from backend.web.operation import Refused, query
from backend.web.render import render
from backend.web.signed_in import actor_of, area_of
from backend.web.signing_in.access import record_refusal
from backend.web.tenancy.words import AREA_KINDS, kinds
from concordat_graphql import ids
from tenants.audit.checking import Looks
from tenants.tenancy.permissions import can_erase, can_read_trail
from tenants.tenancy.scope import tenant_scope


@get("/area/{slug:str}/audit", opt={"access": "area"})
async def trail(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """The trail, newest first, narrowed by day, person or kind of change."""
    area = area_of(request, slug)
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    since = form.date("since", label="the first day", required=False)
    until = form.date("until", label="the last day", required=False)
    where = {
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
        "actor": form.value("actor") or None,
        "action": form.value("action") or None,
    }
    data = await query(request, "AuditTrail", areaId=ids.encode("Area", area.id), where=where,
                       after=form.value("after") or None)
    actor = actor_of(request)
    looks: Looks = request.app.state.trail_looks
    async with tenant_scope(actor, readonly=True):
        look = await looks.look(area_id=area.id, in_full=form.value("check") == "whole")
    return render(request, "tenancy/audit.html", form=form, title="Audit trail", caption=area.name, slug=slug,
                  kinds=kinds(AREA_KINDS, form.value("action")), trail=data.auditTrail, look=look,
                  erases=can_erase(actor, area_id=area.id), wide=True)


@get("/area/{slug:str}/audit.csv", opt={"access": "area"})
async def export(request: Request[Any, Any, Any], slug: FromPath[str]) -> Stream:
    """The whole trail as CSV, oldest first. The export is itself an entry."""
    area, actor = area_of(request, slug), actor_of(request)
    if not can_read_trail(actor, area_id=area.id):
        await record_refusal(request, actor)
        raise Refused("The audit trail is for the people who run this partnership.")
    return await trail_file(request, area_id=area.id, subject=("area", area.id), name=f"{slug}-audit-trail.csv")


ROUTES = [trail, export]
