"""Where people sign in: the list, describing a provider, switching it off."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.platform.asking import Question, act, ask
from backend.web.platform.trying import in_the_way
from backend.web.render import redirect, render

WAYS = [
    {"value": "client_secret_basic", "text": "A secret, sent in the header"},
    {"value": "client_secret_post", "text": "A secret, sent in the form"},
    {"value": "private_key_jwt", "text": "A private key that signs (private_key_jwt)"},
]


@get("/platform/providers", opt={"access": "platform"})
async def providers(request: Request[Any, Any, Any]) -> Response[Any]:
    """Every provider, also those switched off."""
    data = await query(request, "SignInProviders")
    return render(request, "platform/providers.html", title="Sign-in", providers=data.signInProviders, wide=True)


@get("/platform/new-provider", opt={"access": "platform"})
async def new_provider(request: Request[Any, Any, Any]) -> Response[Any]:
    """Asks for the description of a new provider."""
    blank = {"version": 0, "scopes": "openid profile email", "client_auth": "client_secret_basic", "enabled": "yes"}
    return _form(request, Form.filled(blank))


@get("/platform/providers/{slug:str}", opt={"access": "platform"})
async def provider(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Shows a provider's description for changing; the secret is never shown."""
    return _form(request, await _recorded(request, slug), slug=slug)


async def _recorded(request: Request[Any, Any, Any], slug: str) -> Form:
    one = await _provider(request, slug)
    return Form.filled({
        "version": one.version, "slug": one.slug, "name": one.name, "issuer": one.issuer, "client_id": one.clientId,
        "client_auth": one.clientAuth, "scopes": one.scopes, "enabled": "yes" if one.enabled else "",
    })


def _form(request: Request[Any, Any, Any], form: Form, *, slug: str = "") -> Response[Any]:
    base = request.app.state.settings.base_url
    return render(request, "platform/provider.html", form=form, slug=slug, back="/platform/providers", ways=WAYS,
                  title="Change a sign-in provider" if slug else "Add a sign-in provider", base_url=base)


@post("/platform/providers", opt={"access": "platform"})
async def save_provider(request: Request[Any, Any, Any]) -> Response[Any]:
    """Adds the provider, or changes it."""
    form = await read_form(request)
    version = form.whole("version", label="the version")
    values = {
        "version": version,
        "slug": form.text("slug", label="a web name", max_length=41),
        "name": form.text("name", label="the name people see", max_length=120),
        "issuer": form.text("issuer", label="the issuer", max_length=500),
        "clientId": form.text("client_id", label="the client id"),
        "clientAuth": form.choice("client_auth", label="how we prove who we are", options=[w["value"] for w in WAYS]),
        "scopes": form.text("scopes", label="the scopes"),
        "secret": form.value("secret").strip() or None,
        "enabled": form.value("enabled") == "yes",
    }
    if not form.problems:
        outcome = await mutate(request, "SaveSignInProvider", values)
        if outcome.ok:
            but = await in_the_way(request, issuer=str(values["issuer"])) if values["enabled"] else ""
            return redirect(request, "/platform/providers", flash=f"{values['name']} is saved.{but}")
        form.add_problems(outcome.problems)
        if version and is_conflict(form):
            with_saved(form, await _recorded(request, form.value("slug")))
    form.raw = {**form.raw, "secret": [""]}
    return _form(request, form, slug=form.value("slug") if version else "")


@get("/platform/providers/{slug:str}/switch", opt={"access": "platform"})
async def switch(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks before people can no longer sign in at a provider, or can again."""
    return ask(request, _switch(await _provider(request, slug)))


@post("/platform/providers/{slug:str}/switch", opt={"access": "platform"})
async def switch_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Switches the provider off or on."""
    one = await _provider(request, slug)
    enabled = (await read_form(request)).value("enabled") == "yes"
    return await act(request, _switch(one), operation="SwitchSignInProvider", input={"slug": slug, "enabled": enabled},
                     to="/platform/providers", said=f"{one.name} is switched {'on' if enabled else 'off'}.")


def _switch(one: Any) -> Question:
    on = one.enabled
    return Question(
        title=f"Switch {one.name} {'off' if on else 'on'}",
        caption="Sign-in",
        lines=["Nobody can start signing in there. People who are signed in stay so until their session ends." if on
               else "People with an account can sign in there again."],
        action=f"/platform/providers/{one.slug}/switch",
        button="Switch off" if on else "Switch on",
        back="/platform/providers",
        warning="Check that you yourself can sign in elsewhere." if on else "",
        reason=None,
        fields={"enabled": "" if on else "yes"},
    )


async def _provider(request: Request[Any, Any, Any], slug: str) -> Any:
    data = await query(request, "SignInProviders")
    return found(next((one for one in data.signInProviders if one.slug == slug), None))


ROUTES = [providers, new_provider, provider, save_provider, switch, switch_now]
