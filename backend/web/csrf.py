"""Against forged requests: where a request comes from, and a token bound to the session.

Three checks on every request that can change something and is authenticated by a cookie:
the browser's word (Sec-Fetch-Site), the Origin, and for forms a token. The token is
`nonce.HMAC(nonce, hash of the session cookie)`; the nonce is also in a cookie, so that a token is good for one
browser and one session only. Someone else's pair fails, and so does one from before a sign-in.
A new secret needs no new cookie: the cookie is only a random number, and the next page carries a fresh token.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.enums import ScopeType
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.web.form_body import MULTIPART, URL_ENCODED, read_form
from backend.web.signing import derive_key, mac

FIELD = "_csrf"
HEADER = "x-concordat-request"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForgedRequest(PermissionDeniedException):
    """The request did not come from one of our own pages, or its page is out of date."""

    said = "This page was open for too long, or was opened in another way. Go back, reload and try again."


class NotFromAPage(ForgedRequest):
    """A request that is no form, signed in by a cookie, without the header that another site's page cannot send."""

    said = f"Send the header {HEADER} with any value: it shows that no other site's page sent this for you."


@dataclass(frozen=True, kw_only=True)
class Csrf:
    """Makes and checks tokens. `base_url` is ours; cookie names depend on https."""

    secret: str
    base_url: str
    nonce_cookie: str
    session_cookie: str

    def token(self, request: Request[Any, Any, Any]) -> str:
        """Returns the token for the forms of this page; needs the nonce cookie, see `nonce`.

        Its last part is new for every page shown, so that sending one page's form twice can be told from
        filling it in twice (`operation.form_key`).
        """
        nonce = self.nonce(request)
        return f"{nonce}.{self._mac(nonce, request)}.{secrets.token_urlsafe(9)}"

    def nonce(self, request: Request[Any, Any, Any]) -> str:
        """Returns the browser's nonce, or a new one that the response must set as the nonce cookie."""
        state = request.scope["state"]
        given = request.cookies.get(self.nonce_cookie, "")
        nonce: str = state.setdefault("csrf_nonce", given if _well_formed(given) else secrets.token_urlsafe(24))
        return nonce

    def is_new(self, request: Request[Any, Any, Any]) -> bool:
        """Returns whether the response must set the nonce cookie."""
        made = request.scope["state"].get("csrf_nonce")
        return made is not None and made != request.cookies.get(self.nonce_cookie)

    def check_origin(self, request: Request[Any, Any, Any]) -> None:
        """Raises ForgedRequest unless the browser says, where it says anything, that we sent this."""
        site, origin = request.headers.get("sec-fetch-site", "none"), request.headers.get("origin")
        if not self.is_from_us(site=site, origin=origin, host=request.headers.get("host", "")):
            raise ForgedRequest

    def is_from_us(self, *, site: str, origin: str | None, host: str) -> bool:
        """Returns whether Sec-Fetch-Site (`none` where it is missing), Origin and Host may be of our own pages."""
        return site in ("same-origin", "none") and (origin is None or self._ours(origin, host))

    def check_token(self, request: Request[Any, Any, Any], token: str) -> None:
        """Raises ForgedRequest unless the token was made for this browser and this session."""
        nonce, given, _ = (*token.split(".", 2), "", "")[:3]
        cookie = request.cookies.get(self.nonce_cookie, "")
        same_browser = hmac.compare_digest(nonce.encode(), cookie.encode())
        if not (cookie and same_browser and hmac.compare_digest(given.encode(), self._mac(nonce, request).encode())):
            raise ForgedRequest

    def _mac(self, nonce: str, request: Request[Any, Any, Any]) -> str:
        session = request.cookies.get(self.session_cookie, "")
        bound = hashlib.sha256(session.encode()).hexdigest() if session else "anonymous"
        return mac(key=derive_key(secret=self.secret, purpose="csrf"), message=f"{nonce}|{bound}")

    def _ours(self, origin: str, host: str) -> bool:
        scheme, netloc = urlsplit(self.base_url)[:2]
        return origin in (f"{scheme}://{netloc}", f"{scheme}://{host}")


class CsrfMiddleware(ASGIMiddleware):
    """Checks every unsafe request that a cookie could authenticate; a bearer token alone is exempt."""

    scopes = (ScopeType.HTTP,)
    exclude_opt_key = "csrf_exempt"

    def __init__(self, csrf: Csrf) -> None:
        self.csrf = csrf

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Passes the request on, or raises ForgedRequest (403)."""
        request: Request[Any, Any, Any] = Request(scope, receive, send)
        if request.method not in SAFE_METHODS and not self._by_bearer(request):
            self.csrf.check_origin(request)
            self._check_signed_in(scope, request)
            await self._check_body(request)
        await next_app(scope, receive, send)

    def _by_bearer(self, request: Request[Any, Any, Any]) -> bool:
        bearer = request.headers.get("authorization", "").lower().startswith("bearer ")
        return bearer and self.csrf.session_cookie not in request.cookies

    def _check_signed_in(self, scope: Scope, request: Request[Any, Any, Any]) -> None:
        """A page for the signed-in does not so much as read the body of someone without a session."""
        if _for_people(scope) and self.csrf.session_cookie not in request.cookies:
            raise NotAuthorizedException

    async def _check_body(self, request: Request[Any, Any, Any]) -> None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in (URL_ENCODED, MULTIPART):
            form = await read_form(request)
            request.scope["state"]["stale_token"] = _for_people(request.scope)  # until it proves fresh
            self.csrf.check_token(request, form.value(FIELD))
            request.scope["state"]["stale_token"] = False
        elif HEADER not in request.headers:  # a page elsewhere cannot send this header without our consent
            raise NotFromAPage


def _for_people(scope: Scope) -> bool:
    return bool(scope["route_handler"].opt.get("access", "public") != "public")


def _well_formed(nonce: str) -> bool:
    return 20 <= len(nonce) <= 64 and nonce.isascii() and nonce.replace("-", "").replace("_", "").isalnum()
