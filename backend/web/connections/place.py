"""Where a page about connections is: below an area, or, for national ones, below the platform."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from litestar import Request, get, post
from litestar.types import ControllerRouterHandler

from backend.web.operation import found, query
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from tenants.connections.permissions import can_keep

Asked = Request[Any, Any, Any]
Page = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Place:
    """The address below which the pages are, the area's opaque id (None: national), and whether the reader keeps it."""

    base: str
    caption: str
    area_key: str | None
    slug: str | None
    keeps: bool

    @property
    def connections(self) -> str:
        """Return the address of the list of connections."""
        return f"{self.base}/connections"


def place_of(request: Asked) -> Place:
    """Return where the request is; answers 404 for an area that is not the reader's."""
    slug, actor = request.path_params.get("slug"), actor_of(request)
    if slug is None:
        return Place(base="/platform", caption="National connections", area_key=None, slug=None,
                     keeps=can_keep(actor, area_id=None))  # fmt: skip
    area = area_of(request, slug)
    return Place(base=f"/area/{slug}", caption=area.name, area_key=ids.encode("Area", area.id), slug=slug,
                 keeps=can_keep(actor, area_id=area.id))  # fmt: skip


async def connection_at(request: Asked, place: Place) -> Any:
    """Return the connection that the address names with its runs; answers 404 when it is not of this place."""
    key = request.path_params["connection"]
    data = await query(request, "ConnectionPage", id=key, after=request.query_params.get("after"))
    one = found(data.agencyConnection)
    found(one if one.areaId == place.area_key else None)
    return data


def in_both(path: str, *, shows: Page | None = None, does: Page | None = None) -> list[ControllerRouterHandler]:
    """Return the handlers of an address below an area's connections and below the platform's."""
    made: list[ControllerRouterHandler] = []
    for base, access in (("/area/{slug:str}", "area"), ("/platform", "platform")):
        whole, opt = f"{base}/connections{path}", {"access": access}
        made += [get(whole, opt=opt)(shows)] if shows is not None else []
        made += [post(whole, opt=opt)(does)] if does is not None else []
    return made
