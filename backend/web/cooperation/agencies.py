"""Relevant agencies: search and filter, tell many at once, one agency with its history."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.conflicts import with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from tenants.cooperation.permissions import can_manage, can_reply
from tenants.cooperation.rules.agencies import CHANNELS, LABELS

STATES = [{"value": state.value, "text": text} for state, text in LABELS.items()]
NARROWED_BY = ("search", "category", "state", "after")
WAYS = [{"value": value, "text": text} for value, text in CHANNELS.items()]


def asked_of(request: Request[Any, Any, Any], *names: str) -> dict[str, str | None]:
    """Return the named parts of the address, None where empty."""
    return {name: request.query_params.get(name) or None for name in names}


def next_page(path: str, wanted: dict[str, str | None], page: Any) -> str | None:
    """Return the address of the next page, keeping the filters."""
    if not page.hasNextPage:
        return None
    kept = {name: value for name, value in wanted.items() if value and name != "after"}
    return f"{path}?{urlencode({**kept, 'after': page.endCursor})}"


def place_in_list(wanted: dict[str, str | None]) -> str:
    """Return the filters and the page as the end of an address, so that a form on a list comes back to its place."""
    kept = {name: value for name, value in wanted.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def in_list(form: Form | None, wanted: dict[str, str | None]) -> Form:
    """Return the form that was sent from a list, or none yet, with the list's filters as they were."""
    filters = Form.filled({name: value for name, value in wanted.items() if value})
    if form is None:
        return filters
    form.raw = {**filters.raw, **form.raw}
    return form


