"""A flag from the area to a decision, in a real browser: a manager raises and refers, an official decides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from litestar import Litestar
from playwright.async_api import Browser

from backend.app import create_app
from infra.clock import today
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.journeys.server import served
from tests.journeys.visitor import DESKTOP, PHONE, View, Visitor
from tests.support.cluster import Cluster
from tests.support.membership import complete, make_partnership
from tests.support.product import COOKIE, product_settings, session_token
from tests.support.world import AreaMade, make_actor

pytestmark = pytest.mark.browser
VIEWS = (View("desktop", DESKTOP, True), View("phone-without-script", PHONE, False))


@pytest.fixture(scope="module")
async def address(database: Cluster) -> AsyncIterator[str]:
    def app(base_url: str) -> Litestar:
        return create_app(product_settings(database, base_url=base_url))

    async with served(app) as here:
        yield here


@pytest.fixture(params=VIEWS, ids=lambda view: view.name)
def view(request: pytest.FixtureRequest) -> View:
    seen: View = request.param
    return seen


async def arrive(browser: Browser, address: str, view: View, someone: Actor | None) -> Visitor:
    visitor = await Visitor.arrive(browser, address=address, view=view)
    if someone is not None:
        token = await session_token(someone)
        await visitor.page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    return visitor


@pytest.fixture
async def area() -> AreaMade:
    made = await make_partnership()
    await complete(made)
    return made.area


async def raise_and_refer(person: Visitor, area: AreaMade) -> None:
    await person.visit(f"/area/{area.slug}/flags")
    await person.press("Raise a flag")
    await person.press("Raise the flag")
    assert "Select what the concern is" in await person.page.get_by_role("alert").inner_text()
    await person.page.get_by_label("The partners cannot agree").check()
    await person.page.get_by_label("Title", exact=True).fill("No agreed budget since April")
    await person.page.get_by_label("Account of the concern").fill("The partners have met four times without agreeing.")
    await person.page.get_by_label("What has been tried?").fill("Two meetings and a mediator.")
    await person.page.get_by_label(f"{area.name} Police").check()
    await person.press("Raise the flag")
    await person.go("Refer to the Department")
    await person.page.get_by_label("Why is it referred now?").fill("The lead partners agreed to refer it on Monday.")
    await person.press("Refer to the Department")
    assert "waiting for the Department" in await person.page.get_by_role("main").inner_text()


async def decide(person: Visitor, area: AreaMade) -> None:
    await person.visit(f"/national?search={area.name}")
    await person.go(area.name)
    await person.go("No agreed budget since April")
    await person.go("Acknowledge")
    await person.page.get_by_label("What happens next").fill("We will read it and write by Friday.")
    await person.press("Acknowledge")
    await person.go("Record a decision")
    review = today() + timedelta(days=60)
    await person.page.get_by_label("Support", exact=True).check()
    await person.page.get_by_label("Reasons").fill("An adviser is free from next month and the area has asked for one.")
    for part, value in (("Day", review.day), ("Month", review.month), ("Year", review.year)):
        await person.page.get_by_label(part).fill(str(value))
    await person.press("Record a decision")
    assert "The decision is recorded" in await person.page.get_by_role("alert").inner_text()
    await person.visit("/national/flags")


async def test_an_area_raises_and_refers_a_flag_and_an_official_decides(
    browser: Browser, address: str, view: View, area: AreaMade
) -> None:
    board = await arrive(browser, address, view, await make_actor(Role.BUSINESS_MANAGER, area=area))
    await raise_and_refer(board, area)
    official = await arrive(browser, address, view, await make_actor(Role.OFFICIAL))
    await decide(official, area)
    await board.visit(f"/area/{area.slug}/flags?show=all")
    for visitor in (board, official):
        await visitor.leave()


async def test_anyone_finds_an_area_and_its_partners(
    browser: Browser, address: str, view: View, area: AreaMade
) -> None:
    anyone = await arrive(browser, address, view, None)
    await anyone.visit("/areas")
    await anyone.page.get_by_label("Find an area").fill(area.name)
    await anyone.press("Search")
    await anyone.go(area.name)
    assert "Lena Police" in await anyone.page.get_by_role("main").inner_text()
    await anyone.leave()
