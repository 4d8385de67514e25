"""The page of one move: what it will do, its fields, and its stored mutation. Used by the area and by officials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.intervention.drafts import read_evidence
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from tenants.intervention.rules.decisions import DECISIONS

LONG, SHORT = 8000, 4000


@dataclass(frozen=True, kw_only=True)
class MovePage:
    """How a move is told and made."""

    operation: str
    link: str
    title: str
    says: str
    done: str
    warning: str = ""


MOVES: dict[str, MovePage] = {
    "refer": MovePage(
        operation="ReferFlag",
        link="Refer to the Department",
        title="Refer this flag to the Department",
        says="Department officials will read the flag, its evidence and who was told, and every move from now on. "
        "Your notes, and what you wrote for yourselves about what was tried, stay in the area.",
        warning="A referral stays in the record. You can withdraw it until the Department decides.",
        done="The flag is referred to the Department.",
    ),
    "withdraw": MovePage(
        operation="WithdrawFlag",
        link="Withdraw",
        title="Withdraw this flag",
        says="The flag and your reason stay in the record. You can open it again later.",
        done="The flag is withdrawn.",
    ),
    "reopen": MovePage(
        operation="ReopenFlag",
        link="Open again",
        title="Open this flag again",
        says="The flag goes back to where it can be acted on. An earlier decision stays in the record.",
        done="The flag is open again.",
    ),
    "answer": MovePage(
        operation="AnswerAboutFlag",
        link="Answer the Department’s question",
        title="Answer the Department’s question",
        says="Your answer and any links you add are read by Department officials. Never name a child.",
        done="Your answer is with the Department.",
    ),
    "acknowledge": MovePage(
        operation="AcknowledgeFlag",
        link="Acknowledge",
        title="Acknowledge this flag",
        says="The area sees that you have it, your name, and what you say happens next.",
        done="The flag is acknowledged.",
    ),
    "ask": MovePage(
        operation="AskAboutFlag",
        link="Ask for information",
        title="Ask the area for information",
        says="The area sees your question, why you ask, and the day by which you need the answer.",
        done="The question is with the area.",
    ),
    "decide": MovePage(
        operation="DecideFlag",
        link="Record a decision",
        title="Record a decision",
        says="The area sees the decision, your name and your reasons at once.",
        warning="A decision stays in the record. A later decision can replace it but not remove it.",
        done="The decision is recorded.",
    ),
    "close": MovePage(
        operation="CloseFlag",
        link="Close",
        title="Close this flag",
        says="The area sees that the flag is closed, and why. An official can open it again.",
        done="The flag is closed.",
    ),
}


async def record_of(request: Request[Any, Any, Any], flag: str, *, slug: str | None = None) -> Any:
    """Returns a flag's record; answers 404 when it is not the reader's, or is another area's than `slug`."""
    record = found((await query(request, "FlagRecord", id=flag)).interventionFlag)
    if slug is not None and record.flag.area.slug != slug:
        raise NotFoundException
    return record


async def show_move(request: Request[Any, Any, Any], move: str, *, record: Any, back: str, form: Form) -> Response[Any]:
    """Returns the page of a move; 404 for one that the reader cannot make now, unless it tells of a problem."""
    page = MOVES.get(move)
    if page is None or (move not in record.movesOpen and not form.problems):
        raise NotFoundException
    choices = (await query(request, "DecisionForm")).interventionChoices if move == "decide" else None
    return render(request, "intervention/move.html", form=form, title=page.title, caption=record.flag.title,
                  page=page, move=move, record=record, flag=record.flag, back=back, choices=choices)


async def make_move(request: Request[Any, Any, Any], move: str, *, record: Any, back: str) -> Response[Any]:
    """Makes the move with what was typed: 303 to the record, or the same page with the problems (422)."""
    page, form = MOVES.get(move), await read_form(request)
    if page is None:
        raise NotFoundException
    said = _read(move, form)
    version = form.whole("version", label="the version")
    if not form.problems:
        outcome = await mutate(request, page.operation, {"flagId": record.flag.id, "version": version, **said})
        if outcome.ok:
            return redirect(request, back, flash=page.done)
        form.add_problems(outcome.problems)
    return await show_move(request, move, record=record, back=back, form=form)


def _read(move: str, form: Form) -> dict[str, object]:
    match move:
        case "answer":
            answer = form.text("answer", label="your answer", max_length=LONG, lines=True)
            return {"answer": answer, "evidence": read_evidence(form)}
        case "decide":
            return _decision(form)
    why = "what happens next" if move == "acknowledge" else "a reason"
    said: dict[str, object] = {"reason": form.text("reason", label=why, max_length=SHORT, lines=True)}
    if move == "refer":
        what = "what you have tried, as the Department will read it"
        said["submission"] = form.text("submission", label=what, max_length=SHORT, lines=True)
    if move == "ask":
        due = form.date("reply_due_on", label="the day by which you need an answer")
        said["question"] = form.text("question", label="the question", max_length=SHORT, lines=True)
        said["replyDueOn"] = due and due.isoformat()
    return said


def _decision(form: Form) -> dict[str, object]:
    review_on = form.date("review_on", label="the review date", required=False)
    return {
        "decision": form.choice("decision", label="a decision", options=DECISIONS) or "",
        "reasons": form.text("reasons", label="the reasons for the decision", max_length=LONG, lines=True),
        "reviewOn": review_on and review_on.isoformat(),
        "power": form.value("power") or None,
    }
