"""Finds out who sent each request, and holds every route to its access rule."""

from __future__ import annotations

from functools import partial
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.exceptions import NotFoundException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.auth import actors
from backend.auth.actors import SignedIn
from backend.auth.kept_actors import KeptActors
from backend.web.cookies import cookie_name
from backend.web.edge import edge_of
from backend.web.ratelimit import allowance
from backend.web.render import is_local
from backend.web.signing_in.access import check_access
from backend.web.signing_in.navigation import viewer_for
from backend.web.viewer import set_viewer
from infra.secrets import token_hash
from infra.settings import Settings
from tenants.tenancy.actor import Actor

UNSIGNED = ("/static/", "/health/", "/metrics")
QUICK = ("POST", "/graphql")  #: its handler may use a kept actor, and asks for the sign-in when it needs one after all


class SignInMiddleware(ASGIMiddleware):
    """Puts the actor into the request state; refuses a route that this actor may not reach."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, settings: Settings, *, kept: KeptActors) -> None:
        self.kept = kept
        self.idle_minutes = settings.session_idle_minutes
        self.cookie = cookie_name("session", secure=settings.cookie_secure)
        self.rule = allowance("account", settings.rate_limit_account_per_minute)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on, or raises what becomes 303 to sign-in, 403, 404 or 429."""
        if not scope["path"].startswith(UNSIGNED):
            if not is_local(scope["path"]):  # no address of ours is like that, and none could be kept or led back to
                raise NotFoundException
            request: Request[Any, Any, Any] = Request(scope, receive, send)
            if not self._keeps(request):
                await self._find(request)
                await check_access(request)
        await next_app(scope, receive, send)

    def _keeps(self, request: Request[Any, Any, Any]) -> bool:
        """Returns whether the sign-in can wait: the handler takes a kept actor, and there is one."""
        scope, token = request.scope, request.cookies.get(self.cookie)
        if not token or (scope["method"], scope["path"]) != QUICK:
            return False
        kept = self.kept.get(token_hash(token))
        if kept is None:
            return False
        self._count(request, kept.actor)
        scope["state"].update(kept_actor=kept, sign_in=partial(self._find, request))
        return True

    async def _find(self, request: Request[Any, Any, Any]) -> None:
        state, token = request.scope["state"], request.cookies.get(self.cookie)
        if not token:
            return
        found = await actors.of_session(token, idle_minutes=self.idle_minutes, request_id=state.get("request_id"))
        if found is None:
            self.kept.forget(token_hash(token))
            state.pop("account_id", None)
        else:
            self.kept.keep(token_hash(token), found.kept())
            self._remember(request, found)

    def _remember(self, request: Request[Any, Any, Any], found: SignedIn) -> None:
        request.scope["state"].update(actor=found.actor, signed_in=found)
        self._count(request, found.actor)
        set_viewer(request, viewer_for(found, path=request.url.path))

    def _count(self, request: Request[Any, Any, Any], actor: Actor) -> None:
        """Counts the request against the account's allowance, once, and names the account for the log."""
        state = request.scope["state"]
        if state.get("account_id") is None:
            edge_of(request).limiter.take(self.rule, str(actor.id))
        state["account_id"] = actor.id
