"""My duties: what is asked of my organisations, by when; and where they are included."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render


@get("/duties", opt={"access": "agency"})
async def duties(request: Request[Any, Any, Any]) -> Response[Any]:
    """What is asked, soonest due first; `show=all` also shows what has been answered."""
    every = request.query_params.get("show") == "all"
    after = request.query_params.get("after")
    data = await query(request, "MyDuties", openOnly=not every, after=after)
    waiting = [one for one in data.inclusions if one.state == "notified"]
    return render(
        request,
        "agency/duties.html",
        title="My duties",
        duties=data.duties,
        waiting=waiting,
        inclusions=data.inclusions,
        every=every,
        wide=True,
    )


@get("/duties/{request_id:str}", opt={"access": "agency"})
async def duty(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """One duty: what is asked and why, what was sent, what the partnership replied, questions."""
    return await show_duty(request, request_id)


async def show_duty(request: Request[Any, Any, Any], request_id: str, *, form: Form | None = None) -> Response[Any]:
    """Return the page of one duty, with what is wrong with a form on it."""
    record = await record_of(request, request_id)
    return render(
        request,
        "agency/duty.html",
        form=form,
        title=record.request.title,
        back="/duties",
        caption=f"{record.request.agencyName} · {record.request.areaName}",
        record=record,
        here=f"/duties/{request_id}",
    )


async def record_of(request: Request[Any, Any, Any], request_id: str) -> Any:
    """Return the record of a request that the person answers for; otherwise 404."""
    record = found((await query(request, "RequestPage", id=request_id)).record)
    return found(record if record.mayAnswer else None)


@post("/duties/{request_id:str}/message", opt={"access": "agency"})
async def message(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Asks the partnership a question about a duty."""
    form = await read_form(request)
    body = form.text("body", label="your question", max_length=4000, lines=True)
    if not form.problems:
        outcome = await mutate(request, "PostRequestMessage", {"requestId": request_id, "body": body})
        if outcome.ok:
            return redirect(request, f"/duties/{request_id}", flash="Your question has been sent to the partnership.")
        form.add_problems(outcome.problems)
    return await show_duty(request, request_id, form=form)


@post("/inclusions/{agency_id:str}/acknowledge", opt={"access": "agency"})
async def acknowledge(request: Request[Any, Any, Any], agency_id: FromPath[str]) -> Response[Any]:
    """Acknowledges inclusion in an area's arrangements."""
    form = await read_form(request)
    version = form.whole("version", label="the version") or 0
    outcome = await mutate(request, "AcknowledgeInclusion", {"agencyId": agency_id, "version": version})
    said = outcome.problems[0].message if outcome.problems else f"Thank you: {outcome.done.name} has acknowledged."
    return redirect(request, "/duties", flash=said)


@get("/inclusions/{agency_id:str}/decline", opt={"access": "agency"})
async def decline(request: Request[Any, Any, Any], agency_id: FromPath[str]) -> Response[Any]:
    """Asks why the organisation declines to be included."""
    return await _decline(request, agency_id)


async def _decline(request: Request[Any, Any, Any], agency_id: str, *, form: Form | None = None) -> Response[Any]:
    record = found(await _inclusion(request, agency_id))
    shown = form or Form.filled({"version": record.version})
    return render(
        request,
        "agency/reason.html",
        form=shown,
        title="Decline to be included",
        caption=record.areaName,
        lines=["The partnership reads your reason. It may get in touch with you about it."],
        action=f"/inclusions/{agency_id}/decline",
        label=f"Why does {record.name} decline?",
        button="Decline",
        back="/duties",
    )


async def _inclusion(request: Request[Any, Any, Any], agency_id: str) -> Any:
    data = await query(request, "MyDuties", openOnly=True)
    return next((one for one in data.inclusions if one.id == agency_id), None)


@post("/inclusions/{agency_id:str}/decline", opt={"access": "agency"})
async def decline_now(request: Request[Any, Any, Any], agency_id: FromPath[str]) -> Response[Any]:
    """Declines inclusion, with the reason."""
    form = await read_form(request)
    reason = form.text("reason", label="why you decline", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    if not form.problems:
        said = {"agencyId": agency_id, "version": version, "reason": reason}
        outcome = await mutate(request, "DeclineInclusion", said)
        if outcome.ok:
            return redirect(request, "/duties", flash="Your reason has been sent to the partnership.")
        form.add_problems(outcome.problems)
    return await _decline(request, agency_id, form=form)


ROUTES = [duties, duty, message, acknowledge, decline, decline_now]
