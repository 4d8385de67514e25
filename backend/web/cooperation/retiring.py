"""Before a duty is asked of nobody any more: what that means, and why."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.formats import plural
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from tenants.cooperation.permissions import can_manage


@get("/area/{slug:str}/duties/{duty_id:str}/retire", opt={"access": "area"})
async def retire(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """Asks before a duty is retired."""
    area = area_of(request, slug)
    record = found((await query(request, "DutyPage", id=duty_id)).record)
    if record.duty.state != "published" or not can_manage(actor_of(request), area_id=area.id):
        raise NotFoundException
    return _ask(request, slug, record, Form.filled({"version": record.duty.version}))


def _ask(request: Request[Any, Any, Any], slug: str, record: Any, form: Form) -> Response[Any]:
    area, duty = area_of(request, slug), record.duty
    back = f"/area/{slug}/duties/{duty.id}"
    return render(request, "cooperation/retire.html", form=form, title="Retire this duty?", caption=duty.title,
                  lines=[f"No agency of {area.name} is asked for it any more, and no new cycle can be opened.",
                         _still_open(record.cycles), "What was asked and answered stays in the record."],
                  warning="A duty that is retired cannot be taken up again. You would have to write it anew.",
                  action=f"{back}/retire", button="Retire this duty", back=back)  # fmt: skip


def _still_open(cycles: list[Any]) -> str:
    waiting = [one for one in cycles if one.asked > one.returned + one.declined]
    if not waiting:
        return "No agency still has to answer it."
    agencies = sum(one.asked - one.returned - one.declined for one in waiting)
    still = "has" if agencies == 1 else "have"
    return f"Cycles that are open stay open: {plural(agencies, 'answer')} {still} still to come."


@post("/area/{slug:str}/duties/{duty_id:str}/retire", opt={"access": "area"})
async def retire_now(request: Request[Any, Any, Any], slug: FromPath[str], duty_id: FromPath[str]) -> Response[Any]:
    """Asks the duty of nobody any more."""
    area_of(request, slug)
    form = await read_form(request)
    reason = form.text("reason", label="why it is retired", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    if not form.problems:
        outcome = await mutate(request, "RetireDuty", {"dutyId": duty_id, "version": version, "reason": reason})
        if outcome.ok:
            return redirect(request, f"/area/{slug}/duties/{duty_id}", flash="The duty is retired.")
        form.add_problems(outcome.problems)
    return _ask(request, slug, found((await query(request, "DutyPage", id=duty_id)).record), form)


ROUTES = [retire, retire_now]
