"""A trust's schools in all areas: who still owes what; confirm many at once, leave out exceptions."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from backend.web.agency.shared import groups_of, sent_groups
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.render import redirect, render

OPEN = frozenset({"not_started", "draft", "more_needed"})


@get("/trust", opt={"access": "agency"})
async def trust(request: Request[Any, Any, Any]) -> Response[Any]:
    """Schools by area with everything that is open ticked; what has been sent only when asked for."""
    return await _trust(request)


async def _trust(request: Request[Any, Any, Any], *, form: Form | None = None) -> Response[Any]:
    after = form.value("after") if form else request.query_params.get("after")
    every = bool(form.value("every")) if form else request.query_params.get("show") == "all"
    data = await query(request, "TrustDuties", after=after or None, openOnly=not every)
    rows = sorted(data.duties.nodes, key=lambda one: (one.areaName, one.agencyName, one.dueOn))
    waiting = [one for one in rows if one.state in OPEN]
    return render(
        request,
        "agency/trust.html",
        form=form,
        title="My trust",
        rows=rows,
        waiting=waiting,
        open=OPEN,
        page=data.duties.pageInfo,
        after=after or "",
        every=every,
        late=sum(one.late for one in rows),
        wide=True,
    )


@post("/trust/check", opt={"access": "agency"})
async def check(request: Request[Any, Any, Any]) -> Response[Any]:
    """Shows which schools are about to be confirmed, and which are left out."""
    form = await read_form(request)
    return await _check(request, form, set(form.values("request")))


async def _check(request: Request[Any, Any, Any], form: Form, chosen: set[str]) -> Response[Any]:
    data = await query(request, "TrustDuties", after=form.value("after") or None, openOnly=not form.value("every"))
    waiting = [one for one in data.duties.nodes if one.state in OPEN]
    if not chosen.intersection(one.id for one in waiting):
        form.add_problem("request", "Select at least one school")
        return await _trust(request, form=form)
    return render(
        request,
        "agency/trust_check.html",
        form=form,
        title="Check before you confirm",
        back="/trust",
        groups=await groups_of(request, [one for one in waiting if one.id in chosen]),
        chosen=[one for one in waiting if one.id in chosen],
        excepted=[one for one in waiting if one.id not in chosen],
        wide=True,
    )


@post("/trust/confirm", opt={"access": "agency"})
async def confirm(request: Request[Any, Any, Any]) -> Response[Any]:
    """Sends each school's return, one by one, with the answers given for all of a kind; says what became of each."""
    form = await read_form(request)
    groups = await sent_groups(request, form)
    if form.problems:
        return await _check(request, form, set(form.values("request")))
    outcomes: list[Any] = []
    refused: list[str] = []
    for ids, answers in groups:
        outcome = await mutate(request, "ConfirmReturns", {"requestIds": ids, "answers": answers})
        outcomes += outcome.done.outcomes if outcome.ok else []
        refused += [problem.message for problem in outcome.problems]
    if not outcomes:
        return redirect(request, "/trust", flash=refused[0] if refused else "Select at least one school.")
    return render(
        request,
        "agency/trust_done.html",
        title="What became of each school",
        outcomes=outcomes,
        refused=refused,
        sent=sum(one.receipt is not None for one in outcomes),
        wide=True,
        back="/trust",
    )


ROUTES = [trust, check, confirm]
