"""Signing in at a provider and coming back."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from backend.auth import actors, stores
from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.finish import finish, read_query
from backend.auth.oidc.identity import VerifiedIdentity
from backend.auth.oidc.paths import safe_next
from backend.auth.oidc.provider import Provider
from backend.web.cookies import cookie_name, make_cookie
from backend.web.edge import edge_of
from backend.web.ratelimit import Rule
from backend.web.render import render
from backend.web.signed_in import signed_in_of
from backend.web.signing_in.invitations import invitation_cookie, open_invitation, taken_up
from backend.web.signing_in.navigation import home_of
from infra.settings import Settings
from infra.telemetry.logs import logger
from tenants.tenancy.errors import Problem
from tenants.tenancy.people import queries as people
from tenants.tenancy.people.queries import PersonRow
from tenants.tenancy.queries import partnerships_covering
from tenants.tenancy.roles import Hat, Role, hat_of
from tenants.tenancy.scope import public_scope, system_actor, tenant_scope
from tenants.tenancy.sessions import service as sessions

LOG = logger("sign-in")
PENDING = stores.DatabasePendingStore()


@get("/sign-in", opt={"access": "public"})
async def choose(request: Request[Any, Any, Any]) -> Response[Any]:
    """Where to sign in: a button for each provider; straight on when there is only one."""
    signed_in = signed_in_of(request)
    next_path = safe_next(request.query_params.get("next"))
    if signed_in is not None:
        return Redirect(home_of(signed_in), status_code=HTTP_303_SEE_OTHER)
    providers = await stores.sign_in_providers()
    return render(request, "signing_in/choose.html", title="Sign in", providers=providers, next=next_path,
                  unsaved="unsaved" in request.query_params)


@get("/sign-in/{slug:str}", opt={"access": "public"})
async def start(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Sends the person to the provider, remembering where they wanted to go."""
    settings = _settings(request)
    _limit(request, settings)
    provider = await _provider(slug)
    next_path = safe_next(request.query_params.get("next"))
    redirect_uri = f"{settings.base_url}{provider.callback_path}"
    try:
        address, pending = await begin(
            provider, redirect_uri=redirect_uri, next_path=next_path, issuers=_issuers(request)
        )
    except SignInRefused as refused:
        return _refused(request, refused)
    await PENDING.put(pending)
    response = Redirect(address, status_code=HTTP_303_SEE_OTHER)
    response.set_cookie(_browser_cookie(settings, pending.browser_key, max_age=600))
    return response


@get("/sign-in/{slug:str}/callback", opt={"access": "public"})
async def callback(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Takes the provider's answer; starts a session under a new token, or says why not."""
    settings = _settings(request)
    _limit(request, settings)
    provider = await _provider(slug)
    try:
        state = read_query(request.url.query).get("state", "")
        pending = await PENDING.take(state)
        key = request.cookies.get(cookie_name("browser", secure=settings.cookie_secure))
        identity = await finish(
            provider, pending, request.url.query, browser_key=key, issuers=_issuers(request)
        )
    except SignInRefused as refused:
        return _refused(request, refused)
    invited = open_invitation(request)
    try:
        token, waits = await _session_for(request, identity, settings=settings, invitation=invited)
    except Problem as problem:
        answer = render(request, "signing_in/refused.html", title="You could not be signed in", status=403,
                        reason=problem.message)
        answer.set_cookie(invitation_cookie(settings, "", max_age=0))  # or it would stop every sign-in for an hour
        return answer
    if waits is not None:
        answer = render(request, "signing_in/invitation_waits.html", title="Your invitation waits to be confirmed",
                        **waits)
        answer.set_cookie(invitation_cookie(settings, "", max_age=0))
        return answer
    if token is None:
        return render(request, "signing_in/unknown.html", title="You do not have an account yet", status=403,
                      identity=identity, provider=provider, partnerships=await _partnerships(identity))
    next_path = pending.next_path if pending else "/"
    return _signed_in(settings, token=token, path=next_path)


async def _partnerships(identity: VerifiedIdentity) -> list[str]:
    """Whom to ask for an account: the partnerships of the authority that the chosen organisation lies in."""
    if identity.organisation_la_code is None:
        return []
    async with public_scope():
        return await partnerships_covering(la_code=identity.organisation_la_code)


async def _session_for(
    request: Request[Any, Any, Any], identity: VerifiedIdentity, *, settings: Settings, invitation: str | None
) -> tuple[str | None, dict[str, Any] | None]:
    """The new session's token, None without an account; and what to show of an invitation that waits, if one does."""
    by = system_actor(actors.SIGN_IN, powers=["signin"], request_id=request.scope["state"].get("request_id"))
    async with tenant_scope(by):
        waits = await taken_up(by, identity, token=invitation)
        if waits is not None:
            return None, waits
        person = await people.person_by_identity(issuer=identity.issuer, subject=identity.subject)
        if person is None or person.disabled_at is not None:
            return None, None
        actor = await actors.of_person(person, hat=await _first_hat(person))
        token = await sessions.start(
            by=actor,
            person_id=person.id,
            issuer=identity.issuer,
            subject=identity.subject,
            hat=actor.hat,
            absolute_hours=settings.session_absolute_hours,
            provider_session=identity.session_id,
            id_token=identity.id_token,
            device=request.headers.get("user-agent"),
        )
    return token, None


async def _first_hat(person: PersonRow) -> Hat:
    held = {hat_of(Role(row.role)) for row in await people.assignments_of_person(person_id=person.id)}
    return next((hat for hat in (Hat.LOCAL, Hat.NATIONAL, Hat.PLATFORM) if hat in held), Hat.LOCAL)


def _signed_in(settings: Settings, *, token: str, path: str) -> Response[Any]:
    response = Redirect(path, status_code=HTTP_303_SEE_OTHER)
    response.set_cookie(make_cookie("session", token, secure=settings.cookie_secure))
    response.set_cookie(_browser_cookie(settings, "", max_age=0))
    response.set_cookie(invitation_cookie(settings, "", max_age=0))
    return response


def _browser_cookie(settings: Settings, value: str, *, max_age: int) -> Cookie:
    return make_cookie("browser", value, secure=settings.cookie_secure, max_age=max_age)


def _refused(request: Request[Any, Any, Any], refused: SignInRefused) -> Response[Any]:
    LOG.warning("refused", why=refused.code)
    return render(request, "signing_in/refused.html", title="You could not be signed in", status=403,
                  reason=refused.sentence)


async def _provider(slug: str) -> Provider:
    provider = await stores.sign_in_provider(slug)
    if provider is None:
        raise NotFoundException
    return provider


def _limit(request: Request[Any, Any, Any], settings: Settings) -> None:
    per_minute = settings.rate_limit_sign_in_per_minute
    edge_of(request).limiter.take(
        Rule("sign-in", burst=per_minute, per_minute=per_minute), str(request.scope["state"].get("client"))
    )


def _settings(request: Request[Any, Any, Any]) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def _issuers(request: Request[Any, Any, Any]) -> Issuers:
    issuers = request.app.state.issuers
    assert isinstance(issuers, Issuers)
    return issuers
