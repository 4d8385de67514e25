"""A lead safeguarding partner agrees a budget and what their body gives, one by one and then many at once."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tenants.membership.rules import Kind
from tests.journeys.product import arrive
from tests.journeys.visitor import View
from tests.support.membership import make_chief, make_partnership
from tests.support.resourcing import open_budget, pledge, sheet

pytestmark = pytest.mark.browser


async def test_a_lead_agrees_the_budget_and_the_share_of_their_body(
    browser: Browser, product_address: str, journey_view: View
) -> None:
    made = await make_partnership()
    given = await pledge(made, await open_budget(made))
    police = f"{made.area.name} Police"
    lead = made.lead_actors[Kind.POLICE]
    person = await arrive(browser, address=product_address, view=journey_view, someone=lead)
    await person.visit(f"/area/{made.area.slug}")
    await person.go("The budget 2026-27 and 1 contribution wait for your agreement")
    await person.go(f"Budget 2026-27 of {made.area.name}")
    await person.press(f"Agree for {police}")
    assert "Your agreement is recorded." in await person.page.get_by_role("alert").inner_text()
    await person.page.get_by_role("row", name=police).get_by_role("link", name=police).first.click()
    await person.check()
    await person.press("Agree for my organisation")
    await person.visit("/agreements")
    assert "Nothing waits for your agreement" in await person.page.get_by_role("main").inner_text()
    kept = await sheet(made)
    assert [row.agreed_by for row in kept.contributions if row.id == given] == [[made.bodies[Kind.POLICE]]]
    assert [row.agreed_name for row in kept.agreements if row.agreed_on] == ["Lena Police"]
    await person.leave()


async def test_a_chief_officer_agrees_everything_in_two_areas_at_once(
    browser: Browser, product_address: str, journey_view: View
) -> None:
    areas = [await make_partnership() for _ in range(2)]
    for made in areas:
        await pledge(made, await open_budget(made))
    chief = await make_chief(*areas)
    person = await arrive(browser, address=product_address, view=journey_view, someone=chief)
    await person.visit("/agreements")
    await person.sees_ticks()
    await person.press("Agree what is ticked")
    assert "Select at least one thing to agree" in await person.page.get_by_role("alert").inner_text()
    await person.press("Agree everything listed")
    assert "The contributions among them come to £20,000." in await person.page.get_by_role("main").inner_text()
    await person.press("Agree for my organisations")
    assert "4 of 4 agreed." in await person.page.get_by_role("main").inner_text()
    await person.leave()
