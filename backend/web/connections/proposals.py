"""What waits for a decision: proposals side by side with what is known, accepted or refused one by one or in bulk."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post

from backend.web.connections.place import Asked, place_of
from backend.web.form_body import read_form
from backend.web.formats import plural
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.render import redirect, render

VERBS = {"accept": ("AcceptProposals", "accepted"), "refuse": ("RefuseProposals", "refused")}


@get("/area/{slug:str}/connections/proposals", opt={"access": "area"})
async def proposals(request: Asked) -> Response[Any]:
    """Proposals that wait, oldest first; or those that were decided."""
    return await _proposals(request, Form())


async def _proposals(request: Asked, form: Form) -> Response[Any]:
    place = place_of(request)
    decided = request.query_params.get("show") == "decided"
    after = request.query_params.get("after")
    page = (await query(request, "ConnectionProposals", areaId=place.area_key, waiting=not decided, after=after)
            ).connectionProposals  # fmt: skip
    here = f"{place.connections}/proposals"
    kept = {"show": "decided"} if decided else {}
    more = f"{here}?{urlencode({**kept, 'after': page.pageInfo.endCursor})}" if page.pageInfo.hasNextPage else None
    return render(request, "connections/proposals.html", form=form, caption=place.caption, place=place, here=here,
                  title="Decided proposals" if decided else "Proposals that wait for a decision", decided=decided,
                  proposals=page.nodes, next=more, back=place.connections, wide=True)


@post("/area/{slug:str}/connections/proposals", opt={"access": "area"})
async def decide(request: Asked) -> Response[Any]:
    """Accepts or refuses the ticked proposals."""
    place, form = place_of(request), await read_form(request)
    verb = form.choice("decision", label="accept or refuse", options=VERBS)
    seen = [one.rpartition(".") for one in dict.fromkeys(form.values("proposal"))]
    chosen = [{"id": key, "version": int(version)} for key, _, version in seen if version.isdecimal()]
    if not chosen:
        form.add_problem("proposal", "Select at least one proposal")
    reason = form.text("reason", label="a reason", required=verb == "refuse", max_length=1000, lines=True)
    if not form.problems and verb is not None:
        operation, said = VERBS[verb]
        values: dict[str, object] = {"areaId": place.area_key, "proposals": chosen, "reason": reason}
        if verb == "accept":
            values["invitePeople"] = form.ticked("invite")
        outcome = await mutate(request, operation, values)
        if outcome.ok:
            told = f"{plural(outcome.done.decided, 'proposal')} {said}."
            return redirect(request, f"{place.connections}/proposals", flash=told)
        for problem in outcome.problems:
            form.add_problem("proposal" if problem.field == "proposals" else problem.field, problem.message,
                             code=problem.code)  # fmt: skip
    return await _proposals(request, form)


ROUTES = [proposals, decide]
