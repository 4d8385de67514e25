"""Where my organisations are included in arrangements: acknowledge one or many, or decline with a reason."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.agency.duties import show_duties
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import form_key, found, mutate, query
from backend.web.render import redirect, render

WHICH = ("all", "ticked")


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


@post("/inclusions/acknowledge", opt={"access": "agency"})
async def acknowledge_many(request: Request[Any, Any, Any]) -> Response[Any]:
    """Acknowledges all the inclusions that were listed, or those ticked, one by one; says what became of them."""
    form = await read_form(request)
    which = form.value("which")
    chosen = form.values("listed" if which == "all" else "ticked")
    if which not in WHICH:
        form.add_problem("which", "Select whether you acknowledge for all of them or for those you tick")
    elif not chosen:
        form.add_problem("ticked", "Tick at least one, or select “All of them”")
    if form.problems:
        return await show_duties(request, form=form)
    return redirect(request, "/duties", flash=await _acknowledged(request, chosen))


async def _acknowledged(request: Request[Any, Any, Any], chosen: list[str]) -> str:
    """Returns what to tell; each of `chosen` is an inclusion and the version that was shown, with a space between."""
    done, refused, key = 0, list[str](), await form_key(request)
    for one in dict.fromkeys(chosen):
        agency_id, _, version = one.partition(" ")
        shown = int(version) if version.isdecimal() and len(version) < 10 else 0
        said = {"idempotencyKey": f"{key}:{agency_id}", "agencyId": agency_id, "version": shown}
        outcome = await mutate(request, "AcknowledgeInclusion", said)
        done += outcome.ok
        refused += [problem.message for problem in outcome.problems]
    thanks = [f"Thank you: {done} acknowledged."] if done else []
    return " ".join([*thanks, *dict.fromkeys(refused)])


ROUTES = [acknowledge, acknowledge_many, decline, decline_now]
