"""People as a platform administrator finds, invites, equips and disables them."""

from __future__ import annotations

from litestar import Litestar

from concordat_graphql import ids
from tenants.tenancy.roles import Role
from tests.graphql.platform import sending
from tests.support.organisations import make_school
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.web.page_client import Page, PageClient


async def account(browser: PageClient, name: str) -> Page:
    listed = await browser.get(f"/platform/people?search={name.replace(' ', '+')}")
    return await browser.get(listed.links()[name])


async def test_someone_is_found_by_a_part_of_the_address(browser: PageClient) -> None:
    await sending.an_account("Zara Quill")
    page = await browser.get("/platform/people?search=zara+q")
    assert page.table("People with an account")[0][0] == "Zara Quill"
    assert "Nobody matches" in (await browser.get("/platform/people?search=nobody_like_this")).text


async def test_a_national_role_is_given_and_ended(browser: PageClient) -> None:
    await sending.an_account("Orla National")
    page = await account(browser, "Orla National")
    asked = await browser.get(page.links()["Give a role"])
    refused = await browser.submit(asked, "Give this role", {}, status=422)
    assert refused.errors == ["Select a role"]
    page = await browser.follow(await browser.submit(asked, "Give this role", {"role": "official"}))
    assert page.table("Roles held, and held before")[0][:2] == ["Department official", "Everywhere"]

    asked = await browser.get(page.links()["End role as Department official"])
    day = {"ends_on-day": "1", "ends_on-month": "12", "ends_on-year": "2026", "reason": "Moved post"}
    page = await browser.follow(await browser.submit(asked, "End this role", day))
    assert page.table("Roles held, and held before")[0][3] == "1 December 2026"


async def test_an_agency_role_for_an_organisation_in_every_area(browser: PageClient) -> None:
    person_id = await sending.an_account("Tess Head")
    school = await make_school(name="Quillbridge Academy")
    there = f"/platform/people/{ids.encode('Person', person_id)}/grant"
    found = await browser.get(f"{there}?organisation=Quillbridge")
    values = {"role": "establishment_contact", "organisation_id": ids.encode("Organisation", school)}
    page = await browser.follow(await browser.submit(found, "Give this role", values))
    assert page.table("Roles held, and held before")[0][:2] == ["Establishment contact", "Quillbridge Academy"]


async def test_a_role_for_an_organisation_needs_one(browser: PageClient) -> None:
    await sending.an_account("Nora Nowhere")
    asked = await browser.get((await account(browser, "Nora Nowhere")).links()["Give a role"])
    page = await browser.submit(asked, "Give this role", {"role": "trust_lead"}, status=422)
    assert page.errors == ["Choose the organisation that this person speaks for."]


async def test_disabling_asks_signs_out_at_once_and_can_be_taken_back(app: Litestar, browser: PageClient) -> None:
    someone = await make_actor(Role.OFFICIAL, name="Dora Disabled")
    async with await signed_in(app, someone) as theirs:
        await theirs.get("/national")
        asked = await browser.get((await account(browser, "Dora Disabled")).links()["Disable the account"])
        assert "signed out everywhere" in asked.text
        refused = await browser.submit(asked, "Disable account", {}, status=422)
        assert refused.errors == ["Enter a reason"]
        page = await browser.follow(await browser.submit(asked, "Disable account", {"reason": "Left"}))
        assert "Not signed in anywhere" in page.text
        assert (await theirs.get("/national", status=303)).location.startswith("/sign-in")
    asked = await browser.get(page.links()["Enable the account again"])
    page = await browser.follow(await browser.submit(asked, "Enable account", {"reason": "Came back"}))
    assert "Disable the account" in page.links()


async def test_one_browser_is_signed_out(app: Litestar, browser: PageClient) -> None:
    someone = await make_actor(Role.OFFICIAL, name="Lost Laptop")
    async with await signed_in(app, someone) as theirs:
        page = await account(browser, "Lost Laptop")
        asked = await browser.get(page.links()["Sign out of browser 1"])
        page = await browser.follow(await browser.submit(asked, "End session", {"reason": "A lost laptop"}))
        assert "Not signed in anywhere" in page.text
        await theirs.get("/national", status=303)


async def test_an_administrator_cannot_disable_themselves(app: Litestar) -> None:
    me = await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Only Keeper")
    async with await signed_in(app, me) as browser:
        asked = await browser.get(f"/platform/people/{ids.encode('Person', me.id)}/switch")
        page = await browser.submit(asked, "Disable account", {"reason": "A slip"}, status=422)
        assert "your own account" in page.errors[0]


async def test_a_business_manager_is_invited_to_a_new_area(browser: PageClient) -> None:
    area = await make_area("Freshshire", lifecycle="setting_up")
    page = await browser.get("/platform/invite")
    values = {"name": "Bea Hall", "email": "bea@example.org", "role": "business_manager",
              "area_id": ids.encode("Area", area.id)}
    page = await browser.follow(await browser.submit(page, "Send invitation", values))
    assert "bea@example.org" in page.banner


async def test_an_unknown_account_is_not_found(browser: PageClient) -> None:
    await browser.get("/platform/people/nonsense", status=404)
