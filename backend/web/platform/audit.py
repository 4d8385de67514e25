"""The platform's own audit trail: accounts, sign-in, refusals, imports, jobs, and every national read."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.response import Stream

from backend.web.exporting import trail_file
from backend.web.forms import Form
from backend.web.operation import query
from backend.web.render import render
from backend.web.signed_in import actor_of
from backend.web.tenancy.words import PLATFORM_KINDS, kinds
from tenants.audit.checking import Looks
from tenants.audit.service import PLATFORM
from tenants.tenancy.scope import tenant_scope


@get("/platform/audit", opt={"access": "platform"})
async def trail(request: Request[Any, Any, Any]) -> Response[Any]:
    """The trail, newest first, narrowed by day, person or kind of change; and whether its chain is whole."""
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    since = form.date("since", label="the first day", required=False)
    until = form.date("until", label="the last day", required=False)
    where = {
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
        "actor": form.value("actor") or None,
        "action": form.value("action") or None,
    }
    data = await query(request, "PlatformTrail", where=where, after=form.value("after") or None)
    looks: Looks = request.app.state.trail_looks
    async with tenant_scope(actor_of(request), readonly=True):
        look = await looks.look(area_id=PLATFORM, in_full=form.value("check") == "whole")
    return render(request, "platform/audit.html", form=form, title="Platform audit trail", trail=data.platformTrail,
                  kinds=kinds(PLATFORM_KINDS, form.value("action")), look=look, wide=True)


@get("/platform/audit.csv", opt={"access": "platform"})
async def export(request: Request[Any, Any, Any]) -> Stream:
    """The whole trail as CSV, oldest first. The export is itself an entry."""
    return await trail_file(request, area_id=PLATFORM, subject=("platform", PLATFORM), name="platform-audit-trail.csv")


ROUTES = [trail, export]
