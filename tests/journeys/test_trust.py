"""A trust's lead confirms many schools of two areas at once, leaving one out."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tenants.tenancy.roles import Role
from tests.journeys.product import arrive
from tests.journeys.visitor import View
from tests.support import cooperation as support
from tests.support.organisations import make_trust
from tests.support.world import make_actor, make_area

pytestmark = pytest.mark.browser


async def test_a_trust_confirms_its_schools(browser: Browser, product_address: str, journey_view: View) -> None:
    here, there = await make_area("Fellside"), await make_area("Eastmarch")
    trust = await make_trust(here, there, name="Foxley Learning Trust")
    for area, name in ((here, "Ashlea School"), (here, "Beck Row School"), (there, "Copse Lane School")):
        await support.chosen_school(area, name, trust_id=trust)
    yes = (support.Question(key="follows", kind="yes_no", text="Do you follow the arrangements?", required=False),)
    for area in (here, there):
        await support.ask(area, questions=yes)
    lead = await make_actor(Role.TRUST_LEAD, organisation_id=trust, name="Theo Trustlead")
    person = await arrive(browser, address=product_address, view=journey_view, someone=lead)
    page = person.page
    await person.visit("/trust")
    table = await page.get_by_role("main").inner_text()
    assert all(name in table for name in ("Ashlea School", "Beck Row School", "Copse Lane School", there.name))
    await person.sees_ticks()
    assert "Beck Row School" in await page.locator("th label").all_inner_texts()
    await page.get_by_label("Confirm Yearly safeguarding return for Beck Row School").uncheck()
    await person.press("Confirm the ticked schools")
    assert "You are about to confirm 2 returns" in await page.get_by_role("main").inner_text()
    await person.press("Confirm and send")
    said = await page.get_by_role("main").inner_text()
    assert "Beck Row School" not in said
    assert "Ashlea School" in said
    await person.leave()
