"""What the manager keeps: definitions, targets, and the neighbours to compare with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids
from tenants.indicators.rules.values import GEOGRAPHY_LABELS, UNIT_LABELS

DIRECTIONS = [{"value": "at_most", "text": "At most"}, {"value": "at_least", "text": "At least"}]
UNITS = [{"value": unit.value, "text": text} for unit, text in UNIT_LABELS.items()]
GEOGRAPHIES = [{"value": each.value, "text": text} for each, text in GEOGRAPHY_LABELS.items()]
ADDS: list[dict[str, Any]] = [{"value": "adds_over_time", "text": "The months add up to the quarter"},
        {"value": "adds_over_places", "text": "The local authorities add up to the whole area"},
        {"value": "running_total", "text": "Each figure is a running total since 1 April (year to date)",
         "hint": {"text": "The difference of two running totals is a count as well. If it is 1 to 5, the later figures "
                  "of all places are withheld. Send each month’s own count where you can: less is withheld."}},
        ]  # fmt: skip


def _show(request: Request[Any, Any, Any], name: str, slug: str, form: Form, title: str, **more: Any) -> Response[Any]:
    here = f"/area/{slug}/indicators"
    caption = area_of(request, slug).name
    return render(request, f"indicators/{name}.html", form=form, title=title, caption=caption, here=here, back=here,
                  **more)  # fmt: skip


async def _send(request: Request[Any, Any, Any], slug: str, form: Form, name: str, **values: object) -> bool:
    if form.problems:
        return False
    outcome = await mutate(request, name, {"areaId": ids.encode("Area", area_of(request, slug).id), **values})
    form.add_problems(outcome.problems)
    return outcome.ok


async def _indicator(request: Request[Any, Any, Any], slug: str, code: str) -> Any:
    area_id = ids.encode("Area", area_of(request, slug).id)
    return found((await query(request, "OneIndicator", areaId=area_id, code=code[:100])).indicator)


@get("/area/{slug:str}/indicators/define", opt={"access": "area"})
async def define(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks what the area counts; begins with the latest edition when it changes one."""
    code = request.query_params.get("code", "")
    form = Form.filled({"edition": "1", "unit": "count", "geography": "local_authority", "adds": ["adds_over_places"]})
    if code:
        latest = (await _indicator(request, slug, code)).editions[0]
        form = Form.filled({name: latest[name] for name in ("code", "title", "meaning", "unit", "source")})
    return _define(request, slug, form)


def _define(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    return _show(request, "define", slug, form, "Define an indicator", units=UNITS, geographies=GEOGRAPHIES, adds=ADDS)


@post("/area/{slug:str}/indicators/define", opt={"access": "area"})
async def define_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Adds the definition, or a new edition of one."""
    area_of(request, slug)
    form = await read_form(request)
    adds = form.choices("adds", label="how it adds up", options=[each["value"] for each in ADDS], required=False)
    said = {
        "code": form.text("code", label="a code", max_length=61),
        "edition": form.text("edition", label="a version", max_length=20),
        "title": form.text("title", label="a title"),
        "meaning": form.text("meaning", label="what is counted", max_length=4000, lines=True),
        "unit": form.choice("unit", label="a unit", options=[each["value"] for each in UNITS]),
        "source": form.text("source", label="who counts it"),
        "geography": form.choice("geography", label="which places it is counted for",
                                 options=[each["value"] for each in GEOGRAPHIES]),
        "addsOverTime": "adds_over_time" in adds,
        "addsOverPlaces": "adds_over_places" in adds,
        "runningTotal": "running_total" in adds,
    }  # fmt: skip
    if await _send(request, slug, form, "DefineIndicator", **said):
        return redirect(request, f"/area/{slug}/indicators", flash="The indicator is defined.")
    form.problems[:] = [replace(one, field="adds") if one.field == "running_total" else one for one in form.problems]
    return _define(request, slug, form)


@get("/area/{slug:str}/indicators/target", opt={"access": "area"})
async def target(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks what the area aims for."""
    return await _target(request, slug, Form.filled({"code": request.query_params.get("code", "")}))


async def _target(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    record = await _indicator(request, slug, form.value("code"))
    return _show(request, "target", slug, form, "Set a target", latest=record.editions[0], directions=DIRECTIONS)


@post("/area/{slug:str}/indicators/target", opt={"access": "area"})
async def target_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Sets the target."""
    area_of(request, slug)
    form = await read_form(request)
    first = form.date("from_on", label="the first day")
    said = {
        "code": form.value("code"),
        "direction": form.choice("direction", label="at most or at least", options=[d["value"] for d in DIRECTIONS]),
        "value": form.text("value", label="the target", max_length=20),
        "fromOn": first.isoformat() if first else None,
        "note": form.text("note", label="the note", required=False, max_length=1000, lines=True),
    }
    if await _send(request, slug, form, "SetIndicatorTarget", **said):
        return redirect(request, f"/area/{slug}/indicators", flash="The target is set.")
    return await _target(request, slug, form)


@get("/area/{slug:str}/indicators/target/remove", opt={"access": "area"})
async def remove(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks why a target is taken back."""
    asked = {name: [request.query_params.get(name, "")] for name in ("target", "version")}
    return _show(request, "remove", slug, Form(raw=asked), "Remove a target")


@post("/area/{slug:str}/indicators/target/remove", opt={"access": "area"})
async def remove_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Takes the target back; it stays on record with the reason."""
    area_of(request, slug)
    form = await read_form(request)
    reason = form.text("reason", label="why the target goes", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    said = {"targetId": form.value("target"), "version": version, "reason": reason}
    if await _send(request, slug, form, "RemoveIndicatorTarget", **said):
        return redirect(request, f"/area/{slug}/indicators", flash="The target is removed.")
    return _show(request, "remove", slug, form, "Remove a target")


@get("/area/{slug:str}/indicators/neighbours", opt={"access": "area"})
async def neighbours(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks whom the area compares itself with."""
    area_id = ids.encode("Area", area_of(request, slug).id)
    card = (await query(request, "Scorecard", areaId=area_id, place=None)).scorecard
    chosen = "\n".join(f"{each.laCode} {each.laName}" for each in card.neighbours)
    return _show(request, "neighbours", slug, Form.filled({"neighbours": chosen}), "Choose neighbours")


@post("/area/{slug:str}/indicators/neighbours", opt={"access": "area"})
async def neighbours_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Compares with these from today."""
    area_of(request, slug)
    form = await read_form(request)
    text = form.text("neighbours", label="neighbours", required=False, max_length=2000, lines=True) or ""
    said = [line.strip().partition(" ") for line in text.splitlines() if line.strip()]
    chosen = [{"laCode": code, "laName": name.strip()} for code, _, name in said]
    if await _send(request, slug, form, "ChooseIndicatorNeighbours", neighbours=chosen):
        return redirect(request, f"/area/{slug}/indicators", flash="The neighbours are chosen.")
    return _show(request, "neighbours", slug, form, "Choose neighbours")


ROUTES = [define, define_now, target, target_now, remove, remove_now, neighbours, neighbours_now]
