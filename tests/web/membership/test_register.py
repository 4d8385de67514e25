"""Linking a partner to the register, and correcting groups and seats, on pages."""

from __future__ import annotations

from litestar import Litestar

from tenants.membership import queries
from tenants.membership.rules import Kind
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.membership import complete, make_bodies, make_partnership
from tests.support.organisations import make_body
from tests.support.product import signed_in
from tests.support.world import make_actor
from tests.web.page_client import Page, PageClient

REASON = {"reason": "Typed wrongly."}


async def click(browser: PageClient, page: Page, words: str) -> Page:
    return await browser.get(next(href for text, href in page.links().items() if text.startswith(words)))


async def test_a_partner_is_linked_to_the_body_that_it_is(app: Litestar) -> None:
    made, body = await make_bodies(), await make_body(name="Zedshire Constabulary")
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        form = await click(browser, page, f"Link to the register of {made.area.name} Police")
        found = await browser.submit(form, "Apply", {"search": "zedshire"}, status=200)
        refused = await browser.submit(found, "Link this body", {}, status=422)
        assert refused.errors == ["Select the body that this partner is"]
        chosen = refused.soup.select("input[type=radio]")[-1]["value"]
        page = await browser.follow(await browser.submit(refused, "Link this body", {"organisation_id": chosen}))
        assert page.banner == "The partner is linked to the register."
        assert f"Change the link to the register of {made.area.name} Police" in page.links()
        leads = next(href for text, href in page.links().items() if text.startswith("In the register"))
        assert leads.startswith(f"/area/{made.area.slug}/organisations/")
    async with tenant_scope(made.manager, readonly=True):
        linked = await queries.partner(area_id=made.area.id, partner_id=made.bodies[Kind.POLICE])
    assert linked is not None
    assert linked.organisation_id == body


async def test_a_search_that_finds_nothing_says_so(app: Litestar) -> None:
    made = await make_bodies()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        form = await click(browser, page, f"Link to the register of {made.area.name} Police")
        found = await browser.submit(form, "Apply", {"search": "no such force"}, status=200)
        assert "no police force with “no such force” in its name" in found.text


async def test_a_stale_link_and_a_reader_are_refused(app: Litestar) -> None:
    made = await make_bodies()
    await make_body()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        stale = await click(browser, page, f"Link to the register of {made.area.name} Police")
        body = {"organisation_id": stale.soup.select("input[type=radio]")[0]["value"]}
        correct = await click(browser, page, f"Correct {made.area.name} Police")
        await browser.submit(correct, "Save", {"name": "Northshire Constabulary", **REASON})
        refused = await browser.submit(stale, "Link this body", body, status=422)
        assert refused.errors[0].startswith("Someone else changed this partner")
        address = str(correct.response.url).replace("http://127.0.0.1:8000", "")
    async with await signed_in(app, await make_actor(Role.VIEWER, area=made.area)) as reader:
        page = await reader.submit(await reader.get(address), "Save", REASON, status=422)
        assert page.errors == ["Only a business manager of this area can change its membership."]


async def test_a_group_and_its_seat_are_corrected(app: Litestar) -> None:
    made = await make_partnership()
    await complete(made)
    first = {"valid_from-day": "1", "valid_from-month": "4", "valid_from-year": "2026"}
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        form = await click(browser, page, "Set up a group")
        typed = {"name": "Exploitaton group", "purpose": "Harm outside the home", **first}
        page = await browser.follow(await browser.submit(form, "Set up the group", typed))
        form = await click(browser, page, "Add a seat to")
        page = await browser.follow(await browser.submit(form, "Add seat", {"title": "Housng", **first}))
        form = await click(browser, page, "correct the group Exploitaton")
        refused = await browser.submit(form, "Save", {"name": "Exploitation group"}, status=422)
        assert refused.errors == ["Enter the reason"]
        page = await browser.follow(await browser.submit(refused, "Save", REASON))
        assert "Harm outside the home" in page.text
        form = await click(browser, page, "Correct the seat Housng")
        page = await browser.follow(await browser.submit(form, "Save", {"title": "Housing", **REASON}))
        assert ["Housing", "Exploitation group"] in [row[:2] for row in page.table("Seats and who holds them")]
        form = await click(browser, page, "Correct the seat Education, strategic")
        refused = await browser.submit(form, "Save", {"education_level": "", **REASON}, status=422)
        assert refused.errors == ["Select the level of education"]
