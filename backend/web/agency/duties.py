"""My duties: what is asked of my organisations, by when."""

from __future__ import annotations

from collections import Counter
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from markupsafe import Markup

from backend.web.form_body import read_form
from backend.web.formats import long_date, plural
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render


@get("/duties", opt={"access": "agency"})
async def duties(request: Request[Any, Any, Any]) -> Response[Any]:
    """What is asked, soonest due first; `show=all` also shows what has been answered."""
    return await show_duties(request)


async def show_duties(request: Request[Any, Any, Any], *, form: Form | None = None) -> Response[Any]:
    """Return the page of what is asked, with what is wrong with the form that acknowledges several inclusions."""
    every = request.query_params.get("show") == "all"
    after = request.query_params.get("after")
    data = await query(request, "MyDuties", openOnly=not every, after=after)
    waiting = [one for one in data.inclusions if one.state == "notified"]
    return render(
        request,
        "agency/duties.html",
        form=form,
        title="My duties",
        duties=data.duties,
        waiting=waiting,
        waiting_boxes=[_box(one) for one in waiting],
        tellings=_tellings(waiting),
        inclusions=[one for one in data.inclusions if one.state != "notified"],
        every=every,
        wide=True,
    )


def _tellings(waiting: list[Any]) -> list[str]:
    """Returns what the areas told, each telling once, however many organisations it was for."""
    said = Counter((_told(one), one.areaName) for one in waiting)
    return [
        f"{area} includes {plural(number, 'organisation')} of yours. {told}" for (told, area), number in said.items()
    ]


def _told(one: Any) -> str:
    why = f"Told on {long_date(one.notifiedOn)} of the arrangements {one.notifiedVersion}. Why: {one.reason}"
    return f"{why} What is expected: {one.expectation}" if one.expectation else why


def _box(one: Any) -> dict[str, Any]:
    """Returns an inclusion as one box to tick, with the way to decline it alone."""
    decline = Markup('<a class="govuk-link" href="/inclusions/{}/decline">Decline for {}, and say why</a>')
    hint = decline.format(one.id, one.name)
    return {"value": f"{one.id} {one.version}", "text": f"{one.name}, in {one.areaName}", "hint": {"html": hint}}


@get("/duties/{request_id:str}", opt={"access": "agency"})
async def duty(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """One duty: what is asked and why, what was sent, what the partnership replied, questions."""
    return await show_duty(request, request_id)


async def show_duty(request: Request[Any, Any, Any], request_id: str, *, form: Form | None = None) -> Response[Any]:
    """Return the page of one duty, with what is wrong with a form on it."""
    record = await record_of(request, request_id)
    return render(
        request,
        "agency/duty.html",
        form=form,
        title=record.request.title,
        back="/duties",
        caption=f"{record.request.agencyName} · {record.request.areaName}",
        record=record,
        here=f"/duties/{request_id}",
    )


async def record_of(request: Request[Any, Any, Any], request_id: str) -> Any:
    """Return the record of a request that the person answers for; otherwise 404."""
    record = found((await query(request, "RequestPage", id=request_id)).record)
    return found(record if record.mayAnswer else None)


@post("/duties/{request_id:str}/message", opt={"access": "agency"})
async def message(request: Request[Any, Any, Any], request_id: FromPath[str]) -> Response[Any]:
    """Asks the partnership a question about a duty."""
    form = await read_form(request)
    body = form.text("body", label="your question", max_length=4000, lines=True)
    if not form.problems:
        outcome = await mutate(request, "PostRequestMessage", {"requestId": request_id, "body": body})
        if outcome.ok:
            return redirect(request, f"/duties/{request_id}", flash="Your question has been sent to the partnership.")
        form.add_problems(outcome.problems)
    return await show_duty(request, request_id, form=form)


ROUTES = [duties, duty, message]
