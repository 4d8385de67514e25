"""Every route of the web: each capability's `pages.py` has a list ROUTES that is added here.

Each handler says who may reach it: `opt={"access": …}` with one of ACCESS; a test fails for one that does not.
"""

from __future__ import annotations

from typing import Final

from litestar.types import ControllerRouterHandler

from backend.web import assets, health

ACCESS: Final = frozenset({"public", "signed-in", "area", "agency", "national", "platform"})

EDGE: Final[list[ControllerRouterHandler]] = [
    assets.static_file,
    health.live,
    health.ready,
    health.metrics,
]

ROUTES: Final[list[ControllerRouterHandler]] = [*EDGE]
