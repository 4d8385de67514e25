"""One page of every shape that people of the nation are shown, in a real browser, at a desk and on a phone."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import AsyncIterator

import pytest
from litestar import Litestar
from playwright.async_api import Browser

from backend.app import create_app
from tenants.tenancy.roles import Hat
from tests.journeys.product import arrive
from tests.journeys.server import served
from tests.journeys.visitor import DESKTOP, PHONE, View, Visitor
from tests.support.cluster import Cluster
from tests.support.nation import Nation
from tests.support.product import product_settings
from tests.web.test_crawl import ID

pytestmark = pytest.mark.browser

DESK, POCKET = View("desktop", DESKTOP, True), View("phone", PHONE, True)
PEOPLE = (
    ("brackenshire-manager", Hat.LOCAL, DESK),
    ("eastmarch-manager", Hat.LOCAL, POCKET),
    ("trust-96001", Hat.LOCAL, POCKET),
    ("senior-official", Hat.NATIONAL, DESK),
    ("platform", Hat.PLATFORM, DESK),
)


@pytest.fixture
async def nation_address(database: Cluster, in_nation: Nation) -> AsyncIterator[str]:
    def app(base_url: str) -> Litestar:
        return create_app(product_settings(database, base_url=base_url))

    async with served(app) as here:
        yield here


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("subject", "hat", "view"), PEOPLE, ids=[f"{who}-{view.name}" for who, _, view in PEOPLE])
async def test_every_shape_of_page_holds(
    browser: Browser, nation_address: str, in_nation: Nation, subject: str, hat: Hat, view: View
) -> None:
    someone = await in_nation.world.actor(subject, hat=hat)
    person = await arrive(browser, address=nation_address, view=view, someone=someone)
    faults = await look_at_everything(person)
    await person.leave()
    assert not faults, "\n\n".join(faults)


async def look_at_everything(person: Visitor) -> list[str]:
    """Visit one page of each shape that can be reached by links; return what is wrong with any."""
    waiting, shapes, faults = deque(["/"]), Counter[str](), []
    while waiting:
        path = waiting.popleft()
        shape = ID.sub("/{id}", path.partition("?")[0])
        if shapes[shape] or shape.endswith((".csv", ".xlsx")):
            continue
        shapes[shape] += 1
        try:
            await person.visit(path)
        except AssertionError as wrong:
            faults.append(str(wrong))
        waiting.extend(await links(person))
    return faults


async def links(person: Visitor) -> list[str]:
    """Return the paths of this site that the page links to."""
    found: list[str] = await person.page.eval_on_selector_all(
        "a[href^='/']", "all => all.map(one => one.getAttribute('href').split('#')[0])"
    )
    return [path for path in found if not path.startswith(("/static/", "/sign-in", "/help", "/privacy"))]
