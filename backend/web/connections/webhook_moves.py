"""What is done with a system that is told: its secret, a test, sending again, pausing, resuming, retiring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post

from backend.web.connections.place import Asked, place_of
from backend.web.connections.webhooks import ONE, at, endpoint_at, show_endpoint
from backend.web.form_body import read_form
from backend.web.operation import mutate
from backend.web.platform.asking import Question, act, ask
from backend.web.render import redirect, render


@post(f"{ONE}/secret", opt={"access": "area"}, status_code=200)
async def make_secret(request: Asked) -> Response[Any]:
    """Makes the next secret and shows it: no later page can."""
    form, place = await read_form(request), place_of(request)
    given = form.text("secret", label="the secret", required=False, max_length=200)
    if not form.problems:
        outcome = await mutate(request, "MakeWebhookSecret", {**_named(request), "secret": given})
        if outcome.ok:
            one = outcome.done.endpoint
            return render(request, "connections/hook_secret.html", title="The secret of " + one.description,
                          caption=place.caption, address=None, outbound=True, secret=outcome.done.secret,
                          made_here=given is None, others=one.secrets - 1, back=f"{at(place)}/{one.id}")  # fmt: skip
        form.add_problems(outcome.problems)
    form.raw = {name: values for name, values in form.raw.items() if name != "secret"}  # never sent back to a browser
    return await show_endpoint(request, form=form)


@get(f"{ONE}/end-secrets", opt={"access": "area"})
async def ask_end_secrets(request: Asked) -> Response[Any]:
    """Asks before the earlier secrets end: they cannot be had back."""
    place = place_of(request)
    one = (await endpoint_at(request, place)).webhookEndpoint
    here = f"{at(place)}/{one.id}"
    return ask(request, Question(
        title=f"End the earlier secret of {one.description}", caption=place.caption,
        lines=["Until the system knows the newest secret, it will refuse every message. By itself the earlier one ends "
               "24 hours after the newest was made."],
        warning="The earlier secret cannot be had back.", action=f"{here}/end-secrets", button="End the earlier secret",
        back=here, reason=None,
    ))  # fmt: skip


@post(f"{ONE}/end-secrets", opt={"access": "area"})
async def end_secrets(request: Asked) -> Response[Any]:
    """Signs with the newest secret alone."""
    return await _done(request, "EndWebhookSecrets", {}, "The earlier secrets have ended.")


@post(f"{ONE}/test", opt={"access": "area"})
async def send_test(request: Asked) -> Response[Any]:
    """Sends a test."""
    return await _done(request, "SendWebhookTest", {}, "The test is on its way. What came of it appears below.")


@post(f"{ONE}/messages/{{delivery:str}}/again", opt={"access": "area"})
async def send_again(request: Asked) -> Response[Any]:
    """Sends a message again."""
    more = {"deliveryId": request.path_params["delivery"]}
    return await _done(request, "SendWebhookAgain", more, "The message is on its way again.")


@post(f"{ONE}/resume", opt={"access": "area"})
async def resume(request: Asked) -> Response[Any]:
    """Tells the system what happens from now on."""
    form = await read_form(request)
    more = {"version": form.whole("version", label="the version"), "move": "resume"}
    if form.problems:
        return await show_endpoint(request, form=form)
    return await _done(request, "MoveWebhookEndpoint", more, "It is told what happens from now on.")


@get(f"{ONE}/pause", opt={"access": "area"})
async def pause(request: Asked) -> Response[Any]:
    """Asks why the system is to be told nothing for now."""
    return ask(request, await _question(request, "pause"))


@post(f"{ONE}/pause", opt={"access": "area"})
async def pause_now(request: Asked) -> Response[Any]:
    """Pauses the endpoint."""
    return await _stopped(request, "pause")


@get(f"{ONE}/retire", opt={"access": "area"})
async def retire(request: Asked) -> Response[Any]:
    """Asks why the system is to be told nothing any more."""
    return ask(request, await _question(request, "retire"))


@post(f"{ONE}/retire", opt={"access": "area"})
async def retire_now(request: Asked) -> Response[Any]:
    """Retires the endpoint."""
    return await _stopped(request, "retire")


async def _stopped(request: Asked, move: str) -> Response[Any]:
    question = await _question(request, move)
    version = (await read_form(request)).whole("version", label="the version")
    return await act(request, question, operation="MoveWebhookEndpoint", to=question.back, said="It is told no more.",
                     input={**_named(request), "version": version, "move": move})  # fmt: skip


async def _question(request: Asked, move: str) -> Question:
    place = place_of(request)
    one, ending = (await endpoint_at(request, place)).webhookEndpoint, move == "retire"
    here = f"{at(place)}/{one.id}"
    return Question(
        title=f"{'Retire' if ending else 'Pause'} {one.description}",
        caption=place.caption,
        lines=["What waits for it is not sent. What was sent stays listed."],
        warning="A retired system cannot be resumed: add it anew. Its secrets are erased." if ending else "",
        action=f"{here}/{move}",
        button="Retire the system" if ending else "Pause the system",
        back=here,
        fields={"version": str(one.version)},
    )


def _named(request: Asked) -> dict[str, object]:
    return {"areaId": place_of(request).area_key, "endpointId": request.path_params["endpoint"]}


async def _done(request: Asked, operation: str, more: Mapping[str, object], said: str) -> Response[Any]:
    place = place_of(request)
    outcome = await mutate(request, operation, {**_named(request), **more})
    if outcome.ok:
        return redirect(request, f"{at(place)}/{outcome.done.id}", flash=said)
    form = await read_form(request)
    form.add_problems(outcome.problems)
    return await show_endpoint(request, form=form)


ROUTES = [
    make_secret, ask_end_secrets, end_secrets, send_test, send_again, resume, pause, pause_now, retire, retire_now,
]  # fmt: skip
