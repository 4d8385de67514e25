"""Finds out who sent each request, and holds every route to its access rule."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.exceptions import NotFoundException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.auth import actors
from backend.auth.actors import SignedIn
from backend.web.cookies import cookie_name
from backend.web.edge import edge_of
from backend.web.ratelimit import Rule
from backend.web.render import is_local
from backend.web.signing_in.access import check_access
from backend.web.signing_in.navigation import viewer_for
from backend.web.viewer import set_viewer
from infra.settings import Settings

UNSIGNED = ("/static/", "/health/", "/metrics")


class SignInMiddleware(ASGIMiddleware):
    """Puts the actor into the request state; refuses a route that this actor may not reach."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, settings: Settings) -> None:
        self.idle_minutes = settings.session_idle_minutes
        self.cookie = cookie_name("session", secure=settings.cookie_secure)
        per_minute = settings.rate_limit_account_per_minute
        self.rule = Rule("account", burst=max(per_minute // 2, 1), per_minute=per_minute)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on, or raises what becomes 303 to sign-in, 403, 404 or 429."""
        if not scope["path"].startswith(UNSIGNED):
            if not is_local(scope["path"]):  # no address of ours is like that, and none could be kept or led back to
                raise NotFoundException
            request: Request[Any, Any, Any] = Request(scope, receive, send)
            await self._find(request)
            await check_access(request)
        await next_app(scope, receive, send)

    async def _find(self, request: Request[Any, Any, Any]) -> None:
        token = request.cookies.get(self.cookie)
        if not token:
            return
        state = request.scope["state"]
        found = await actors.of_session(token, idle_minutes=self.idle_minutes, request_id=state.get("request_id"))
        if found is not None:
            self._remember(request, found)

    def _remember(self, request: Request[Any, Any, Any], found: SignedIn) -> None:
        state = request.scope["state"]
        state.update(actor=found.actor, signed_in=found, account_id=found.actor.id)
        edge_of(request).limiter.take(self.rule, str(found.actor.id))
        set_viewer(request, viewer_for(found, path=request.url.path))
