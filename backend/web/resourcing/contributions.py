"""Contributions: pledged, changed, agreed, invoiced, received, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, query
from backend.web.render import redirect
from backend.web.resourcing.moves import MOVES, read_move, read_pledge
from backend.web.resourcing.sending import path_of, send, sheet_of, show, year_in
from backend.web.signed_in import area_of
from concordat_graphql import ids
from tenants.resourcing.rules import FORM_LABELS

FORMS = [{"value": form.value, "text": label} for form, label in FORM_LABELS.items()]
OTHER = {"value": "", "text": "Another organisation, named below"}


async def _pledge(request: Request[Any, Any, Any], slug: str, year: int, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "BudgetYear", areaId=ids.encode("Area", area.id), year=year)
    bodies = [{"value": body.id, "text": body.name} for body in data.membershipPartners if not body.validTo]
    title = "Change a contribution" if form.value("contribution") else "Record a contribution"
    return show(request, "pledge", slug=slug, year=year, form=form, title=title, bodies=[OTHER, *bodies], forms=FORMS)


@get("/area/{slug:str}/resourcing/{label:str}/pledge", opt={"access": "area"})
async def pledge(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[Any]:
    """Asks who gives what, in cash or in kind; with a contribution, what it is to be instead."""
    area, year = area_of(request, slug), year_in(label)
    if opaque := request.query_params.get("contribution"):
        return await _pledge(request, slug, year, await _recorded(request, area_id=area.id, opaque=opaque))
    sheet = await sheet_of(request, area, year)
    return await _pledge(request, slug, year, Form.filled({"budget": sheet.budget.id}))


async def _recorded(request: Request[Any, Any, Any], *, area_id: int, opaque: str) -> Form:
    one = (await _record(request, area_id=area_id, opaque=opaque)).contribution
    values = {"contribution": one.id, "version": one.version, "partner_id": one.partnerId, "form": one.form}
    values |= {"contributor": None if one.partnerId else one.contributor, "payer": one.payer}
    values |= {"valuation_method": one.valuationMethod, "description": one.description}
    return Form.filled(values | {"amount_pence": _typed(one.amount.pence)})


@post("/area/{slug:str}/resourcing/{label:str}/pledge", opt={"access": "area"})
async def pledge_now(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[Any]:
    """Records a pledge, or changes one that has not been invoiced."""
    area, form, year = area_of(request, slug), await read_form(request), year_in(label)
    values: dict[str, object] = {"what": read_pledge(form, forms=[option["value"] for option in FORMS])}
    if form.value("contribution"):
        name, said = "ChangePledge", "The contribution is changed. Every lead agrees it anew."
        values |= {"contributionId": form.value("contribution"), "version": form.whole("version", label="the version")}
        values["reason"] = form.text("reason", label="why it changes", max_length=1000, lines=True)
    else:
        name, said = "PledgeContribution", "The pledge is recorded."
        values["budgetId"] = form.value("budget")
    if await send(request, form, name, area=area, values=values):
        return redirect(request, path_of(slug, year), flash=said)
    if is_conflict(form):
        with_saved(form, await _recorded(request, area_id=area.id, opaque=form.value("contribution")))
    return await _pledge(request, slug, year, form)


async def _record(request: Request[Any, Any, Any], *, area_id: int, opaque: str) -> Any:
    return found((await _answer(request, area_id=area_id, opaque=opaque)).contribution)


async def _answer(request: Request[Any, Any, Any], *, area_id: int, opaque: str) -> Any:
    return await query(request, "OneContribution", areaId=ids.encode("Area", area_id), id=opaque)


@get("/area/{slug:str}/resourcing/{label:str}/contribution", opt={"access": "area"})
async def contribution(request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str]) -> Response[Any]:
    """One contribution with what has come of it, and what may be done next."""
    area, year = area_of(request, slug), year_in(label)
    data = await _answer(request, area_id=area.id, opaque=request.query_params.get("id", ""))
    record, sheet = found(data.contribution), await sheet_of(request, area, year)
    agreed, mine = set(record.contribution.agreedBy), {one.partnerId for one in sheet.agreements if one.mine}
    return show(
        request, "contribution", slug=slug, year=year, form=Form(), title=record.contribution.contributor,
        record=record, may_edit=sheet.mayEdit, leads=data.membership.partners,
        agreed=[body.name for body in data.membershipPartners if body.id in agreed],
        waits=sheet.mayAgree and not (mine and mine <= agreed),
    )  # fmt: skip


@get("/area/{slug:str}/resourcing/{label:str}/contribution/{verb:str}", opt={"access": "area"})
async def move(
    request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str], verb: FromPath[str]
) -> Response[Any]:
    """Asks what the next step needs: an invoice, what came, or why it is withdrawn."""
    area, year = area_of(request, slug), year_in(label)
    record = await _record(request, area_id=area.id, opaque=request.query_params.get("id", ""))
    form = _asked(record.contribution, verb, receipt=request.query_params.get("receipt", ""))
    return _move(request, slug, year, verb, form)


def _asked(one: Any, verb: str, *, receipt: str = "") -> Form:
    """Returns the form as it first appears; a correction begins with what is recorded."""
    asked = {"contribution": one.id, "version": one.version, "who": one.contributor, "receipt": receipt}
    if verb == "correct":
        asked |= {"reference": one.invoiceReference, "invoiced_on": _day(one.invoicedOn)}
    if verb == "reduce" and one.received.pence:
        asked["amount_pence"] = _typed(one.received.pence)
    return Form.filled(asked)


def _typed(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _move(request: Request[Any, Any, Any], slug: str, year: int, verb: str, form: Form) -> Response[Any]:
    if verb not in MOVES:
        raise NotFoundException
    return show(request, "move", slug=slug, year=year, form=form, title=MOVES[verb].title, verb=verb, move=MOVES[verb])


@post("/area/{slug:str}/resourcing/{label:str}/contribution/{verb:str}", opt={"access": "area"})
async def move_now(
    request: Request[Any, Any, Any], slug: FromPath[str], label: FromPath[str], verb: FromPath[str]
) -> Response[Any]:
    """Agrees, invoices, corrects an invoice, receives, reverses a receipt, reduces or withdraws."""
    area, form, year = area_of(request, slug), await read_form(request), year_in(label)
    if verb not in MOVES:
        raise NotFoundException
    values = read_move(form, verb)
    if await send(request, form, MOVES[verb].mutation, area=area, values=values):
        return redirect(request, path_of(slug, year), flash=MOVES[verb].said)
    if verb == "correct" and is_conflict(form):
        saved = (await _record(request, area_id=area.id, opaque=form.value("contribution"))).contribution
        with_saved(form, _asked(saved, verb))
    return _move(request, slug, year, verb, form)


ROUTES = [pledge, pledge_now, contribution, move, move_now]
