"""Counts every request against its client's allowance, before anything else is done for it."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.web.errors import answer_error
from backend.web.ratelimit import RateLimiter, Rule, TooManyRequests, client_address
from backend.web.wrapping import is_http

FREE = ("/health/", "/static/", "/metrics")


class ClientLimit:
    """Wraps the whole application and puts the client's address into the request state."""

    def __init__(self, app: ASGIApp, *, limiter: RateLimiter, rule: Rule, trusted_proxies: int) -> None:
        self.app = app
        self.limiter = limiter
        self.rule = rule
        self.trusted_proxies = trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_http(scope):
            await self.app(scope, receive, send)
            return
        peer = (scope.get("client") or ("unknown", 0))[0]
        address = client_address(_forwarded(scope), peer, trusted_proxies=self.trusted_proxies)
        scope["state"]["client"] = address
        try:
            if not scope["path"].startswith(FREE):
                self.limiter.take(self.rule, address)
        except TooManyRequests as refused:
            request: Request[Any, Any, Any] = Request(scope, receive, send)
            response = answer_error(request, refused)
            await response.to_asgi_response(app=None, request=request)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _forwarded(scope: Scope) -> str:
    """Returns X-Forwarded-For as one list: a proxy may add its hop as a line of its own."""
    return ",".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for")
