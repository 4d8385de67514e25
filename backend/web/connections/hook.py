"""What a linked system tells us by itself: where to, signed with which secrets, and what arrived."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post

from backend.web.connections.place import Asked, Place, place_of
from backend.web.edge import edge_of
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.platform.asking import Question, act, ask
from backend.web.render import render

_HOOK = "/area/{slug:str}/connections/{connection:str}/hook"


@get(_HOOK, opt={"access": "area"})
async def hook(request: Asked) -> Response[Any]:
    """The address, the secrets that are good, what arrived."""
    return await _shown(request, Form())


async def _data(request: Asked, place: Place) -> Any:
    key = request.path_params["connection"]
    data = await query(request, "ConnectionHookPage", id=key, after=request.query_params.get("after"))
    one = found(data.agencyConnection)
    found(one if one.areaId == place.area_key and one.mayTell else None)
    return data


async def _shown(request: Asked, form: Form) -> Response[Any]:
    place = place_of(request)
    data = await _data(request, place)
    one, arrivals = data.agencyConnection, data.hookArrivals
    here = f"{place.connections}/{one.id}/hook"
    older = f"{here}?{urlencode({'after': arrivals.pageInfo.endCursor})}" if arrivals.pageInfo.hasNextPage else None
    return render(request, "connections/hook.html", form=form, title=f"What {one.name} tells us",
                  caption=place.caption, place=place, one=one, hook=data.connectionHook, arrivals=arrivals.nodes,
                  address=_address(request, data.connectionHook.path), here=here, next=older,
                  runs=f"{place.connections}/{one.id}/runs", back=f"{place.connections}/{one.id}", wide=True)


@post(f"{_HOOK}/secrets", opt={"access": "area"}, status_code=200)
async def make_secret(request: Asked) -> Response[Any]:
    """Makes the next secret and shows it: no later page can."""
    form, key = await read_form(request), request.path_params["connection"]
    given = form.text("secret", label="the secret", required=False, max_length=200)
    if not form.problems:
        outcome = await mutate(request, "MakeHookSecret", {"connectionId": key, "secret": given})
        if outcome.ok:
            return await _made(request, outcome.done, given is None)
        form.add_problems(outcome.problems)
    form.raw = {name: values for name, values in form.raw.items() if name != "secret"}  # never sent back to a browser
    return await _shown(request, form)


async def _made(request: Asked, done: Any, made_here: bool) -> Response[Any]:
    place = place_of(request)
    one = (await _data(request, place)).agencyConnection
    return render(request, "connections/hook_secret.html", title="The secret of " + one.name, caption=place.caption,
                  address=_address(request, done.hook.path), outbound=False, secret=done.secret,
                  made_here=made_here, others=len(done.hook.secrets) - 1, back=f"{place.connections}/{one.id}/hook")


@get(f"{_HOOK}/secrets/{{secret:str}}/end", opt={"access": "area"})
async def end_secret(request: Asked) -> Response[Any]:
    """Asks before a secret ends."""
    return ask(request, await _question(request))


@post(f"{_HOOK}/secrets/{{secret:str}}/end", opt={"access": "area"})
async def end_secret_now(request: Asked) -> Response[Any]:
    """Ends the secret."""
    question = await _question(request)
    names = {"connectionId": request.path_params["connection"], "secretId": request.path_params["secret"]}
    return await act(request, question, operation="EndHookSecret", input=names, to=question.back,
                     said="The secret has ended.")


async def _question(request: Asked) -> Question:
    place = place_of(request)
    data = await _data(request, place)
    one = found(next((s for s in data.connectionHook.secrets if s.id == request.path_params["secret"]), None))
    here = f"{place.connections}/{data.agencyConnection.id}/hook"
    last = "It is the only one: nothing that the system tells us is taken until a new one is made."
    return Question(
        title="End a secret",
        caption=place.caption,
        lines=["Messages that are signed with it are refused from now on."],
        warning=last if len(data.connectionHook.secrets) == 1 else "",
        action=f"{here}/secrets/{one.id}/end",
        button="End the secret",
        back=here,
        reason=None,
    )


def _address(request: Asked, path: str | None) -> str | None:
    return None if path is None else f"{edge_of(request).base_url}{path}"


ROUTES = [hook, make_secret, end_secret, end_secret_now]
