"""The form in which a system is linked, and later changed."""

from __future__ import annotations

from typing import Any

from litestar import Response

from backend.web.conflicts import is_conflict, with_saved
from backend.web.connections.place import Asked, Place, connection_at, in_both, place_of
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import Outcome, found, mutate, query
from backend.web.render import redirect, render
from tenants.connections.rules.drafts import SCHEDULES, usual_stale_hours
from tenants.connections.rules.systems import spoken

BY_HAND = "by_hand"
TIMES = [{"value": BY_HAND if minutes is None else str(minutes), "text": text} for minutes, text in SCHEDULES.items()]
FIELDS = {"system": "name", "settings": "name", "options": "name"}


async def systems(request: Asked) -> Response[Any]:
    """Which systems can be linked here."""
    place = place_of(request)
    offered = (await query(request, "ConnectionForm", national=place.area_key is None)).linkableSystems
    return render(request, "connections/systems.html", title="Link a system", caption=place.caption, place=place,
                  systems=offered, back=place.connections)


async def new(request: Asked) -> Response[Any]:
    """Asks what there is to say about the system."""
    place = place_of(request)
    system = await _system(request, place, request.path_params["system"])
    values: dict[str, object] = {"name": system.label, "base_url": system.baseUrl}
    values["stale_after_hours"] = usual_stale_hours(system.everyMinutes)
    values["every_minutes"] = system.everyMinutes or BY_HAND
    values["auth_mode"] = system.authModes[0].code
    values["may_change"] = [choice.code for choice in system.mayChange]
    values |= {f"option_{option.key}": option.default for option in system.options}
    return _form(request, place, system, Form.filled(values))


async def link(request: Asked) -> Response[Any]:
    """Links the system; its credentials are asked for next."""
    place = place_of(request)
    system, form = await _system(request, place, request.path_params["system"]), await read_form(request)
    said = _said(form, system)
    if not form.problems:
        outcome = await mutate(request, "LinkSystem", {"areaId": place.area_key, "connection": said})
        if outcome.ok:
            to = f"{place.connections}/{outcome.done.id}"
            follows = "Test it, then let it run" if said["authMode"] == "none" else "Set its credentials, then test it"
            return redirect(request, to, flash=f"{outcome.done.name} is linked. {follows}.")
        _add_problems(form, outcome)
    return _form(request, place, system, form)


async def change(request: Asked) -> Response[Any]:
    """Shows what a connection is, for changing."""
    place = place_of(request)
    one = (await connection_at(request, place)).agencyConnection
    return _form(request, place, await _system(request, place, one.system), _recorded(one), one=one)


async def change_now(request: Asked) -> Response[Any]:
    """Changes what a connection is."""
    place, form = place_of(request), await read_form(request)
    one = (await connection_at(request, place)).agencyConnection
    system = await _system(request, place, one.system)
    said, version = _said(form, system), form.whole("version", label="the version")
    if not form.problems:
        values = {"connectionId": one.id, "version": version, "connection": said}
        outcome = await mutate(request, "ChangeConnection", values)
        if outcome.ok:
            return redirect(request, f"{place.connections}/{one.id}", flash="Your changes are saved.")
        _add_problems(form, outcome)
        if is_conflict(form):
            with_saved(form, _recorded((await connection_at(request, place)).agencyConnection))
    return _form(request, place, system, form, one=one)


def _recorded(one: Any) -> Form:
    values: dict[str, object] = {"version": one.version, "name": one.name, "base_url": one.baseUrl,
                                 "auth_mode": one.authMode, "may_change": list(one.mayChange),
                                 "every_minutes": one.everyMinutes or BY_HAND,
                                 "stale_after_hours": one.staleAfterHours}  # fmt: skip
    return Form.filled(values | {f"option_{setting.key}": setting.value for setting in one.settings})


def _said(form: Form, system: Any) -> dict[str, object]:
    every = form.choice("every_minutes", label="how often it runs", options=[one["value"] for one in TIMES])
    modes, changes = [one.code for one in system.authModes], [one.code for one in system.mayChange]
    return {
        "system": system.system,
        "name": form.text("name", label="a name for this connection", max_length=120),
        "baseUrl": form.text("base_url", label="the address of the system", max_length=500),
        "authMode": form.choice("auth_mode", label="how the system knows who we are", options=modes),
        "everyMinutes": None if every in (None, BY_HAND) else int(every),
        "mayChange": form.choices("may_change", label="what it may change", options=changes, required=False),
        "staleAfterHours": form.whole("stale_after_hours", label="the hours", minimum=1, maximum=8760),
        "settings": [_setting(form, option) for option in system.options],
    }


def _setting(form: Form, option: Any) -> dict[str, object]:
    value = form.text(f"option_{option.key}", label=spoken(option.label),
                      required=option.required, max_length=10_000, lines=True)  # fmt: skip
    return {"key": option.key, "value": value or ""}


def _add_problems(form: Form, outcome: Outcome) -> None:
    form.add_problems(outcome.problems)
    for at, problem in enumerate(form.problems):
        name = problem.field or ""
        known = f"option_{name.removeprefix('option.')}" if name.startswith("option.") else FIELDS.get(name, name)
        form.problems[at] = type(problem)(known or None, problem.message, problem.code)


async def _system(request: Asked, place: Place, name: str) -> Any:
    offered = (await query(request, "ConnectionForm", national=place.area_key is None)).linkableSystems
    return found(next((one for one in offered if one.system == name), None))


def _form(request: Asked, place: Place, system: Any, form: Form, *, one: Any = None) -> Response[Any]:
    action = f"{place.connections}/new/{system.system}" if one is None else f"{place.connections}/{one.id}/change"
    return render(request, "connections/form.html", form=form, caption=place.caption, place=place, system=system,
                  title=f"Link: {system.label}" if one is None else f"Change {one.name}", action=action, one=one,
                  modes=[{"value": mode.code, "text": mode.label} for mode in system.authModes], times=TIMES,
                  changes=[{"value": each.code, "text": each.label} for each in system.mayChange],
                  back=f"{place.connections}/new" if one is None else f"{place.connections}/{one.id}")


ROUTES = [
    *in_both("/new", shows=systems),
    *in_both("/new/{system:str}", shows=new, does=link),
    *in_both("/{connection:str}/change", shows=change, does=change_now),
]
