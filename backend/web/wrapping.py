"""What the wrappers around the application share."""

from __future__ import annotations

from litestar.types import Scope


def is_http(scope: Scope) -> bool:
    """Returns whether this is a request to answer (servers send the plain text `http`, not Litestar's enum)."""
    return str(scope["type"]) in ("http", "ScopeType.HTTP")
