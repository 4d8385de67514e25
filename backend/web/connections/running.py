"""Credentials, testing, running, pausing and retiring a connection."""

from __future__ import annotations

from typing import Any

from litestar import Response

from backend.web.connections.listing import show_connection
from backend.web.connections.place import Asked, connection_at, in_both, place_of
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate
from backend.web.platform.asking import Question, act, ask
from backend.web.render import redirect, render


async def credential(request: Asked) -> Response[Any]:
    """Asks for a credential; what is there is never shown."""
    return await _credential(request, Form.filled({}))


async def _credential(request: Asked, form: Form) -> Response[Any]:
    place = place_of(request)
    one = (await connection_at(request, place)).agencyConnection
    kind = found(next((each for each in one.credentials if each.kind == request.path_params["kind"]), None))
    here = f"{place.connections}/{one.id}"
    return render(request, "connections/credential.html", form=form, title=f"{kind.label} of {one.name}",
                  caption=place.caption, place=place, one=one, kind=kind, back=here,
                  action=f"{here}/credential/{kind.kind}")


async def set_credential(request: Asked) -> Response[Any]:
    """Seals the credential."""
    place, form = place_of(request), await read_form(request)
    key = request.path_params["connection"]
    secret = form.text("secret", label="the credential", max_length=10_000, lines=True)
    until = form.date("expires_on", label="the last day", required=False)
    version = form.whole("version", label="the version")
    if not form.problems:
        outcome = await mutate(request, "SetConnectionCredential", {
            "connectionId": key, "version": version, "kind": request.path_params["kind"], "secret": secret,
            "expiresOn": None if until is None else until.isoformat(),
        })
        if outcome.ok:
            said = "The credential is sealed. Nobody can read it here again."
            return redirect(request, f"{place.connections}/{outcome.done.id}", flash=said)
        form.add_problems(outcome.problems)
    form.raw = {name: values for name, values in form.raw.items() if name != "secret"}  # never sent back to a browser
    return await _credential(request, form)


async def test(request: Asked) -> Response[Any]:
    """Asks the worker to call the agency once; the run's page shows what answered."""
    return await _run(request, "TestConnection", "The test was asked for. Its result appears here.")


async def run_now(request: Asked) -> Response[Any]:
    """Asks for a run outside the schedule."""
    return await _run(request, "RunConnection", "The run was asked for. You may leave this page.")


async def _run(request: Asked, operation: str, said: str) -> Response[Any]:
    place, form = place_of(request), await read_form(request)
    outcome = await mutate(request, operation, {"connectionId": request.path_params["connection"]})
    if outcome.ok:
        run = outcome.done
        return redirect(request, f"{place.connections}/{run.connectionId}/runs/{run.id}", flash=said)
    form.add_problems(outcome.problems)
    return await show_connection(request, form=form)


async def resume(request: Asked) -> Response[Any]:
    """Lets a paused connection run again."""
    place, form = place_of(request), await read_form(request)
    key, version = request.path_params["connection"], form.whole("version", label="the version")
    if not form.problems:
        outcome = await mutate(request, "ResumeConnection", {"connectionId": key, "version": version})
        if outcome.ok:
            return redirect(request, f"{place.connections}/{outcome.done.id}", flash="The connection runs again.")
        form.add_problems(outcome.problems)
    return await show_connection(request, form=form)


async def pause(request: Asked) -> Response[Any]:
    """Asks why the connection is to stop for now."""
    return ask(request, (await _question(request, "pause"))[0])


async def pause_now(request: Asked) -> Response[Any]:
    """Pauses the connection."""
    return await _stopped(request, "pause", "PauseConnection", "is paused")


async def retire(request: Asked) -> Response[Any]:
    """Asks why the connection is to end for good."""
    return ask(request, (await _question(request, "retire"))[0])


async def retire_now(request: Asked) -> Response[Any]:
    """Retires the connection."""
    return await _stopped(request, "retire", "RetireConnection", "is retired")


async def _stopped(request: Asked, verb: str, operation: str, said: str) -> Response[Any]:
    question, one = await _question(request, verb)
    version = (await read_form(request)).whole("version", label="the version")
    return await act(request, question, operation=operation, input={"connectionId": one.id, "version": version},
                     to=question.back, said=f"{one.name} {said}.")


async def _question(request: Asked, verb: str) -> tuple[Question, Any]:
    place = place_of(request)
    one = (await connection_at(request, place)).agencyConnection
    here = f"{place.connections}/{one.id}"
    ending = verb == "retire"
    question = Question(
        title=f"{'Retire' if ending else 'Pause'} {one.name}",
        caption=place.caption,
        lines=["Its credentials are deleted. What it brought, and the record of its runs, stays." if ending
               else "It does not run until someone resumes it. A run that is under way ends at its next page."],
        warning="A retired connection cannot be used again: link the system anew." if ending else "",
        action=f"{here}/{verb}",
        button="Retire the connection" if ending else "Pause the connection",
        back=here,
        fields={"version": str(one.version)},
    )  # fmt: skip
    return question, one


ROUTES = [
    *in_both("/{connection:str}/credential/{kind:str}", shows=credential, does=set_credential),
    *in_both("/{connection:str}/test", does=test),
    *in_both("/{connection:str}/run", does=run_now),
    *in_both("/{connection:str}/resume", does=resume),
    *in_both("/{connection:str}/pause", shows=pause, does=pause_now),
    *in_both("/{connection:str}/retire", shows=retire, does=retire_now),
]
