"""Erasing somebody from the trail as pages: found by name, asked first, gone from the trail and from its file."""

from __future__ import annotations

from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.support.membership import make_partnership
from tests.support.product import signed_in
from tests.support.world import make_actor

NAME = "Dev Police"


async def test_a_manager_finds_a_person_is_told_what_stays_and_erases_them(app: Litestar) -> None:
    area = (await make_partnership()).area
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        trail = await browser.get(f"/area/{area.slug}/audit")
        assert NAME in trail.text
        page = await browser.get(trail.links()["People in the audit trail"])
        assert len(page.table("People")) == 6
        page = await browser.get(f"/area/{area.slug}/audit/people?search=dev+pol")
        [row] = page.table("People")
        assert NAME in row[0]
        assert row[1:3] == ["an appointment", "1"]
        [link] = [address for text, address in page.links().items() if text.startswith("Erase")]
        asks = await browser.get(link)
        assert NAME in asks.text
        assert "What is not erased" in asks.text
        refused = await browser.submit(asks, "Erase it", {"reason": ""}, status=422)
        assert refused.errors
        done = await browser.follow(await browser.submit(asks, "Erase it", {"reason": "They asked for it."}))
        assert done.banner == "It is erased from the audit trail."
        assert "Erased on " in done.text
        assert NAME not in done.text
        trail = await browser.get(f"/area/{area.slug}/audit")
        assert NAME not in trail.text
        assert "erased on " in trail.text
        assert "no link is broken" in trail.text
        assert trail.table("Entries, newest first")[0][2] == "A person’s text erased from the audit trail"
        assert NAME not in (await browser.get(f"/area/{area.slug}/audit.csv")).response.text
        assert "was erased on" in (await browser.get(link)).text
        assert NAME in (await browser.get(f"/area/{area.slug}/membership")).text, "the record itself stays"


async def test_who_may_read_the_trail_but_not_erase_from_it_is_not_offered_it(app: Litestar) -> None:
    area = (await make_partnership()).area
    lead = await make_actor(Role.LEAD_SAFEGUARDING_PARTNER, area=area)
    async with await signed_in(app, lead) as browser:
        trail = await browser.get(f"/area/{area.slug}/audit")
        assert NAME in trail.text
        assert "People in the audit trail" not in trail.links()
        await browser.get(f"/area/{area.slug}/audit/people", status=403)
