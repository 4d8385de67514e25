"""The whole product behind an address, and people who are signed in to it, for the journeys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from playwright.async_api import Browser

from backend.app import create_app
from tenants.tenancy.actor import Actor
from tests.journeys.server import served
from tests.journeys.visitor import DESKTOP, PHONE, View, Visitor
from tests.support.cluster import Cluster
from tests.support.product import COOKIE, product_settings, session_token

#: a desk with everything, and the hardest case: a small screen without script
JOURNEY_VIEWS = (View("desktop", DESKTOP, True), View("phone-without-script", PHONE, False))


@asynccontextmanager
async def product_at(database: Cluster) -> AsyncIterator[str]:
    """Serve the product on the test database; give its address."""

    def app(base_url: str) -> Litestar:
        return create_app(product_settings(database, base_url=base_url))

    async with served(app) as here:
        yield here


async def arrive(browser: Browser, *, address: str, view: View, someone: Actor | None) -> Visitor:
    """Open a window in which the stored person is signed in (nobody when None)."""
    visitor = await Visitor.arrive(browser, address=address, view=view)
    if someone is not None:
        token = await session_token(someone)
        await visitor.page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    return visitor
