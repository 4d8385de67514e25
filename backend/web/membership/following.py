"""Partners whose body has a successor in the national register: taken over, or left with a reason."""

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
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from tenants.membership.permissions import can_edit

Asked = Request[Any, Any, Any]
_BASE = "/area/{slug:str}/membership/successors"
_ONE = f"{_BASE}/{{partner:str}}/{{organisation:str}}"


@get(_BASE, opt={"access": "area"})
async def successors(request: Asked, slug: FromPath[str]) -> Response[Any]:
    """What waits for a decision: each partner of today, and who follows it."""
    area = area_of(request, slug)
    return render(request, "membership/successors.html", title="Partners that another body follows",
                  caption=area.name, here=_here(slug), back=f"/area/{slug}/membership",
                  waiting=await _waiting(request, slug), edits=can_edit(actor_of(request), area_id=area.id))


@get(_ONE, opt={"access": "area"})
async def successor(request: Asked, slug: FromPath[str]) -> Response[Any]:
    """Asks from which day the successor takes over, or why it does not."""
    return await _successor(request, slug, None)


async def _successor(request: Asked, slug: str, form: Form | None) -> Response[Any]:
    asked = request.path_params["partner"], request.path_params["organisation"]
    waiting = await _waiting(request, slug)
    one = found(next((each for each in waiting if (each.partnerId, each.organisationId) == asked), None))
    dated = Form.filled({"on": date.fromisoformat(one.on)} if one.on else {})
    return render(request, "membership/successor.html", form=form or dated, title=f"Who follows {one.name}?", one=one,
                  caption=area_of(request, slug).name, here="/".join((_here(slug), *asked)), back=_here(slug))


async def _waiting(request: Asked, slug: str) -> list[Any]:
    area_id = ids.encode("Area", area_of(request, slug).id)
    return list((await query(request, "PartnerSuccessions", areaId=area_id)).partnerSuccessions)


def _here(slug: str) -> str:
    return f"/area/{slug}/membership/successors"


@post(f"{_ONE}/follow", opt={"access": "area"})
async def follow(request: Asked, slug: FromPath[str]) -> Response[Any]:
    """Lets the successor take over; the old body stays in the history."""
    form = await read_form(request)
    on = form.date("on", label="the day on which it takes over")
    return await _sent(request, slug, form, "FollowSuccessor", {"on": iso(on)}, "The successor takes over. The "
                       "history is kept, and its offices are vacant until someone is appointed.")  # fmt: skip


@post(f"{_ONE}/decline", opt={"access": "area"})
async def decline(request: Asked, slug: FromPath[str]) -> Response[Any]:
    """Leaves the partner as it is; the same is not asked again."""
    form = await read_form(request)
    why = form.text("reason", label="a reason", max_length=1000, lines=True)
    return await _sent(request, slug, form, "DeclineSuccessor", {"reason": why}, "The partner stays as it is.")


async def _sent(
    request: Asked, slug: str, form: Form, operation: str, values: dict[str, object], said: str
) -> Response[Any]:
    key = {"partnerId": request.path_params["partner"], "organisationId": request.path_params["organisation"],
           "version": form.whole("version", label="the version")}  # fmt: skip
    if await send(request, form, operation, area=area_of(request, slug), values={**key, **values}):
        return redirect(request, f"/area/{slug}/membership", flash=said)
    return await _successor(request, slug, form)


ROUTES = [successors, successor, follow, decline]