@get("/area/{slug:str}/agencies", opt={"access": "area"})
async def agencies(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """The area's relevant agencies; narrowed by name, category and state."""
    return await _agencies(request, slug)


async def _agencies(request: Request[Any, Any, Any], slug: str, *, form: Form | None = None) -> Response[Any]:
    area = area_of(request, slug)
    wanted = asked_of(request, *NARROWED_BY)
    data = await query(request, "AgencyList", areaId=ids.encode("Area", area.id), **wanted)
    offered = [{"value": one.code, "text": one.label} for one in data.categories]
    return render(
        request,
        "cooperation/agencies.html",
        form=in_list(form, wanted),
        title="Relevant agencies",
        caption=area.name,
        slug=slug,
        agencies=data.agencies,
        counts=data.counts,
        categories=offered,
        states=STATES,
        manages=can_manage(actor_of(request), area_id=area.id),
        wide=True,
        ways=WAYS,
        narrowed=any(wanted[key] for key in ("search", "category", "state")),
        next=next_page(f"/area/{slug}/agencies", wanted, data.agencies.pageInfo),
        place=place_in_list(wanted),
    )


@post("/area/{slug:str}/agencies/tell", opt={"access": "area"})
async def tell(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Records that the ticked agencies were told."""
    area, form = area_of(request, slug), await read_form(request)
    chosen = form.values("agency")
    if not chosen:
        form.add_problem("agency", "Select the agencies that were told")
    told_on = form.date("told_on", label="the date on which they were told")
    channel = form.choice("channel", label="how they were told", options=CHANNELS)
    label = form.text("arrangements_version", label="which version of the arrangements", max_length=100)
    if not form.problems:
        outcome = await mutate(
            request,
            "TellAgencies",
            {
                "areaId": ids.encode("Area", area.id),
                "agencyIds": chosen,
                "channel": channel,
                "toldOn": told_on.isoformat() if told_on else None,
                "arrangementsVersion": label,
            },
        )
        if outcome.ok:
            back = f"/area/{slug}/agencies{place_in_list(asked_of(request, *NARROWED_BY))}"
            return redirect(request, back, flash=f"Recorded: {outcome.done.count} told.")
        form.add_problems(outcome.problems)
    return await _agencies(request, slug, form=form)


@get("/area/{slug:str}/agencies/{agency_id:str}", opt={"access": "area"})
async def agency(request: Request[Any, Any, Any], slug: FromPath[str], agency_id: FromPath[str]) -> Response[Any]:
    """One agency: why it is chosen, how it was told, what it has been asked."""
    return await show_agency(request, slug, agency_id)


async def show_agency(
    request: Request[Any, Any, Any], slug: str, agency_id: str, *, form: Form | None = None
) -> Response[Any]:
    """Return the page of one agency, with what is wrong with a form on it."""
    area = area_of(request, slug)
    data = await query(request, "AgencyPage", id=agency_id, areaId=ids.encode("Area", area.id))
    record = found(data.record)
    one = found(record.agency if record.agency.areaId == ids.encode("Area", area.id) else None)
    filled = Form.filled(
        {
            "version": one.version,
            "reason": one.reason,
            "expectation": one.expectation or "",
            "contact_name": one.contactName or "",
            "contact_email": one.contactEmail or "",
        }
    )
    if form is not None:
        with_saved(form, filled).raw = {**filled.raw, **form.raw}
    actor = actor_of(request)
    return render(
        request,
        "cooperation/agency.html",
        form=form or filled,
        title=one.name,
        caption=area.name,
        slug=slug,
        agency=one,
        record=record,
        requests=data.requests.nodes,
        back=f"/area/{slug}/agencies",
        here=f"/area/{slug}/agencies/{agency_id}",
        manages=can_manage(actor, area_id=area.id),
        replies=can_reply(actor, area_id=area.id),
    )


@post("/area/{slug:str}/agencies/{agency_id:str}/note", opt={"access": "area"})
async def note(request: Request[Any, Any, Any], slug: FromPath[str], agency_id: FromPath[str]) -> Response[Any]:
    """Writes a note that only the area reads."""
    form = await read_form(request)
    body = form.text("body", label="a note", max_length=4000, lines=True)
    return await _changed(request, slug, agency_id, form, "AddAgencyNote", {"body": body}, "Your note is kept.")


@post("/area/{slug:str}/agencies/{agency_id:str}/revise", opt={"access": "area"})
async def revise(request: Request[Any, Any, Any], slug: FromPath[str], agency_id: FromPath[str]) -> Response[Any]:
    """Changes why it is chosen, what is expected and whom to write to."""
    form = await read_form(request)
    said = {
        "version": form.whole("version", label="the version"),
        "reason": form.text("reason", label="why this agency was chosen", max_length=1000, lines=True),
        "expectation": form.text("expectation", label="what you expect", required=False, max_length=4000, lines=True),
        "contactName": form.text("contact_name", label="the contact’s name", required=False),
        "contactEmail": form.text("contact_email", label="the contact’s email", required=False, max_length=254),
    }
    return await _changed(request, slug, agency_id, form, "ReviseAgency", said, "Your changes are saved.")


@post("/area/{slug:str}/agencies/{agency_id:str}/acknowledged", opt={"access": "area"})
async def acknowledged(request: Request[Any, Any, Any], slug: FromPath[str], agency_id: FromPath[str]) -> Response[Any]:
    """Records an acknowledgement that came by another way."""
    form = await read_form(request)
    said = {
        "version": form.whole("version", label="the version"),
        "acknowledgedBy": form.text("acknowledged_by", label="who acknowledged it, and how"),
    }
    return await _changed(request, slug, agency_id, form, "AcknowledgeInclusion", said, "The acknowledgement is kept.")


@post("/area/{slug:str}/agencies/{agency_id:str}/cease", opt={"access": "area"})
async def cease(request: Request[Any, Any, Any], slug: FromPath[str], agency_id: FromPath[str]) -> Response[Any]:
    """Ends the agency's inclusion, with the reason."""
    form = await read_form(request)
    said = {
        "version": form.whole("version", label="the version"),
        "reason": form.text("end_reason", label="why it ends", max_length=1000, lines=True),
    }
    return await _changed(request, slug, agency_id, form, "CeaseAgency", said, "The inclusion has ended.")


async def _changed(
    request: Request[Any, Any, Any], slug: str, agency_id: str, form: Form, operation: str, said: dict[str, Any],
    flash: str,
) -> Response[Any]:  # fmt: skip
    area_of(request, slug)
    if not form.problems:
        outcome = await mutate(request, operation, {"agencyId": agency_id, **said})
        if outcome.ok:
            return redirect(request, f"/area/{slug}/agencies/{agency_id}", flash=flash)
        form.add_problems(outcome.problems)
    return await show_agency(request, slug, agency_id, form=form)


ROUTES = [agencies, tell, agency, note, revise, acknowledged, cease]
