"""Error answers in plain English: a page for people, problem JSON (RFC 9457) for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException

from backend.web.render import is_local, redirect, render
from backend.web.unsent import answer_unsent
from infra.database.patience import BUSY
from infra.export import TooManyRows
from infra.telemetry.logs import logger

LOG = logger("web")
PROBLEM_JSON = "application/problem+json"


class Conflict(HTTPException):
    """Someone else changed the same thing first; the person should look again before deciding."""

    status_code = 409


@dataclass(frozen=True)
class Told:
    """What a person is told about a status: the heading and one or more sentences."""

    title: str
    sentences: tuple[str, ...]


TOLD = {
    400: Told("We could not read that request", ("Go back and try again. If you typed an address, check it.",)),
    401: Told("Not signed in", ("Sign in, or send a bearer token that this service accepts.",)),  # read by programs
    403: Told(
        "You cannot use this page",
        ("Your role does not allow this. If you hold more than one role, check which one you are using.",),
    ),
    404: Told(
        "Page not found",
        ("If you typed the address, check it is right.", "It may also belong to an area that is not yours."),
    ),
    405: Told("That cannot be done here", ("Go back to the page you came from and use its buttons.",)),
    409: Told(
        "Someone else has just changed this",
        ("Your change was not saved, so nothing of theirs is lost. Go back, look at it again and decide.",),
    ),
    413: Told("That file or form is too large", ("Nothing was saved. Send a smaller file.",)),
    422: Told("Some answers need another look", ("Nothing was saved. Go back and check what you entered.",)),
    429: Told("Too many requests", ("Wait a minute, then try again.",)),
    500: Told(
        "Sorry, something went wrong",
        ("Nothing was saved by this request. Try again in a few minutes.",),
    ),
    503: Told("Sorry, the service is busy", ("Try again in a minute. Nothing you saved before is lost.",)),
}
HUNG_UP = 499  #: what the log and the metrics say of a client that went away; nobody is there to read it
ALIASES = {414: 400, 415: 400, 431: 400, 502: 503, 504: 503}


def told(status: int) -> Told:
    """Returns the words for any status."""
    return TOLD.get(ALIASES.get(status, status), TOLD[500] if status >= 500 else TOLD[400])


def answer_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Returns the answer to any exception. Only our own words are shown, never the exception's."""
    status = _status(error)
    if _hung_up(error):
        return Response(b"", status_code=HUNG_UP, media_type="text/plain")
    if 300 <= status < 400:
        return Response("", status_code=status, headers=getattr(error, "headers", None) or {})
    if status >= 500:
        LOG.error("failed", status=status, exc_info=error)
    if wants_json(request):
        response = _problem(request, status, error)
    elif (carried := answer_unsent(request, status, back=_form_of(request))) is not None:
        return carried
    elif status == 401:
        return to_sign_in(request)
    else:
        response = _page(request, status, error)
    for name, value in (getattr(error, "headers", None) or {}).items():
        response.headers[name] = value
    if status == 503:
        response.headers.setdefault("retry-after", "30")
    return response


def _status(error: Exception) -> int:
    if isinstance(error, TooManyRows):
        return 413
    if isinstance(error, BUSY):
        return 503
    return error.status_code if isinstance(error, HTTPException) else 500


def _hung_up(error: Exception) -> bool:
    """Returns whether the client went away before its request was read; Litestar has no exception of its own for it."""
    return isinstance(error, InternalServerException) and error.detail == "client disconnected prematurely"


def to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Returns 303 to the sign-in page, which comes back here afterwards; of a form it says that it was not saved."""
    after = {"next": request.url.path} if request.method == "GET" and is_local(request.url.path) else {}
    if form := _form_of(request):
        after = {"next": form, "unsaved": "yes"}
    return redirect(request, f"/sign-in?{urlencode(after)}" if after else "/sign-in")


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Returns whether the client is a program: of the API or of a hook, or one that accepts JSON and not HTML."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith(("/graphql", "/hooks/")) or ("json" in accept and "html" not in accept)


def _page(request: Request[Any, Any, Any], status: int, error: Exception) -> Response[Any]:
    words = told(status)
    reason = getattr(error, "said", None)
    return render(request, "error.html", status=status, title=words.title, sentences=words.sentences, reason=reason,
                  back=_form_of(request), forbidden=status == 403)


def _form_of(request: Request[Any, Any, Any]) -> str | None:
    """Returns the page whose form was sent, as the browser names it; None for a page and for another site's form."""
    came = urlsplit(request.headers.get("referer", ""))
    if request.method == "GET" or came.netloc != request.headers.get("host"):
        return None
    path = f"{came.path}?{came.query}" if came.query else came.path
    return path if is_local(path) else None


def _problem(request: Request[Any, Any, Any], status: int, error: Exception) -> Response[Any]:
    words = told(status)
    reason = getattr(error, "said", None)
    body = {
        "type": "about:blank",
        "title": words.title,
        "status": status,
        "detail": reason or " ".join(words.sentences),
        "requestId": request.scope["state"].get("request_id"),
    }
    return Response(json.dumps(body).encode(), status_code=status, media_type=PROBLEM_JSON)
