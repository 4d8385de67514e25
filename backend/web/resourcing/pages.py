"""A year's budget: read, opened, agreed, reopened, exported."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from backend.web.exporting import record_export
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import query
from backend.web.render import redirect, render
from backend.web.resourcing import agreements, contributions, lines
from backend.web.resourcing.chart import percent, shares_chart
from backend.web.resourcing.sending import path_of, send, show, year_in
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from infra.clock import today
from infra.export import CSV_TYPE, XLSX_TYPE
from tenants.resourcing import queries
from tenants.resourcing.queries.rows import Sheet
from tenants.resourcing.rules import year_from_label, year_label, year_of
from tenants.tenancy.scope import tenant_scope


@get("/area/{slug:str}/resourcing", opt={"access": "area"})
async def resourcing(request: Request[Any, Any, Any], slug: FromPath[str]) -> Redirect:
    """Goes to the financial year of today."""
    area_of(request, slug)
    return Redirect(path_of(slug, year_of(today())), status_code=HTTP_303_SEE_OTHER)


@get("/area/{slug:str}/resourcing/{label:str}", opt={"access": "area"})
async def year_page(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[Any]:
    """A year's budget, contributions, shares and agreements."""
    return await _year(request, slug, year_in(label), Form())


async def _year(request: Request[Any, Any, Any], slug: str, year: int, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "BudgetYear", areaId=ids.encode("Area", area.id), year=year)
    sheet = data.budgetSheet
    return render(
        request,
        "resourcing/year.html",
        form=form,
        title=f"Resourcing {year_label(year)}",
        caption=area.name,
        base=f"/area/{slug}/resourcing",
        here=path_of(slug, year),
        label=year_label(year),
        years=[(budget.label, budget.year == year) for budget in data.budgets],
        sheet=sheet,
        edits=data.budgetSheet.mayEdit if sheet else None,
        chart=shares_chart(sheet.shares, year=year) if sheet else None,
        percent=percent,
        wide=True,
    )


@get("/area/{slug:str}/resourcing/open", opt={"access": "area"})
async def open_budget(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks which financial year to plan for, and which to begin from."""
    return await _open(request, slug)


async def _open(request: Request[Any, Any, Any], slug: str, form: Form | None = None) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "BudgetYear", areaId=ids.encode("Area", area.id), year=2000)
    options = [{"value": str(budget.year), "text": budget.label} for budget in data.budgets]
    year = year_of(today())
    taken = {budget.year for budget in data.budgets}
    free = next(each for each in range(year, year + len(taken) + 1) if each not in taken)
    asked = request.query_params.get("year") or year_label(free)
    return show(
        request,
        "open",
        slug=slug,
        year=year,
        form=form or Form.filled({"year": asked}),
        title="Open a budget",
        options=options,
        base=f"/area/{slug}/resourcing",
    )


@post("/area/{slug:str}/resourcing/open", opt={"access": "area"})
async def open_budget_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Opens a draft budget, afresh or from another year's."""
    area, form = area_of(request, slug), await read_form(request)
    label = form.text("year", label="the financial year") or ""
    year = year_from_label(label)
    if label and year is None:
        form.add_problem("year", "Enter a financial year, like 2026-27")
    copy = form.whole("copy_from", label="the year to begin from", required=False)
    note = form.text("note", label="the note", required=False, max_length=4000, lines=True)
    values = {"year": year, "copyFrom": copy, "note": note}
    if await send(request, form, "OpenBudget", area=area, values=values) and year is not None:
        return redirect(request, path_of(slug, year), flash=f"The budget for {label} is open, as a draft.")
    return await _open(request, slug, form)


@post("/area/{slug:str}/resourcing/{label:str}/agree", opt={"access": "area"})
async def agree(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[Any]:
    """Agrees the budget for the body that the person leads."""
    area, form, year = area_of(request, slug), await read_form(request), year_in(label)
    version = form.whole("version", label="the version")
    values = {"budgetId": form.value("budget"), "version": version}
    if await send(request, form, "AgreeBudget", area=area, values=values):
        return redirect(request, path_of(slug, year), flash="Your agreement is recorded.")
    return await _year(request, slug, year, form)


@get("/area/{slug:str}/resourcing/{label:str}/reopen", opt={"access": "area"})
async def reopen(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[Any]:
    """Asks why an agreed budget has to change."""
    asked = {name: [request.query_params.get(name, "")] for name in ("budget", "version")}
    return show(request, "reopen", slug=slug, year=year_in(label), form=Form(raw=asked), title="Reopen the budget")


@post("/area/{slug:str}/resourcing/{label:str}/reopen", opt={"access": "area"})
async def reopen_now(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[Any]:
    """Makes an agreed budget a draft again; every lead agrees anew."""
    area, form, year = area_of(request, slug), await read_form(request), year_in(label)
    reason = form.text("reason", label="why it has to change", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    values = {"budgetId": form.value("budget"), "version": version, "reason": reason}
    if await send(request, form, "ReopenBudget", area=area, values=values):
        return redirect(request, path_of(slug, year), flash="The budget is a draft again.")
    return show(request, "reopen", slug=slug, year=year, form=form, title="Reopen the budget")


@get("/area/{slug:str}/resourcing/{label:str}/contributions.csv", opt={"access": "area"})
async def export_csv(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[bytes]:
    """The year's contributions as CSV."""
    sheet = await _sheet(request, slug, label)
    return _file(queries.as_csv(sheet), media_type=CSV_TYPE, name=f"{slug}-contributions-{label}.csv")


@get("/area/{slug:str}/resourcing/{label:str}/contributions.xlsx", opt={"access": "area"})
async def export_xlsx(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[bytes]:
    """The year's contributions as an Excel workbook."""
    sheet = await _sheet(request, slug, label)
    return _file(queries.as_xlsx(sheet), media_type=XLSX_TYPE, name=f"{slug}-contributions-{label}.xlsx")


async def _sheet(request: Request[Any, Any, Any], slug: str, label: str) -> Sheet:
    area, year = area_of(request, slug), year_in(label)
    await record_export(request, area_id=area.id, what=("contributions", label))
    async with tenant_scope(actor_of(request), readonly=True):
        sheet = await queries.sheet(area_id=area.id, year=year)
    if sheet is None:
        raise NotFoundException
    return sheet


def _file(body: bytes, *, media_type: str, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)


ROUTES = [
    resourcing,
    open_budget,
    open_budget_now,
    year_page,
    agree,
    reopen,
    reopen_now,
    export_csv,
    export_xlsx,
    *lines.ROUTES,
    *contributions.ROUTES,
    *agreements.ROUTES,
]
