"""Everything that waits for a lead, in all their areas: tick many, check, agree, see what became of each."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.render import redirect, render
from tenants.resourcing.rules import pounds

PAGE, MOST = 50, 200  #: shown at once; looked through for what was ticked
SEPARATOR = "|"  #: between the parts of a tick's value: area, what, id, version


def key_of(item: Any) -> str:
    """Return what a tick of this item sends."""
    return SEPARATOR.join((item.areaId, item.what, item.id, str(item.version)))


def item_of(key: str) -> dict[str, object] | None:
    """Return the mutation's item of a tick; None when it was not made by `key_of`."""
    parts = key.split(SEPARATOR)
    if len(parts) != 4 or not parts[3].isdecimal() or len(parts[3]) > 9:
        return None
    area_id, what, id, version = parts
    return {"areaId": area_id, "what": what, "id": id, "version": int(version)}


@get("/agreements", opt={"access": "area"})
async def agreements(request: Request[Any, Any, Any]) -> Response[Any]:
    """Budgets and contributions that wait for this person, by area; fifty to a page."""
    return await _agreements(request)


async def _agreements(request: Request[Any, Any, Any], *, form: Form | None = None) -> Response[Any]:
    after = form.value("after") if form else request.query_params.get("after")
    page = (await query(request, "MyAgreements", first=PAGE, after=after or None)).myAgreements
    rows = list(page.nodes)
    return render(
        request,
        "resourcing/agreements.html",
        form=form,
        title="Waiting for your agreement",
        rows=rows,
        key_of=key_of,
        after=after or "",
        next=f"/agreements?after={quote(page.pageInfo.endCursor)}" if page.pageInfo.hasNextPage else None,
        areas=len({row.item.areaId for row in rows}),
        wide=True,
    )


@post("/agreements/check", opt={"access": "area"})
async def check(request: Request[Any, Any, Any]) -> Response[Any]:
    """Shows what is about to be agreed, with the amounts; only what still waits as it was."""
    form = await read_form(request)
    first = PAGE if form.value("all") else MOST  # what was ticked may have moved on to the next page
    data = await query(request, "MyAgreements", first=first, after=form.value("after") or None)
    rows = list(data.myAgreements.nodes)
    ticked = {key_of(row.item) for row in rows} if form.value("all") else set(form.values("item"))
    chosen = [row for row in rows if key_of(row.item) in ticked]
    if not chosen:
        moved = "What you ticked has changed since" if ticked else "Select at least one thing to agree"
        form.add_problem("item", moved)
        return await _agreements(request, form=form)
    return render(
        request,
        "resourcing/agreements_check.html",
        title="Check before you agree",
        back="/agreements",
        chosen=chosen,
        moved=len(ticked) - len(chosen),
        key_of=key_of,
        given=pounds(sum(row.item.amount.pence for row in chosen if row.item.what == "contribution")),
        wide=True,
    )


@post("/agreements/agree", opt={"access": "area"})
async def agree(request: Request[Any, Any, Any]) -> Response[Any]:
    """Agrees each thing, area by area, and says what became of each."""
    form = await read_form(request)
    items = [item for key in form.values("item") if (item := item_of(key))]
    outcome = await mutate(request, "AgreeTogether", {"items": items})
    if not outcome.ok:
        return redirect(request, "/agreements", flash=outcome.problems[0].message)
    return render(
        request,
        "resourcing/agreements_done.html",
        title="What became of each",
        back="/agreements",
        outcomes=outcome.done.outcomes,
        agreed=outcome.done.agreed,
        wide=True,
    )


ROUTES = [agreements, check, agree]
