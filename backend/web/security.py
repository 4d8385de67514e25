"""Security headers on every answer, also on those that no route made. A plain ASGI wrapper around the app."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, MutableMapping
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backend.web.wrapping import is_http

POLICY = b"content-security-policy"
NONCE = "{nonce}"
HSTS = "max-age=63072000; includeSubDomains"
ALWAYS = {
    "referrer-policy": "same-origin",  # no-referrer would make browsers send `Origin: null` with our own forms
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def content_security_policy(nonce: str, *, form_action: tuple[str, ...] = ()) -> str:
    """Returns the policy: nothing but ourselves, one nonce for the template's script, no inline style."""
    targets = " ".join(("'self'", *form_action))
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
        f"font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action {targets}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def nonce_of(scope: Scope | MutableMapping[str, Any]) -> str:
    """Returns this request's script nonce."""
    return str(scope["state"]["csp_nonce"])


class SecurityHeaders:
    """Wraps the whole application; a handler's own header of the same name wins."""

    def __init__(self, app: ASGIApp, *, https: bool, form_action: tuple[str, ...] = ()) -> None:
        self.app = app
        always = {**ALWAYS, "cache-control": "no-store", **({"strict-transport-security": HSTS} if https else {})}
        self.always = [(name.encode(), value.encode()) for name, value in always.items()]
        policy = content_security_policy(NONCE, form_action=form_action)
        self.policy = tuple(part.encode() for part in policy.split(NONCE))  # what stands around each nonce

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_http(scope):
            await self.app(scope, receive, send)
            return
        scope["state"]["csp_nonce"] = secrets.token_urlsafe(16)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._completed(message.get("headers", ()), nonce_of(scope))
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _completed(self, given: Iterable[tuple[bytes, bytes]], nonce: str) -> list[tuple[bytes, bytes]]:
        headers = list(given)
        present = {name.lower() for name, _ in headers}
        headers += [header for header in self.always if header[0] not in present]
        if POLICY not in present:
            headers.append((POLICY, nonce.encode().join(self.policy)))
        return headers
