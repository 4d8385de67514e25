"""The parts of the web edge that are made once per process and shared by every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from litestar import Request

from backend.web.assets import Assets
from backend.web.cookies import cookie_name
from backend.web.csrf import Csrf
from backend.web.ratelimit import RateLimiter


@dataclass(frozen=True, kw_only=True)
class Edge:
    """Templates, assets, form tokens and limits of one process."""

    templates: Environment
    assets: Assets
    csrf: Csrf
    limiter: RateLimiter
    secret: str
    base_url: str

    @property
    def secure(self) -> bool:
        """Whether people reach us over https, and so whether cookies are Secure."""
        return self.base_url.startswith("https://")

    @property
    def flash_cookie(self) -> str:
        """The name of the one-message cookie."""
        return cookie_name("flash", secure=self.secure)


def edge_of(request: Request[Any, Any, Any]) -> Edge:
    """Returns the edge of the running application."""
    edge = request.app.state.edge
    assert isinstance(edge, Edge)
    return edge
