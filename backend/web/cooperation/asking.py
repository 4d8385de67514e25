"""Before agencies are asked: how many, of which categories, and whom no email can reach."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.formats import long_date, plural
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from infra.clock import today
from tenants.cooperation.permissions import can_manage

Asked = Request[Any, Any, Any]
_LATE = "/area/{slug:str}/cycles/{cycle_id:str}/latecomers"


def read_asking(form: Form, *, versioned: bool) -> dict[str, Any]:
    """Returns the dates of a new cycle and which version of the arrangements; problems are added to the form."""
    opens, due = form.date("opens_on", label="the opening date"), form.date("due_on", label="the due date")
    if opens and due and due < opens:
        form.add_problem("due_on", "The due date must be on or after the date it opens.")
    version = form.value("arrangements_version") or None
    if versioned:
        version = form.text("arrangements_version", label="which version of the arrangements", max_length=100)
    return {
        "opensOn": opens and opens.isoformat(),
        "dueOn": due and due.isoformat(),
        "arrangementsVersion": version,
    }


async def ask_first(request: Asked, slug: str, duty: Any, form: Form, said: dict[str, Any]) -> Response[Any]:
    """Returns the page that says who would be asked, before anybody is."""
    back = f"/area/{slug}/duties/{duty.id}"
    opens, due = date.fromisoformat(said["opensOn"]), date.fromisoformat(said["dueOn"])
    when = f"It opens on {long_date(opens)} and is due on {long_date(due)}."
    if opens > today():
        when += " No email goes out before it opens: the first one is a reminder."
    shown = {name: form.value(name) for name in form.raw if name.startswith(("opens_on", "due_on", "arrangements_"))}
    return await _page(request, slug, duty.id, duty.title, action=f"{back}/open", back=back, fields=shown,
                       when=when, mails=opens <= today())  # fmt: skip


async def _page(
    request: Asked, slug: str, duty_id: str, title: str, *, action: str, back: str, when: str, mails: bool,
    fields: dict[str, str], cycle_id: str | None = None,
) -> Response[Any]:  # fmt: skip
    counts = (await query(request, "AgenciesToAsk", dutyId=duty_id, cycleId=cycle_id)).agenciesToAsk
    agencies = sum(one.agencies for one in counts)
    heading = f"Ask {plural(agencies, 'agency', 'agencies')}?" if agencies else "Nobody is left to ask"
    return render(
        request, "cooperation/ask.html", title=heading, caption=title,
        counts=counts, agencies=agencies, unreachable=sum(one.unreachable for one in counts), when=when, mails=mails,
        fields=fields, action=action, back=back, here=f"/area/{slug}",
        button=f"Ask {plural(agencies, 'agency', 'agencies')}",
    )  # fmt: skip


@get(_LATE, opt={"access": "area"})
async def latecomers(request: Asked, slug: FromPath[str], cycle_id: FromPath[str]) -> Response[Any]:
    """Says which agencies joined after the cycle was opened, before they are asked."""
    area = area_of(request, slug)
    if not can_manage(actor_of(request), area_id=area.id):
        raise NotFoundException
    cycle = found((await query(request, "CycleHead", id=cycle_id)).record).cycle
    when = f"It is due on {long_date(date.fromisoformat(cycle.dueOn))}. The first email that they get is a reminder."
    back = f"/area/{slug}/cycles/{cycle_id}"
    return await _page(request, slug, cycle.dutyId, f"{cycle.dutyTitle}, {cycle.label}", action=f"{back}/latecomers",
                       back=back, fields={}, when=when, mails=False, cycle_id=cycle_id)  # fmt: skip


@post(_LATE, opt={"access": "area"})
async def ask_latecomers(request: Asked, slug: FromPath[str], cycle_id: FromPath[str]) -> Response[Any]:
    """Asks agencies that joined after the cycle was opened."""
    area_of(request, slug)
    await read_form(request)
    outcome = await mutate(request, "AskLatecomers", {"cycleId": cycle_id})
    said = f"{outcome.done.count} more asked." if outcome.ok else outcome.problems[0].message
    return redirect(request, f"/area/{slug}/cycles/{cycle_id}", flash=said)


ROUTES = [latecomers, ask_latecomers]
