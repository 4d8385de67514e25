"""Who is looking at the page, as the layout needs it. Sign-in puts a Viewer into the request state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry of the service navigation; `prefix` marks it active for pages below it."""

    text: str
    href: str
    prefix: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActingAs:
    """A role the person holds and may switch to."""

    id: str
    label: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The signed-in person: name, the role now used, the roles held, and the navigation of that role."""

    name: str
    acting_as: str
    choices: tuple[ActingAs, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    home: str = "/"


def set_viewer(request: Request[Any, Any, Any], viewer: Viewer) -> None:
    """Called by the sign-in middleware once per request of a signed-in person."""
    request.scope["state"]["viewer"] = viewer


def viewer_of(request: Request[Any, Any, Any]) -> Viewer | None:
    """Returns the signed-in person, or None for an anonymous request."""
    viewer = request.scope["state"].get("viewer")
    return viewer if isinstance(viewer, Viewer) else None


def navigation_for(viewer: Viewer | None, path: str) -> list[dict[str, Any]]:
    """Returns the items of govukServiceNavigation, with the current one marked."""
    return [_item(item, path) for item in (viewer.navigation if viewer else ())]


def _item(item: NavItem, path: str) -> dict[str, Any]:
    below = path.startswith((item.prefix or item.href).rstrip("/") + "/")
    return {"text": item.text, "href": item.href, "current": path == item.href, "active": below}
