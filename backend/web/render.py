"""How a page answers: a template with what every page needs, or a redirect after a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinja2 import Environment
from litestar import MediaType, Request, Response
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from backend.web.cookies import make_cookie
from backend.web.edge import Edge, edge_of
from backend.web.flash import flash_of, pack_flash
from backend.web.forms import Form
from backend.web.security import nonce_of
from backend.web.viewer import navigation_for, viewer_of


@dataclass(slots=True)
class _Token:
    """The token of this page's forms, made where the first form is written: a page without forms sets no cookie."""

    make: Callable[[], str]
    made: str = ""

    def __str__(self) -> str:
        self.made = self.made or self.make()
        return self.made


FLASH_SECONDS = 120
MAX_FLASH_URL = 2000


def render(
    request: Request[Any, Any, Any],
    template: str,
    *,
    form: Form | None = None,
    status: int | None = None,
    **context: object,
) -> Response[str]:
    """Returns the page. With a form that has problems the status is 422 unless given."""
    edge = edge_of(request)
    flash = flash_of(request, cookie=edge.flash_cookie, secret=edge.secret)
    shown = form or Form()
    html = _template(edge.templates, template, {**_frame(request, edge), "flash": flash, "form": shown, **context})
    code = status or (422 if shown.problems else 200)
    response = Response(html, media_type=MediaType.HTML, status_code=code)
    if flash is not None or edge.flash_cookie in request.cookies:
        response.set_cookie(make_cookie("flash", "", secure=edge.secure, max_age=0))
    _keep_nonce(request, edge, response)
    return response


def redirect(request: Request[Any, Any, Any], path: str, *, flash: str | None = None) -> Redirect:
    """Returns 303 to a path of ours, with a message for the page that follows."""
    if not is_local(path):
        raise ValueError(f"not a path of this site: {path!r}")
    edge = edge_of(request)
    response = Redirect(path, status_code=HTTP_303_SEE_OTHER)
    if flash is not None:
        value = pack_flash(flash, secret=edge.secret)
        response.set_cookie(make_cookie("flash", value, secure=edge.secure, max_age=FLASH_SECONDS))
    return response


def is_local(path: str) -> bool:
    """Returns whether a path stays on this site (no scheme, no //host, no backslash, no control character)."""
    plain = path.isprintable() and "\\" not in path
    return plain and path.startswith("/") and not path.startswith("//") and len(path) <= MAX_FLASH_URL


def _template(environment: Environment, name: str, context: Mapping[str, object]) -> str:
    return environment.get_template(name).render(context)


def _frame(request: Request[Any, Any, Any], edge: Edge) -> dict[str, object]:
    viewer = viewer_of(request)
    return {
        "asset": edge.assets.url,
        "cspNonce": nonce_of(request.scope),
        "csrf_token": _Token(partial(edge.csrf.token, request)),
        "viewer": viewer,
        "navigation": navigation_for(viewer, request.url.path),
        "path": request.url.path,
        "request_id": request.scope["state"].get("request_id"),
    }


def _keep_nonce(request: Request[Any, Any, Any], edge: Edge, response: Response[str]) -> None:
    if edge.csrf.is_new(request):
        response.set_cookie(make_cookie("csrf", edge.csrf.nonce(request), secure=edge.secure))
