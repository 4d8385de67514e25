"""Who is in the partnership on a day, and how it came to be."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.web.forms import Form
from backend.web.membership import accounts, bodies, corrections, endings, following, people, register, taking_back
from backend.web.operation import query
from backend.web.render import render
from backend.web.signed_in import area_of
from concordat_graphql import ids
from tenants.membership.rules import Office


@get("/area/{slug:str}/membership", opt={"access": "area"})
async def membership(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Partners, leads, delegates, chair, scrutineers, groups and seats as at a day; today when none is given."""
    area = area_of(request, slug)
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    day = form.date("as_at", label="the day", required=False)
    area_id = ids.encode("Area", area.id)
    data = await query(request, "AreaMembership", areaId=area_id, asAt=day and day.isoformat())
    found = data.membership
    following = [] if day else (await query(request, "PartnerSuccessions", areaId=area_id)).partnerSuccessions
    ahead = [] if day else (await query(request, "MembershipAhead", areaId=area_id)).membershipAhead.changes
    return render(
        request,
        "membership/membership.html",
        form=form,
        title="Membership",
        caption=area.name,
        slug=slug,
        here=f"/area/{slug}/membership",
        found=found,
        past=day is not None,
        edits=found.mayEdit and day is None,
        following=following,
        ahead=ahead,
        accounts={} if day else _accounts(found, data.areaAccounts),
        delegates=[row.delegated.holder for row in found.partners if row.delegated.holder],
        names={row.partner.id: row.partner.name for row in found.partners},
        wide=True,
    )


def _accounts(found: Any, known: Any) -> dict[str, accounts.Seen]:
    """Returns what to say of each appointment's account, by the appointment's id."""
    held = [(row.lead.holder, Office.LEAD) for row in found.partners]
    held += [(row.delegated.holder, Office.DELEGATED) for row in found.partners]
    held += [(one, Office.SCRUTINEER) for one in found.scrutineers]
    return {one.id: accounts.seen(one, office=office, accounts=known) for one, office in held if one}


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


ROUTES = [
    membership,
    history,
    *bodies.ROUTES,
    *following.ROUTES,
    *people.ROUTES,
    *accounts.ROUTES,
    *register.ROUTES,
    *corrections.ROUTES,
    *endings.ROUTES,
    *taking_back.ROUTES,
]
