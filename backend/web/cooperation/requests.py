"""A cycle's progress and lists, and one agency's request: its return, the reply, the follow-up."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.cooperation import cycle_export
from backend.web.cooperation.agencies import in_list, next_page, place_in_list
from backend.web.cooperation.cycle_export import narrowing
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from tenants.cooperation.permissions import can_manage, can_reply
from tenants.cooperation.rules.requests import LABELS

STATES = [{"value": state.value, "text": text} for state, text in LABELS.items()]


@get("/area/{slug:str}/cycles/{cycle_id:str}", opt={"access": "area"})
async def cycle(request: Request[Any, Any, Any], slug: FromPath[str], cycle_id: FromPath[str]) -> Response[Any]:
    """How far a cycle has come, by category and follow-up step; the late list; every request."""
    return await _cycle(request, slug, cycle_id)


async def _cycle(
    request: Request[Any, Any, Any], slug: str, cycle_id: str, *, form: Form | None = None
) -> Response[Any]:
    area = area_of(request, slug)
    asked, where = narrowing(request, cycle_id)
    data = await query(
        request, "CyclePage", id=cycle_id, areaId=ids.encode("Area", area.id), where=where, after=asked["after"]
    )
    record, actor = found(data.record), actor_of(request)
    path = f"/area/{slug}/cycles/{cycle_id}"
    kept = {key: value for key, value in asked.items() if value and key != "after"}
    return render(
        request,
        "cooperation/cycle.html",
        form=in_list(form, asked),
        title=record.cycle.dutyTitle,
        slug=slug,
        caption=f"{area.name} · {record.cycle.label}",
        record=record,
        requests=data.requests.nodes,
        here=path,
        categories=[{"value": one.category, "text": one.categoryLabel} for one in record.byCategory],
        states=STATES,
        narrowed=any(kept.values()),
        narrowed_to=urlencode(kept),
        wide=True,
        next=next_page(path, asked, data.requests.pageInfo),
        place=place_in_list(asked),
        back=f"/area/{slug}/duties",
        replies=can_reply(actor, area_id=area.id),
        manages=can_manage(actor, area_id=area.id),
    )


@post("/area/{slug:str}/cycles/{cycle_id:str}/accept", opt={"access": "area"})
async def accept(request: Request[Any, Any, Any], slug: FromPath[str], cycle_id: FromPath[str]) -> Response[Any]:
    """Accepts the ticked returns with one comment."""
    area, form = area_of(request, slug), await read_form(request)
    if not form.values("request"):
        form.add_problem("request", "Select the returns to accept")
    comment = form.text("comment", label="a comment for the agencies", max_length=4000, lines=True)
    if not form.problems:
        said = {"areaId": ids.encode("Area", area.id), "requestIds": form.values("request"), "comment": comment}
        outcome = await mutate(request, "AcceptReturns", said)
        if outcome.ok:
            back = f"/area/{slug}/cycles/{cycle_id}{place_in_list(narrowing(request, cycle_id)[0])}"
            return redirect(request, back, flash=f"{outcome.done.count} accepted.")
        form.add_problems(outcome.problems)
    return await _cycle(request, slug, cycle_id, form=form)


@get("/area/{slug:str}/requests/{request_id:str}", opt={"access": "area"})
async def one_request(request: Request[Any, Any, Any], slug: FromPath[str], request_id: FromPath[str]) -> Response[Any]:
    """What one agency sent, what was replied, questions, reminders, follow-up."""
    return await _request(request, slug, request_id)


async def _request(
    request: Request[Any, Any, Any], slug: str, request_id: str, *, form: Form | None = None
) -> Response[Any]:
    area = area_of(request, slug)
    record = found((await query(request, "RequestPage", id=request_id)).record)
    found(record.followUp if record.request.areaId == ids.encode("Area", area.id) else None)
    return render(
        request,
        "cooperation/request.html",
        form=form,
        title=record.request.agencyName,
        slug=slug,
        caption=f"{record.request.title} · {record.request.cycleLabel}",
        record=record,
        one=record.request,
        here=f"/area/{slug}/requests/{request_id}",
        runs=can_reply(actor_of(request), area_id=area.id),
        back=f"/area/{slug}/agencies/{record.request.agencyId}",
    )


@post("/area/{slug:str}/requests/{request_id:str}/{verb:str}", opt={"access": "area"})
async def act(
    request: Request[Any, Any, Any], slug: FromPath[str], request_id: FromPath[str], verb: FromPath[str]
) -> Response[Any]:
    """Replies, asks or answers a question, moves the follow-up, or stops asking."""
    area_of(request, slug)
    form = await read_form(request)
    operation, said, flash = _said(form, found(verb if verb in VERBS else None))
    if not form.problems:
        outcome = await mutate(request, operation, {"requestId": request_id, **said})
        if outcome.ok:
            return redirect(request, f"/area/{slug}/requests/{request_id}", flash=flash)
        form.add_problems(outcome.problems)
    return await _request(request, slug, request_id, form=form)


VERBS = frozenset({"reply", "message", "follow-up", "cancel"})


def _said(form: Form, verb: str) -> tuple[str, dict[str, Any], str]:
    match verb:
        case "reply":
            return (
                "ReplyToReturn",
                {
                    "version": form.whole("version", label="the version"),
                    "outcome": form.choice(
                        "outcome", label="accept, or ask for more", options=("accepted", "more_needed")
                    ),
                    "comment": form.text("comment", label="a comment for the agency", max_length=4000, lines=True),
                },
                "Your reply has been sent.",
            )
        case "message":
            body = form.text("body", label="a message", max_length=4000, lines=True)
            return "PostRequestMessage", {"body": body}, "Your message has been sent."
        case "follow-up":
            return (
                "MoveFollowUp",
                {
                    "fromStep": form.whole("from_step", label="the step it stands at"),
                    "toStep": form.whole("to_step", label="the step to move to"),
                    "reason": form.text("reason", label="why", max_length=1000, lines=True),
                },
                "The follow-up is recorded.",
            )
    return (
        "CancelRequest",
        {
            "version": form.whole("version", label="the version"),
            "reason": form.text("cancel_reason", label="why you stop asking", max_length=1000, lines=True),
        },
        "This agency is not asked any more.",
    )


ROUTES = [cycle, accept, one_request, act, *cycle_export.ROUTES]
