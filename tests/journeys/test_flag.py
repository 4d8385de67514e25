"""A flag from the area to a decision, in a real browser: a manager raises and refers, an official decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Browser

from infra.clock import today
from tenants.tenancy.roles import Role
from tests.journeys.product import arrive
from tests.journeys.visitor import View, Visitor
from tests.support.membership import complete, make_partnership
from tests.support.world import AreaMade, make_actor

pytestmark = pytest.mark.browser


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
    browser: Browser, product_address: str, journey_view: View, area: AreaMade
) -> None:
    board = await arrive(
        browser, address=product_address, view=journey_view, someone=await make_actor(Role.BUSINESS_MANAGER, area=area)
    )
    await raise_and_refer(board, area)
    official = await arrive(
        browser, address=product_address, view=journey_view, someone=await make_actor(Role.OFFICIAL)
    )
    await decide(official, area)
    await board.visit(f"/area/{area.slug}/flags?show=all")
    for visitor in (board, official):
        await visitor.leave()


async def test_anyone_finds_an_area_and_its_partners(
    browser: Browser, product_address: str, journey_view: View, area: AreaMade
) -> None:
    anyone = await arrive(browser, address=product_address, view=journey_view, someone=None)
    await anyone.visit("/areas")
    await anyone.page.get_by_label("Find an area").fill(area.name)
    await anyone.press("Search")
    await anyone.go(area.name)
    assert "Lena Police" in await anyone.page.get_by_role("main").inner_text()
    await anyone.leave()
