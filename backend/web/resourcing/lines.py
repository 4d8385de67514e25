"""Lines of a budget: planned, changed, removed, and what was spent on them."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found
from backend.web.render import redirect
from backend.web.resourcing.sending import path_of, send, sheet_of, show, year_in
from backend.web.signed_in import area_of
from tenants.resourcing.rules import LINE_LABELS

KINDS = [{"value": kind.value, "text": label} for kind, label in LINE_LABELS.items()]
TITLES = {
    "add": "Add a budget line",
    "change": "Change a budget line",
    "remove": "Remove a budget line",
    "outturn": "Record what was spent",
}
MUTATIONS = {
    "add": "AddBudgetLine",
    "change": "ChangeBudgetLine",
    "remove": "RemoveBudgetLine",
    "outturn": "RecordOutturn",
}
SAID = {
    "add": "The line is added.",
    "change": "The line is changed.",
    "remove": "The line is removed.",
    "outturn": "What was spent is recorded.",
}


def _page(request: Request[Any, Any, Any], slug: str, year: int, verb: str, form: Form) -> Response[Any]:
    return show(request, "line", slug=slug, year=year, form=form, title=TITLES[verb], verb=verb, kinds=KINDS)


@get("/area/{slug:str}/resourcing/{label:str}/lines/{verb:str}", opt={"access": "area"})
async def line(
    request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str], verb: FromPath[str]
) -> Response[Any]:
    """Asks what the line plans, why it goes, or what was spent."""
    area, year = area_of(request, slug), year_in(label)
    if verb not in TITLES:
        raise NotFoundException
    sheet = await sheet_of(request, area, year)
    if verb == "add":
        return _page(request, slug, year, verb, Form.filled({"budget": sheet.budget.id}))
    return _page(request, slug, year, verb, _recorded(sheet, request.query_params.get("line", "")))


def _recorded(sheet: Any, line_id: str) -> Form:
    one = found(next((row for row in sheet.lines if row.id == line_id), None))
    values = {"line": one.id, "version": one.version, "kind": one.kind, "description": one.description}
    values |= {"planned_pence": _typed(one.planned.pence), "who": one.description}
    values |= {"outturn_pence": _typed(one.outturn.pence) if one.outturn else None}
    return Form.filled(values)


@post("/area/{slug:str}/resourcing/{label:str}/lines/{verb:str}", opt={"access": "area"})
async def line_now(
    request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str], verb: FromPath[str]
) -> Response[Any]:
    """Adds, changes or removes the line, or records what was spent."""
    area, form, year = area_of(request, slug), await read_form(request), year_in(label)
    if verb not in TITLES:
        raise NotFoundException
    values = _read(form, verb)
    if await send(request, form, MUTATIONS[verb], area=area, values=values):
        return redirect(request, path_of(slug, year), flash=SAID[verb])
    if is_conflict(form):
        with_saved(form, _recorded(await sheet_of(request, area, year), form.value("line")))
    return _page(request, slug, year, verb, form)


def _read(form: Form, verb: str) -> dict[str, object]:
    values: dict[str, object] = {}
    if verb in ("add", "change"):
        values["kind"] = form.choice("kind", label="what it is for", options=[kind["value"] for kind in KINDS])
        values["description"] = form.text("description", label="a description", max_length=300)
        values["plannedPence"] = form.pence("planned_pence", label="the planned amount")
    if verb == "remove":
        values["reason"] = form.text("reason", label="why the line goes", max_length=1000, lines=True)
    if verb == "outturn":
        values["outturnPence"] = form.pence("outturn_pence", label="what was spent")
    if verb == "add":
        return {**values, "budgetId": form.value("budget")}
    return {**values, "lineId": form.value("line"), "version": form.whole("version", label="the version")}


def _typed(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


ROUTES = [line, line_now]
