"""Duties: the list, writing, publishing, asking."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.cooperation import asking, duty_form, retiring
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import Refused, found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from backend.web.signing_in.access import record_refusal
from concordat_graphql import ids
from tenants.cooperation.permissions import can_manage


@get("/area/{slug:str}/duties", opt={"access": "area"})
async def duties(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """What the area asks of agencies, and how far each cycle has come."""
    area = area_of(request, slug)
    data = await query(request, "DutyList", areaId=ids.encode("Area", area.id))
    return render(
        request,
        "cooperation/duties.html",
        title="Duties",
        caption=area.name,
        slug=slug,
        duties=data.duties,
        cycles=data.cycles,
        manages=can_manage(actor_of(request), area_id=area.id),
        wide=True,
    )


@get("/area/{slug:str}/duties/new", opt={"access": "area"})
async def new(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """A new duty, with the usual reminder days and follow-up steps filled in."""
    choices = (await query(request, "DutyForm")).choices
    usual = {
        "reminder_days": ", ".join(str(day) for day in choices.defaultReminderDays),
        "follow_up": duty_form.steps_text(choices.defaultSteps),
        "cycle": "each_academic_year",
        "legal_basis": ["ca2004_16h"],
    }
    return await _form(request, slug, Form.filled(usual), duty_id=None)


async def _form(request: Request[Any, Any, Any], slug: str, form: Form, *, duty_id: str | None) -> Response[Any]:
    area = area_of(request, slug)
    if not can_manage(actor_of(request), area_id=area.id):
        await record_refusal(request, actor_of(request))
        raise Refused("Only a business manager of this area can change its cooperation duties.")
    data = await query(request, "DutyForm")
    offered = {
        name: [{"value": one.code, "text": one.label} for one in data.choices[name]]
        for name in ("legalBases", "cycles", "kinds")
    }
    back = f"/area/{slug}/duties" + (f"/{duty_id}" if duty_id else "")
    return render(
        request,
        "cooperation/duty_form.html",
        form=form,
        title="Edit duty" if duty_id else "New duty",
        caption=area.name,
        offered=offered,
        rows=duty_form.question_rows(form),
        back=back,
        categories=[{"value": one.code, "text": one.label} for one in data.categories],
        action=f"{back}/edit" if duty_id else f"/area/{slug}/duties/new",
    )


@post("/area/{slug:str}/duties/new", opt={"access": "area"})
async def draft(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Writes a duty that nobody is asked yet."""
    area, form = area_of(request, slug), await read_form(request)
    text = duty_form.read(form)
    if not form.problems:
        outcome = await mutate(request, "DraftDuty", {"areaId": ids.encode("Area", area.id), "text": text})
        if outcome.ok:
            flash = "The duty is saved. Nobody is asked before you publish it and open a cycle."
            return redirect(request, f"/area/{slug}/duties/{outcome.done.id}", flash=flash)
        _add(form, outcome.problems)
    return await _form(request, slug, form, duty_id=None)


@get("/area/{slug:str}/duties/{duty_id:str}/edit", opt={"access": "area"})
async def edit(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """The working text of a duty."""
    area_of(request, slug)
    record = found((await query(request, "DutyPage", id=duty_id)).record)
    return await _form(request, slug, duty_form.shown(record.duty), duty_id=duty_id)


@post("/area/{slug:str}/duties/{duty_id:str}/edit", opt={"access": "area"})
async def revise(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """Changes the working text; what is published stays as it is."""
    area_of(request, slug)
    form = await read_form(request)
    text = duty_form.read(form)
    version = form.whole("version", label="the version")
    if not form.problems:
        outcome = await mutate(request, "ReviseDuty", {"dutyId": duty_id, "version": version, "text": text})
        if outcome.ok:
            return redirect(request, f"/area/{slug}/duties/{duty_id}", flash="Your changes are saved.")
        _add(form, outcome.problems)
        if is_conflict(form):
            record = found((await query(request, "DutyPage", id=duty_id)).record)
            with_saved(form, duty_form.shown(record.duty))
    return await _form(request, slug, form, duty_id=duty_id)


def _add(form: Form, problems: list[Any]) -> None:
    for problem in problems:
        field = problem.field or ""
        if field.startswith("questions."):
            form.add_problem(f"text_{field.removeprefix('questions.')}", problem.message, code=problem.code)
        else:
            form.add_problems([problem])


@get("/area/{slug:str}/duties/{duty_id:str}", opt={"access": "area"})
async def duty(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """One duty: its text, what its author should look at again, versions and cycles."""
    return await _duty(request, slug, duty_id)


async def _duty(request: Request[Any, Any, Any], slug: str, duty_id: str, *, form: Form | None = None) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "DutyPage", id=duty_id)
    record = found(data.record)
    labels = {one.code: one.label for one in data.categories}
    filled = duty_form.shown(record.duty)
    if form is not None:
        with_saved(form, filled).raw = {**filled.raw, **form.raw}
    return render(
        request,
        "cooperation/duty.html",
        form=form or filled,
        slug=slug,
        title=record.duty.title,
        caption=area.name,
        record=record,
        duty=record.duty,
        labels=labels,
        here=f"/area/{slug}/duties/{duty_id}",
        back=f"/area/{slug}/duties",
        manages=can_manage(actor_of(request), area_id=area.id),
    )


@post("/area/{slug:str}/duties/{duty_id:str}/publish", opt={"access": "area"})
async def publish(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """Freezes the text as the next version."""
    form = await read_form(request)
    said = {"version": form.whole("version", label="the version")}
    return await _changed(request, slug, duty_id, form, "PublishDuty", said, "Published. Its questions are frozen.")


@post("/area/{slug:str}/duties/{duty_id:str}/ask", opt={"access": "area"})
async def ask(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """Says how many agencies would be asked, before anybody is."""
    area, form = area_of(request, slug), await read_form(request)
    duty = found((await query(request, "DutyPage", id=duty_id)).record).duty
    if duty.state != "published" or not can_manage(actor_of(request), area_id=area.id):
        raise NotFoundException
    said = asking.read_asking(form, versioned=duty.cycle == "each_new_version")
    if form.problems:
        return await _duty(request, slug, duty_id, form=form)
    return await asking.ask_first(request, slug, duty, form, said)


@post("/area/{slug:str}/duties/{duty_id:str}/open", opt={"access": "area"})
async def open_cycle(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """Asks every included agency in its categories."""
    form = await read_form(request)
    said = asking.read_asking(form, versioned=False)
    return await _changed(request, slug, duty_id, form, "OpenDutyCycle", said, "Agencies have been asked.")


async def _changed(
    request: Request[Any, Any, Any], slug: str, duty_id: str, form: Form, operation: str, said: dict[str, Any],
    flash: str,
) -> Response[Any]:  # fmt: skip
    area_of(request, slug)
    if not form.problems:
        outcome = await mutate(request, operation, {"dutyId": duty_id, **said})
        if outcome.ok:
            return redirect(request, f"/area/{slug}/duties/{duty_id}", flash=flash)
        form.add_problems(outcome.problems)
    return await _duty(request, slug, duty_id, form=form)


ROUTES = [duties, new, draft, edit, revise, duty, publish, ask, open_cycle, *asking.ROUTES, *retiring.ROUTES]
