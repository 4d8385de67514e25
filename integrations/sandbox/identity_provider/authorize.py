"""The authorization endpoint and the page where one picks a person."""

import time
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from litestar import Request as HttpRequest
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from integrations.sandbox.identity_provider.config import Client
from integrations.sandbox.identity_provider.discovery import check_issuer
from integrations.sandbox.identity_provider.people import found_people
from integrations.sandbox.identity_provider.state import Request, State

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/{issuer:str}/authorize", sync_to_thread=False)
def authorize(issuer: str, request: HttpRequest[Any, Any, Any], provider: State) -> Redirect | Template:
    """Checks the request, then shows the picker. A client we do not know, or a redirect address that it has
    not registered, gets a page and never a redirect (RFC 6749 §4.1.2.1).
    """
    base = check_issuer(provider, issuer)
    asked = request.query_params
    client = provider.config.client(issuer, asked.get("client_id", ""))
    if client is None:
        return _problem("This service is not known here.")
    if asked.get("redirect_uri") not in client.redirect_uris:
        return _problem("The address to return to is not registered for this service.")
    fault = _fault(asked)
    if fault:
        return _back(asked["redirect_uri"], error=fault, state=asked.get("state"), iss=base)
    handle = provider.remember(_request(issuer, asked, client))
    return Redirect(f"/{issuer}/sign-in/{handle}", status_code=303)


def _fault(asked: Any) -> str | None:
    if any(len(asked.getall(name)) > 1 for name in asked):
        return "invalid_request"
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    if asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
        return "invalid_request"
    return None


def _request(issuer: str, asked: Any, client: Client) -> Request:
    return Request(
        issuer=issuer,
        client_id=client.client_id,
        redirect_uri=asked["redirect_uri"],
        scope=asked["scope"],
        state=asked.get("state"),
        nonce=asked.get("nonce"),
        challenge=asked["code_challenge"],
        made_at=time.time(),
    )


@get("/{issuer:str}/sign-in/{handle:str}", sync_to_thread=False)
def picker(issuer: str, handle: str, provider: State, q: str = "") -> Template:
    """Everybody who can sign in, by group, narrowed by a search."""
    check_issuer(provider, issuer)
    request = provider.requests.get(handle)
    if request is None or request.issuer != issuer:
        return _problem("This sign-in has ended. Go back to the service and start again.")
    groups, total = found_people(provider.config, issuer=issuer, words=q)
    context = {"title": provider.config.issuers[issuer], "groups": groups, "total": total, "q": q}
    # Chromium applies form-action to the redirect after the form too, so the client's origin must be in it.
    target = urlsplit(request.redirect_uri)
    return Template("picker.html", context=context, headers=_headers(f"{target.scheme}://{target.netloc}"))


@post("/{issuer:str}/sign-in/{handle:str}", sync_to_thread=False)
def pick(issuer: str, handle: str, data: Form, provider: State) -> Redirect | Template:
    """Sends the person back to the service, with a code or (cancelled) without."""
    base = check_issuer(provider, issuer)
    request = provider.requests.pop(handle, None)
    if request is None or request.issuer != issuer:
        return _problem("This sign-in has ended. Go back to the service and start again.")
    person = provider.config.person(issuer, data.get("sub", ""))
    if person is None:
        return _back(request.redirect_uri, error="access_denied", state=request.state, iss=base)
    code = provider.grant(request, person.sub)
    return _back(request.redirect_uri, code=code, state=request.state, iss=base)


def _back(address: str, **answer: str | None) -> Redirect:
    query = urlencode({name: value for name, value in answer.items() if value is not None})
    return Redirect(f"{address}{'&' if '?' in address else '?'}{query}", status_code=303, headers=_headers(""))


def _problem(sentence: str) -> Template:
    return Template("problem.html", context={"sentence": sentence}, status_code=400, headers=_headers(""))


def _headers(form_target: str) -> dict[str, str]:
    policy = f"default-src 'none'; style-src 'self'; form-action 'self' {form_target}; frame-ancestors 'none'"
    return {
        "Content-Security-Policy": policy.replace(" ;", ";"),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
