"""A school's safeguarding lead at 4 pm on a Friday: what is asked, answered, checked, sent, with a receipt."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tenants.tenancy.roles import Role
from tests.journeys.product import arrive
from tests.journeys.visitor import View
from tests.support.cooperation import asked_school
from tests.support.world import make_actor, make_area

pytestmark = pytest.mark.browser


async def test_a_school_answers_what_it_is_asked(browser: Browser, product_address: str, journey_view: View) -> None:
    asked = await asked_school(await make_area("Fellside"))
    lead = await make_actor(
        Role.ESTABLISHMENT_CONTACT, area=asked.area, organisation_id=asked.school, name="Maya Thornton"
    )
    person = await arrive(browser, address=product_address, view=journey_view, someone=lead)
    page = person.page
    await person.visit("/")
    assert page.url.endswith("/duties"), "signing in leads straight to what is asked"
    await page.get_by_role("link", name="Yearly safeguarding return").click()
    await person.check()
    await person.press("Answer")

    await person.press("Check your answers")
    assert "There is a problem" in await page.get_by_role("alert").inner_text()
    await page.get_by_role("group", name="Does your governing body follow").get_by_label("Yes").check()
    for part, value in (("Day", "14"), ("Month", "9"), ("Year", "2026")):
        await page.get_by_role("group", name="When was your child protection policy").get_by_label(part).fill(value)
    await person.press("Save for later")
    await page.get_by_role("link", name="Yearly safeguarding return").click()
    await person.press("Continue your answer")
    assert await page.get_by_role("group", name="Does your governing body").get_by_label("Yes").is_checked()

    await page.get_by_role("group", name="Who is your designated").get_by_label("Name").fill("Maya Thornton")
    await person.press("Check your answers")
    assert "Maya Thornton" in await page.get_by_role("main").inner_text()
    await person.press("Send")
    assert "Your receipt number" in await page.get_by_role("main").inner_text()
    await person.visit("/duties?show=all")
    assert "Yearly safeguarding return" in await page.get_by_role("main").inner_text()
    await person.leave()
