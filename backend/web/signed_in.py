"""Who sent this request, as the sign-in middleware found out."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.exceptions import NotFoundException

from backend.auth.actors import SignedIn
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.queries import AreaRow


def signed_in_of(request: Request[Any, Any, Any]) -> SignedIn | None:
    """Returns the live session of the request, or None."""
    found = request.scope["state"].get("signed_in")
    return found if isinstance(found, SignedIn) else None


def actor_of(request: Request[Any, Any, Any]) -> Actor:
    """Returns who is asking; an anonymous actor for someone not signed in."""
    found = request.scope["state"].get("actor")
    return found if isinstance(found, Actor) else ANONYMOUS


def area_of(request: Request[Any, Any, Any], slug: str) -> AreaRow:
    """Returns the area with that web name when the person holds a role in it; otherwise 404, as if there were none."""
    found = signed_in_of(request)
    if found is not None:
        for area in found.areas:
            if area.slug == slug and area.id in found.actor.read_areas:
                return area
    raise NotFoundException
