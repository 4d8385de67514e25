"""Systems that bring access tokens: the list, which roles their scopes give, switching one off."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.platform.asking import Question, act, ask
from backend.web.platform.choices import MACHINE_ROLES, area_options
from backend.web.render import redirect, render

LINES = 4  #: scopes that the form has room for


@get("/platform/clients", opt={"access": "platform"})
async def clients(request: Request[Any, Any, Any]) -> Response[Any]:
    """Every system, also those switched off."""
    data = await query(request, "MachineClients")
    audience = f"{request.app.state.settings.base_url}/graphql"
    return render(request, "platform/clients.html", title="Systems", clients=data.machineClients, audience=audience,
                  back="/platform/providers", wide=True)


@get("/platform/new-client", opt={"access": "platform"})
async def new_client(request: Request[Any, Any, Any]) -> Response[Any]:
    """Asks for the description of a new system."""
    return await _form(request, Form.filled({"version": 0}))


@get("/platform/clients/{client:str}", opt={"access": "platform"})
async def client(request: Request[Any, Any, Any], client: FromPath[str]) -> Response[Any]:
    """Shows a system's description for changing."""
    return await _form(request, await _recorded(request, await _client(request, client)))


async def _recorded(request: Request[Any, Any, Any], one: Any) -> Form:
    values: dict[str, object] = {"version": one.version, "name": one.name, "issuer": one.issuer,
                                 "client_id": one.clientId}
    values |= {f"{name}_{number}": "" for number in range(1, LINES + 1) for name in ("scope", "role")}
    for number, line in enumerate(one.scopeRoles[:LINES], start=1):
        values |= {f"scope_{number}": line.scope, f"role_{number}": line.role}
    areas = await area_options(request)
    values["area_id"] = next((option["value"] for option in areas if option["text"] == one.areaName), "")
    return Form.filled(values)


async def _form(request: Request[Any, Any, Any], form: Form) -> Response[Any]:
    known = form.value("version") not in ("", "0")
    return render(request, "platform/client.html", form=form, back="/platform/clients", known=known, lines=LINES,
                  title="Change a system" if known else "Add a system", roles=MACHINE_ROLES,
                  areas=await area_options(request))


@post("/platform/clients", opt={"access": "platform"})
async def save_client(request: Request[Any, Any, Any]) -> Response[Any]:
    """Trusts the system, or changes what its scopes give."""
    form = await read_form(request)
    values = {
        "version": form.whole("version", label="the version"),
        "name": form.text("name", label="the name of the system", max_length=120),
        "issuer": form.text("issuer", label="the issuer", max_length=500),
        "clientId": form.text("client_id", label="the client id"),
        "areaId": form.value("area_id") or None,
        "scopeRoles": _scope_roles(form),
    }
    if not form.problems:
        outcome = await mutate(request, "SaveMachineClient", values)
        if outcome.ok:
            return redirect(request, "/platform/clients", flash=f"{values['name']} is saved.")
        for problem in outcome.problems:
            name = "scope_1" if problem.field == "scopeRoles" else problem.field
            known = {"areaId": "area_id", "clientId": "client_id"}.get(name, name)
            form.add_problem(known, problem.message, code=problem.code)
        if is_conflict(form):
            await _show_saved(request, form)
    return await _form(request, form)


async def _show_saved(request: Request[Any, Any, Any], form: Form) -> None:
    key = (form.value("issuer"), form.value("client_id"))
    clients = (await query(request, "MachineClients")).machineClients
    one = next((one for one in clients if (one.issuer, one.clientId) == key), None)
    if one is not None:
        with_saved(form, await _recorded(request, one))


def _scope_roles(form: Form) -> list[dict[str, str | None]]:
    offered = [role["value"] for role in MACHINE_ROLES]
    return [
        {
            "scope": form.text(f"scope_{number}", label="a scope", max_length=100),
            "role": form.choice(f"role_{number}", label="the role that the scope gives", options=offered),
        }
        for number in range(1, LINES + 1)
        if number == 1 or form.value(f"scope_{number}").strip() or form.value(f"role_{number}")
    ]


@get("/platform/clients/{client:str}/switch", opt={"access": "platform"})
async def switch(request: Request[Any, Any, Any], client: FromPath[str]) -> Response[Any]:
    """Asks before a system is not trusted any more, or is again."""
    return ask(request, _switch(await _client(request, client)))


@post("/platform/clients/{client:str}/switch", opt={"access": "platform"})
async def switch_now(request: Request[Any, Any, Any], client: FromPath[str]) -> Response[Any]:
    """Switches the system off or on."""
    one, enabled = await _client(request, client), (await read_form(request)).value("enabled") == "yes"
    return await act(request, _switch(one), operation="SwitchMachineClient",
                     input={"machineClientId": client, "enabled": enabled}, to="/platform/clients",
                     said=f"{one.name} is switched {'on' if enabled else 'off'}.")


def _switch(one: Any) -> Question:
    on = one.enabled
    return Question(
        title=f"Switch {one.name} {'off' if on else 'on'}",
        caption="Systems",
        lines=["Its tokens are refused from the next request on." if on else "Its tokens are taken again."],
        action=f"/platform/clients/{one.id}/switch",
        button="Switch off" if on else "Switch on",
        back="/platform/clients",
        reason=None,
        fields={"enabled": "" if on else "yes"},
    )


async def _client(request: Request[Any, Any, Any], client: str) -> Any:
    data = await query(request, "MachineClients")
    return found(next((one for one in data.machineClients if one.id == client), None))


ROUTES = [clients, new_client, client, save_client, switch, switch_now]
