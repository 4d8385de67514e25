"""One account: roles, sessions, disabling and enabling."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.platform.asking import Question, act, ask
from backend.web.platform.choices import ALL_ROLES
from backend.web.platform.people import places, role_of
from backend.web.render import redirect, render


@get("/platform/people/{person:str}", opt={"access": "platform"})
async def person(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Who they are, which roles they hold, where they are signed in."""
    record = await _record(request, person)
    return render(request, "platform/person.html", title=record.account.name, caption="Account", record=record,
                  back="/platform/people", wide=True)


@get("/platform/people/{person:str}/grant", opt={"access": "platform"})
async def grant(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Asks which role to give, and where."""
    return await _grant(request, person, Form())


async def _grant(request: Request[Any, Any, Any], person: str, form: Form) -> Response[Any]:
    record = await _record(request, person)
    return render(request, "platform/grant.html", form=form, title="Give a role", caption=record.account.name,
                  person=person, back=f"/platform/people/{person}", roles=ALL_ROLES,
                  **await places(request, request.query_params.get("organisation", "")))


@post("/platform/people/{person:str}/grant", opt={"access": "platform"})
async def grant_now(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Gives the role."""
    form = await read_form(request)
    day = form.date("valid_from", label="the first day", required=False)
    values = {"personId": person, "validFrom": None if day is None else day.isoformat(), **role_of(form)}
    if not form.problems:
        outcome = await mutate(request, "GrantRole", values)
        if outcome.ok:
            return redirect(request, f"/platform/people/{person}", flash="The role is given.")
        form.add_problems(outcome.problems)
    return await _grant(request, person, form)


@get("/platform/people/{person:str}/roles/end", opt={"access": "platform"})
async def end_role(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Asks for the last day of a role."""
    return ask(request, await _end_role(request, person, request.query_params.get("role", "")))


@post("/platform/people/{person:str}/roles/end", opt={"access": "platform"})
async def end_role_now(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Ends the role on a day."""
    form = await read_form(request)
    question = await _end_role(request, person, form.value("role"))
    version = form.whole("version", label="the version")
    return await act(request, question, operation="EndRole",
                     input={"roleAssignmentId": form.value("role"), "version": version},
                     to=f"/platform/people/{person}", said="The end of the role is recorded.")


async def _end_role(request: Request[Any, Any, Any], person: str, role_id: str) -> Question:
    record = await _record(request, person)
    role = found(next((one for one in record.roles if one.id == role_id), None))
    return Question(
        title="End a role",
        caption=record.account.name,
        lines=[f"{record.account.name} will not be able to act as {role.roleLabel.lower()} after the last day."],
        action=f"/platform/people/{person}/roles/end",
        button="End this role",
        back=f"/platform/people/{person}",
        day=("ends_on", "Last day in this role"),
        fields={"role": role_id, "version": str(role.version)},
    )


@get("/platform/people/{person:str}/switch", opt={"access": "platform"})
async def switch(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Asks before an account is disabled, or enabled again."""
    return ask(request, _switch(person, await _record(request, person)))


@post("/platform/people/{person:str}/switch", opt={"access": "platform"})
async def switch_now(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Disables the account and ends its sessions, or enables it again."""
    record = await _record(request, person)
    asked = (await read_form(request)).value("account")
    said = f"{record.account.name} can sign in again." if asked == "enable" else f"{record.account.name} is disabled."
    return await act(request, _switch(person, record),
                     operation="EnableAccount" if asked == "enable" else "DisableAccount", input={"personId": person},
                     to=f"/platform/people/{person}", said=said)


def _switch(person: str, record: Any) -> Question:
    name, disabled = record.account.name, record.account.disabledAt is not None
    there = f"/platform/people/{person}"
    if disabled:
        return Question(title=f"Let {name} sign in again", caption="Account", lines=["Their roles are as they were."],
                        action=f"{there}/switch", button="Enable account", back=there, fields={"account": "enable"})
    return Question(
        title=f"Disable {name}",
        caption="Account",
        lines=["They are signed out everywhere at once and cannot sign in. What they did stays in the record."],
        action=f"{there}/switch",
        button="Disable account",
        back=there,
        warning="Their roles do not end by this: end the roles too when the person has left.",
        fields={"account": "disable"},
    )


@get("/platform/people/{person:str}/sessions/end", opt={"access": "platform"})
async def end_session(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Asks before someone is signed out in a browser."""
    record = await _record(request, person)
    return ask(request, _end_session(person, record, request.query_params.get("session", "")))


@post("/platform/people/{person:str}/sessions/end", opt={"access": "platform"})
async def end_session_now(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Signs someone out in one browser."""
    record, session = await _record(request, person), (await read_form(request)).value("session")
    return await act(request, _end_session(person, record, session), operation="EndAccountSession",
                     input={"personId": person, "sessionId": session},
                     to=f"/platform/people/{person}", said="That browser is signed out.")


def _end_session(person: str, record: Any, session_id: str) -> Question:
    there = f"/platform/people/{person}"
    return Question(title="Sign someone out", caption=record.account.name, button="End session", back=there,
                    lines=[f"{record.account.name} will have to sign in again in that browser."],
                    action=f"{there}/sessions/end", fields={"session": session_id})


async def _record(request: Request[Any, Any, Any], person: str) -> Any:
    return found((await query(request, "AccountRecord", id=person)).account)


ROUTES = [person, grant, grant_now, end_role, end_role_now, switch, switch_now, end_session, end_session_now]
