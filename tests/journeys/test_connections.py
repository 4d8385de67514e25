"""A manager between two meetings: what waits, what does not work, what is linked, what changed; and decides."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tenants.tenancy.roles import Role
from tests.journeys.product import arrive
from tests.journeys.visitor import View
from tests.support.busy_area import busy_area
from tests.support.world import make_actor

pytestmark = pytest.mark.browser


async def test_a_manager_sees_how_the_connections_stand_and_decides(
    browser: Browser, product_address: str, journey_view: View
) -> None:
    area = await busy_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea Manager")
    person = await arrive(browser, address=product_address, view=journey_view, someone=manager)
    page = person.page
    home = f"/area/{area.slug}/connections"
    await person.visit(home)
    said = await page.get_by_role("main").inner_text()
    for words in (
        "What waits for your decision", "1 proposal about a person", "1 partner that another body follows",
        "What does not work", "The agency does not accept our access token.", "Stale since",
        "What is linked", "What changed lately", "2 proposals made",
    ):  # fmt: skip
        assert words in said, words

    await person.go("1 proposal about a person")
    await person.press("Decide")
    assert "There is a problem" in await page.get_by_role("alert").inner_text()
    await page.get_by_label("Accept all on this page except the ticked ones").check()
    await person.press("Decide")
    assert "1 proposal accepted." in await page.get_by_role("alert").inner_text()

    await person.visit(home)
    await person.go("1 partner that another body follows")
    await page.get_by_role("link", name="Decide who follows").click()
    await person.check()
    await person.press("Let it take over")
    assert "The successor takes over." in await page.get_by_role("alert").inner_text()

    await person.visit(home)
    left = await page.get_by_role("main").inner_text()
    assert "about a person" not in left
    assert "another body follows" not in left
    await person.go("Wonde")
    await person.leave()
