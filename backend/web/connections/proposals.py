"""What waits for a decision: proposals side by side with what is known, accepted or refused one by one or in bulk."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post

from backend.web.connections.place import Asked, Place, place_of
from backend.web.form_body import read_form
from backend.web.formats import plural
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.render import redirect, render

ACCEPT, REST, REFUSE, AGAIN = "accept", "accept_rest", "refuse", "reconsider"
VERBS = {
    ACCEPT: ("AcceptProposals", "accepted"),
    REST: ("AcceptProposals", "accepted"),
    REFUSE: ("RefuseProposals", "refused"),
    AGAIN: ("ReconsiderProposals", "back among those that wait"),
}


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
    nodes = page.nodes if decided else sorted(page.nodes, key=lambda one: one.organisationName or "")
    here = f"{place.connections}/proposals"
    kept = {"show": "decided"} if decided else {}
    this_page = urlencode({**kept, **({"after": after} if after else {})})
    more = f"{here}?{urlencode({**kept, 'after': page.pageInfo.endCursor})}" if page.pageInfo.hasNextPage else None
    return render(request, "connections/proposals.html", form=form, caption=place.caption, place=place, here=here,
                  sent_to=f"{here}?{this_page}" if this_page else here,
                  title="Decided proposals" if decided else "Proposals that wait for a decision", decided=decided,
                  proposals=nodes, next=more, back=place.connections, wide=True)


@post("/area/{slug:str}/connections/proposals", opt={"access": "area"})
async def decide(request: Asked) -> Response[Any]:
    """Accepts or refuses the ticked proposals, accepts all but those, or takes refusals back; tells of each."""
    place, form = place_of(request), await read_form(request)
    verb = form.choice("decision", label="accept or refuse", options=VERBS)
    chosen = _chosen(form, verb)
    if not chosen:
        nothing = "Leave at least one proposal unticked" if verb == REST else "Select at least one proposal"
        form.add_problem("proposal", nothing)
    reason = form.text("reason", label="a reason", required=verb in (REFUSE, AGAIN), max_length=1000, lines=True)
    if not form.problems and verb is not None:
        operation, said = VERBS[verb]
        values: dict[str, object] = {"areaId": place.area_key, "proposals": chosen, "reason": reason}
        if verb in (ACCEPT, REST):
            values["invitePeople"] = form.ticked("invite")
        outcome = await mutate(request, operation, values)
        if outcome.ok:
            return _told(request, place, outcome.done, said)
        for problem in outcome.problems:
            form.add_problem("proposal" if problem.field == "proposals" else problem.field, problem.message,
                             code=problem.code)  # fmt: skip
    return await _proposals(request, form)


def _chosen(form: Form, verb: str | None) -> list[dict[str, object]]:
    """Return the proposals as they were seen: the ticked ones, or all of the page but those."""
    ticked = dict.fromkeys(form.values("proposal"))
    seen = [one for one in dict.fromkeys(form.values("listed")) if one not in ticked] if verb == REST else ticked
    parts = [one.rpartition(".") for one in seen]
    return [{"id": key, "version": int(version)} for key, _, version in parts if version.isdecimal()]


def _told(request: Asked, place: Place, done: Any, said: str) -> Response[Any]:
    here = f"{place.connections}/proposals"
    if all(one.done and one.said is None for one in done.outcomes):
        return redirect(request, here, flash=f"{plural(done.decided, 'proposal')} {said}.")
    return render(request, "connections/decided.html", title="What became of each proposal", caption=place.caption,
                  place=place, outcomes=done.outcomes, decided=done.decided, said=said, back=here, wide=True)


ROUTES = [proposals, decide]
