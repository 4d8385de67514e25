"""A form that came too late: its session had ended, or its page was made for another one.

Nothing of it is stored. The answer to the form's own request carries what was typed, in a form that sends it again
with a fresh token; only one whose origin was ours gets that far.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from backend.web.csrf import FIELD
from backend.web.edge import edge_of
from backend.web.form_body import URL_ENCODED, read_form
from backend.web.forms import Form
from backend.web.render import render

TITLES = {401: "You were signed out before this was saved", 403: "Send what you typed again"}


async def keep_unsent(request: Request[Any, Any, Any]) -> None:
    """Reads the form of a session that has ended, when it is ours and was made for that session; else does nothing."""
    csrf = edge_of(request).csrf
    if csrf.session_cookie not in request.cookies or not _is_plain(request):
        return
    with suppress(HTTPException):
        csrf.check_origin(request)
        form = await read_form(request)
        csrf.check_token(request, form.value(FIELD))
        request.scope["state"]["unsent"] = form


def answer_unsent(request: Request[Any, Any, Any], status: int, *, back: str | None) -> Response[Any] | None:
    """Returns the page that carries what was typed, or None where there is nothing to carry."""
    form = _unsent(request, status)
    if form is None:
        return None
    fields = [(name, value) for name, values in form.raw.items() if name != FIELD for value in values]
    longer = [value for _, value in fields if " " in value.strip()]
    return render(request, "unsent.html", title=TITLES[status], status=status, fields=fields, longer=longer,
                  action=_path(request), form_page=back or "/", ended=status == 401)


def _unsent(request: Request[Any, Any, Any], status: int) -> Form | None:
    """Returns what `keep_unsent` read, or the form that the forgery check found out of date."""
    state = request.scope["state"]
    kept = state.get("unsent") if status == 401 else state.get("form") if _out_of_date(request, status) else None
    return kept if isinstance(kept, Form) and not kept.files else None


def _out_of_date(request: Request[Any, Any, Any], status: int) -> bool:
    stale = status == 403 and request.scope["state"].get("stale_token") is True
    return stale and _is_plain(request) and "origin" in request.headers


def _is_plain(request: Request[Any, Any, Any]) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == URL_ENCODED


def _path(request: Request[Any, Any, Any]) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
