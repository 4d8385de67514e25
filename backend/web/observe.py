"""The outermost wrapper: a request id for every request, one log line and one measurement for every answer."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backend.web.wrapping import is_http
from infra.telemetry.logs import logger, pseudonym
from infra.telemetry.metrics import Metrics

LOG = logger("web")
HEADER = b"x-request-id"
REQUEST_ID = re.compile(rb"[A-Za-z0-9-]{8,64}")
QUIET_ROUTES = frozenset({"/health/live", "/health/ready", "/metrics", "/static/{digest}/{name}"})


class Observe:
    """Wraps the whole application. Logs method, path template, status and duration; never what was sent."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, key: bytes, trust_request_id: bool) -> None:
        self.app = app
        self.metrics = metrics
        self.key = key
        self.trust_request_id = trust_request_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_http(scope):
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        request_id = self._request_id(scope)
        scope["state"]["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                others = [header for header in message.get("headers", ()) if header[0].lower() != HEADER]
                message["headers"] = [*others, (HEADER, request_id.encode())]
            await send(message)

        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        self.metrics.in_flight.inc()
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            self.metrics.in_flight.dec()
            self._record(scope, status, time.perf_counter() - started)
            structlog.contextvars.reset_contextvars(**bound)

    def _request_id(self, scope: Any) -> str:
        if self.trust_request_id:
            given = dict(scope["headers"]).get(HEADER, b"")
            if REQUEST_ID.fullmatch(given):
                return str(given.decode())
        return secrets.token_hex(12)

    def _record(self, scope: Any, status: int, seconds: float) -> None:
        route = scope.get("path_template") or "unmatched"
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "OTHER"
        self.metrics.observe(method=method, route=route, status=status, seconds=seconds)
        if route in QUIET_ROUTES and status < 400:
            return
        account = scope["state"].get("account_id")
        LOG.info(
            "request",
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            account=pseudonym(key=self.key, account_id=str(account)) if account else None,
        )
