"""An area's own systems that are told what happens: the list, one with its messages, adding and changing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post

from backend.web.conflicts import is_conflict, with_saved
from backend.web.connections.place import Asked, Place, place_of
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from tenants.connections.endpoints.rules import TYPES

BASE = "/area/{slug:str}/webhooks"
ONE = BASE + "/{endpoint:str}"
FIELDS = {"eventTypes": "event_types", "endpoint": "url"}
OFFERED = [{"value": code, "text": label} for code, label in TYPES.items()]


def at(place: Place) -> str:
    """Return the address of the area's list."""
    return f"{place.base}/webhooks"


@get(BASE, opt={"access": "area"})
async def endpoints(request: Asked) -> Response[Any]:
    """Every system that is told, and whether it takes what it is told."""
    place = place_of(request)
    listed = (await query(request, "WebhookEndpoints", areaId=place.area_key)).webhookEndpoints
    return render(request, "connections/webhooks.html", title="Systems that are told what happens",
                  caption=place.caption, place=place, endpoints=listed, here=at(place), back=place.connections,
                  wide=True)


@get(ONE, opt={"access": "area"})
async def endpoint(request: Asked) -> Response[Any]:
    """One system: what it is told, its secret, its messages."""
    return await show_endpoint(request)


async def endpoint_at(request: Asked, place: Place) -> Any:
    """Return the endpoint that the address names with its messages; answers 404 when there is none."""
    data = await query(request, "WebhookEndpointPage", areaId=place.area_key, id=request.path_params["endpoint"],
                       after=request.query_params.get("after"))  # fmt: skip
    found(data.webhookEndpoint)
    return data


async def show_endpoint(request: Asked, *, form: Form | None = None) -> Response[Any]:
    """Return the page of an endpoint, with what is wrong with a form on it."""
    place = place_of(request)
    data = await endpoint_at(request, place)
    one, messages = data.webhookEndpoint, data.webhookDeliveries
    here = f"{at(place)}/{one.id}"
    older = f"{here}?{urlencode({'after': messages.pageInfo.endCursor})}" if messages.pageInfo.hasNextPage else None
    return render(request, "connections/webhook.html", form=form, title=one.description, caption=place.caption,
                  place=place, one=one, messages=messages.nodes, here=here, next=older, back=at(place), wide=True)


@get(f"{BASE}/new", opt={"access": "area"})
async def new(request: Asked) -> Response[Any]:
    """Asks for a system to tell."""
    return _form(request, Form.filled({"event_types": list(TYPES)}))


@post(BASE, opt={"access": "area"})
async def add(request: Asked) -> Response[Any]:
    """Adds the system; its secret is asked for next."""
    place, form = place_of(request), await read_form(request)
    said = _said(form)
    if not form.problems:
        outcome = await mutate(request, "AddWebhookEndpoint", {"areaId": place.area_key, "endpoint": said})
        if outcome.ok:
            told = f"{outcome.done.description} is added. Make its secret, then it begins."
            return redirect(request, f"{at(place)}/{outcome.done.id}", flash=told)
        _add_problems(form, outcome.problems)
    return _form(request, form)


@get(f"{ONE}/change", opt={"access": "area"})
async def change(request: Asked) -> Response[Any]:
    """Shows a system's address and what it is told, for changing."""
    one = (await endpoint_at(request, place_of(request))).webhookEndpoint
    return _form(request, _recorded(one), one=one)


@post(f"{ONE}/change", opt={"access": "area"})
async def change_now(request: Asked) -> Response[Any]:
    """Changes a system's address and what it is told."""
    place, form = place_of(request), await read_form(request)
    one = (await endpoint_at(request, place)).webhookEndpoint
    said, version = _said(form), form.whole("version", label="the version")
    if not form.problems:
        values = {"areaId": place.area_key, "endpointId": one.id, "version": version, "endpoint": said}
        outcome = await mutate(request, "ChangeWebhookEndpoint", values)
        if outcome.ok:
            return redirect(request, f"{at(place)}/{one.id}", flash="Your changes are saved.")
        _add_problems(form, outcome.problems)
        if is_conflict(form):
            with_saved(form, _recorded((await endpoint_at(request, place)).webhookEndpoint))
    return _form(request, form, one=one)


def _recorded(one: Any) -> Form:
    return Form.filled({"version": one.version, "url": one.url, "description": one.description,
                        "event_types": [kind.code for kind in one.eventTypes]})  # fmt: skip


def _said(form: Form) -> dict[str, object]:
    return {
        "description": form.text("description", label="which system this is", max_length=120),
        "url": form.text("url", label="the address of the system", max_length=500),
        "eventTypes": form.choices("event_types", label="what it is told", options=list(TYPES)),
    }


def _add_problems(form: Form, problems: list[Any]) -> None:
    for problem in problems:
        form.add_problem(FIELDS.get(problem.field, problem.field), problem.message, code=problem.code)


def _form(request: Asked, form: Form, *, one: Any = None) -> Response[Any]:
    place = place_of(request)
    here = at(place)
    return render(request, "connections/webhook_form.html", form=form, caption=place.caption, one=one, types=OFFERED,
                  title="Tell a system what happens" if one is None else f"Change {one.description}",
                  action=here if one is None else f"{here}/{one.id}/change",
                  back=here if one is None else f"{here}/{one.id}")


ROUTES = [endpoints, new, add, endpoint, change, change_now]
