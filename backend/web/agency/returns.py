"""Answering a duty: one form, saved whenever wanted; check; send; receipt. Taking it back; declining."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from backend.web.agency.answer_form import add_faults, add_problems, as_input, on_page, read_answers, shown
from backend.web.agency.duties import record_of, show_duty
from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate
from backend.web.render import redirect, render


@get("/duties/{request_id:str}/answer", opt={"access": "agency"})
async def answer(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """The form, filled with the draft or with last year's answers."""
    record = await record_of(request, request_id)
    if not record.maySave:
        return redirect(request, f"/duties/{request_id}")
    form = shown(record.asked.questions, record.draft)
    return _form(request, request_id, record, form)


def _form(request: Request[Any, Any, Any], request_id: str, record: Any, form: Form) -> Response[Any]:
    form.raw = {"version": [str(record.request.version)], **form.raw}
    carried = {given.key for given in record.draft if given.prefilled}
    return render(
        request,
        "agency/answer.html",
        form=form,
        title=record.request.title,
        caption=f"{record.request.agencyName} · {record.request.areaName}",
        record=record,
        carried=carried,
        here=f"/duties/{request_id}",
        back=f"/duties/{request_id}",
    )


@post("/duties/{request_id:str}/answer", opt={"access": "agency"})
async def answered(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Keeps what was typed; then on to checking it, or back to the list for later."""
    record = await record_of(request, request_id)
    form = await read_form(request)
    later = form.value("then") == "later"
    answers = read_answers(form, record.asked.questions)
    version = form.whole("version", label="the version") or 0
    if not later:
        add_faults(form, record.asked.questions, answers)
    if form.problems:
        return _form(request, request_id, record, form)
    said = {"requestId": request_id, "version": version, "answers": as_input(answers)}
    outcome = await mutate(request, "SaveReturn", said)
    if outcome.ok:
        if later:
            return redirect(request, "/duties", flash="Your draft is saved. Only your own people can see it.")
        return redirect(request, f"/duties/{request_id}/check")
    add_problems(form, outcome.problems)
    if is_conflict(form):
        record = await record_of(request, request_id)
        saved = shown(record.asked.questions, record.draft)
        saved.raw = {**saved.raw, "version": [str(record.request.version)]}
        with_saved(form, saved)
    return _form(request, request_id, record, form)


@get("/duties/{request_id:str}/check", opt={"access": "agency"})
async def check(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Everything that would be sent, on one page."""
    return await _check(request, request_id)


async def _check(request: Request[Any, Any, Any], request_id: str, *, form: Form | None = None) -> Response[Any]:
    record = await record_of(request, request_id)
    if not record.maySave and form is None:
        return redirect(request, f"/duties/{request_id}")
    given = {one.key: one for one in record.draft}
    return render(
        request,
        "agency/check.html",
        form=form and on_page(form, record.asked.questions, f"/duties/{request_id}/answer"),
        title="Check your answers",
        caption=f"{record.request.title} · {record.request.agencyName}",
        record=record,
        given=given,
        carried=[one for one in record.draft if one.prefilled],
        here=f"/duties/{request_id}",
        back=f"/duties/{request_id}/answer",
    )


@post("/duties/{request_id:str}/check", opt={"access": "agency"})
async def submit(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Sends the return."""
    form = await read_form(request)
    version = form.whole("version", label="the version") or 0
    outcome = await mutate(
        request,
        "SubmitReturn",
        {
            "requestId": request_id,
            "version": version,
            "confirmPrefilled": form.ticked("confirm_prefilled"),
        },
    )
    if outcome.ok:
        return redirect(request, f"/duties/{request_id}/receipt")
    add_problems(form, outcome.problems)
    return await _check(request, request_id, form=form)


@get("/duties/{request_id:str}/receipt", opt={"access": "agency"})
async def receipt(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """The receipt of the latest return: number, time, what was sent."""
    record = await record_of(request, request_id)
    sent = found(next((one for one in record.submissions if one.withdrawnAt is None), None))
    return render(
        request,
        "agency/receipt.html",
        title="Return sent",
        record=record,
        sent=sent,
        given={one.key: one for one in sent.answers},
        here=f"/duties/{request_id}",
    )


@get("/duties/{request_id:str}/take-back", opt={"access": "agency"})
async def take_back(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Asks before a return is taken back; one that no longer can be is shown as it stands."""
    record = await record_of(request, request_id)
    if not record.mayWithdraw:
        return redirect(request, f"/duties/{request_id}")
    return render(
        request,
        "confirm.html",
        title="Take this return back to correct it?",
        caption=record.request.agencyName,
        action=f"/duties/{request_id}/take-back",
        fields={"version": record.request.version},
        button="Take it back",
        back=f"/duties/{request_id}",
        lines=["It counts as not sent until you send it again.", "Your answers are kept as a draft."],
    )


@post("/duties/{request_id:str}/take-back", opt={"access": "agency"})
async def take_back_now(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Takes a return back."""
    form = await read_form(request)
    version = form.whole("version", label="the version") or 0
    outcome = await mutate(request, "WithdrawReturn", {"requestId": request_id, "version": version})
    if outcome.ok:
        return redirect(request, f"/duties/{request_id}/answer", flash="You have taken it back. Correct it and send.")
    form.add_problems(outcome.problems)
    return await show_duty(request, request_id, form=form)


@get("/duties/{request_id:str}/decline", opt={"access": "agency"})
async def decline(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Asks why the organisation will not answer."""
    return await _decline(request, request_id)


async def _decline(request: Request[Any, Any, Any], request_id: str, *, form: Form | None = None) -> Response[Any]:
    record = await record_of(request, request_id)
    if not record.mayDecline and form is None:
        return redirect(request, f"/duties/{request_id}")
    lines = ["The partnership reads your reason. You can still answer later.", *record.asked.legalBasisLabels]
    return render(
        request,
        "agency/reason.html",
        form=form or Form.filled({"version": record.request.version}),
        title="Say why you cannot answer",
        caption=record.request.title,
        lines=lines,
        action=f"/duties/{request_id}/decline",
        label="Why can you not answer?",
        button="Send this reason",
        back=f"/duties/{request_id}",
    )


@post("/duties/{request_id:str}/decline", opt={"access": "agency"})
async def decline_now(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any] | Redirect:
    """Declines, with the reason."""
    form = await read_form(request)
    reason = form.text("reason", label="why you cannot answer", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    if not form.problems:
        said = {"requestId": request_id, "version": version, "reason": reason}
        outcome = await mutate(request, "DeclineRequest", said)
        if outcome.ok:
            return redirect(request, f"/duties/{request_id}", flash="Your reason has been sent to the partnership.")
        form.add_problems(outcome.problems)
    return await _decline(request, request_id, form=form)


ROUTES = [answer, answered, check, submit, receipt, take_back, take_back_now, decline, decline_now]
