"""Areas: the list, a new one, one area with what it covers."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render

LIFECYCLES = {"setting_up": "Setting up", "live": "Live", "merged": "Merged"}
OPTIONS = [{"value": value, "text": text} for value, text in LIFECYCLES.items()]


@get("/platform", opt={"access": "platform"})
async def areas(request: Request[Any, Any, Any]) -> Response[Any]:
    """Every area by name, also those being set up."""
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    lifecycle = form.value("lifecycle") if form.value("lifecycle") in LIFECYCLES else None
    data = await query(request, "PlatformAreas", search=form.value("search") or None, lifecycle=lifecycle,
                       after=form.value("after") or None)
    return render(request, "platform/areas.html", form=form, title="Areas", areas=data.platformAreas,
                  lifecycles=LIFECYCLES, options=OPTIONS, wide=True)


@get("/platform/new-area", opt={"access": "platform"})
async def new_area(request: Request[Any, Any, Any]) -> Response[Any]:
    """Asks for the name of a new area and its web name."""
    return _new_area(request, Form())


def _new_area(request: Request[Any, Any, Any], form: Form) -> Response[Any]:
    return render(request, "platform/new_area.html", form=form, title="Add an area", back="/platform")


@post("/platform/new-area", opt={"access": "platform"})
async def create_area(request: Request[Any, Any, Any]) -> Response[Any]:
    """Makes an area that is being set up."""
    form = await read_form(request)
    name = form.text("name", label="the name of the area", max_length=120)
    slug = form.text("slug", label="a web name", max_length=63)
    if not form.problems:
        outcome = await mutate(request, "CreateArea", {"name": name, "slug": slug})
        if outcome.ok:
            return redirect(request, f"/platform/areas/{outcome.done.slug}", flash=f"{name} is added.")
        form.add_problems(outcome.problems)
    return _new_area(request, form)


@get("/platform/areas/{slug:str}", opt={"access": "platform"})
async def area(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """One area: its life, and every local authority it has covered."""
    return await show_area(request, slug)


async def show_area(request: Request[Any, Any, Any], slug: str, *, form: Form | None = None) -> Response[Any]:
    """Returns the area's page; 404 when there is none."""
    record = found((await query(request, "PlatformArea", slug=slug)).platformArea)
    return render(request, "platform/area.html", form=form, title=record.area.name, caption="Area", record=record,
                  lifecycles=LIFECYCLES, back="/platform")


ROUTES = [areas, new_area, create_area, area]
