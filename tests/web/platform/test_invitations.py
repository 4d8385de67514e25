"""An area's first business manager is invited from the area's page; what waits for an answer can be withdrawn."""

from __future__ import annotations

from litestar import Litestar

from tenants.tenancy.people import accepting, queries, service
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, tenant_scope
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area
from tests.web.page_client import Page, PageClient

WAITING = "Invitations that nobody has accepted, newest first"


def row_of(page: Page, address: str) -> list[str] | None:
    return next((row for row in page.table(WAITING) if address in row[0]), None)


async def invited(browser: PageClient, area: AreaMade, address: str) -> Page:
    link = f"Invite a business manager of {area.name}"
    asked = await browser.get((await browser.get(f"/platform/areas/{area.slug}")).links()[link])
    return await browser.follow(await browser.submit(asked, "Send invitation", {"name": "Nia First", "email": address}))


async def test_a_new_area_says_whom_to_invite_and_the_form_comes_filled_in(browser: PageClient) -> None:
    area = await make_area("Firstshire", lifecycle="setting_up")
    address = f"first@{area.slug}.example"
    row = row_of(await invited(browser, area, address), address)
    assert row is not None
    assert row[1].split("\n")[0].startswith("Business manager")
    assert area.name in row[1]
    assert row[2].startswith("Open Works until")


async def test_an_invitation_to_a_wrong_address_is_withdrawn_and_sent_again(browser: PageClient) -> None:
    area = await make_area("Secondshire")
    address = f"wrong@{area.slug}.example"
    page = await invited(browser, area, address)
    page = await browser.follow(await browser.submit(page, "Withdraw", {}))  # the newest is the first
    assert "no longer works" in page.banner
    assert row_of(page, address) is None
    assert row_of(await invited(browser, area, address), address) is not None


async def test_what_an_area_sent_is_there_too_and_its_manager_sees_no_such_list(
    app: Litestar, browser: PageClient
) -> None:
    area = await make_area("Thirdshire")
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    address = f"viewer@{area.slug}.example"
    async with tenant_scope(manager):
        await service.invite(by=manager, email=address, name="Vi Ewer", role=Role.VIEWER, area_id=area.id)
    assert row_of(await browser.get("/platform/people"), address) is not None
    async with await signed_in(app, manager) as theirs:
        await theirs.get("/platform/people", status=403)


async def test_an_administrator_confirms_who_opened_one_with_another_address(browser: PageClient) -> None:
    area = await make_area("Fourthshire")
    address = f"fourth@{area.slug}.example"
    await invited(browser, area, address)
    by = system_actor("signing in", powers=["signin"])
    async with tenant_scope(by):
        (newest, *_) = await queries.invitations_waiting()
        await accepting.accept_invitation(
            by=by, token=invitation_token(newest.id), issuer="https://id.test", subject=str(newest.id), name="",
            email=f"other@{area.slug}.example",
        )  # fmt: skip
    page = await browser.get("/platform/people")
    row = row_of(page, address)
    assert row is not None
    assert f"opened by someone whose account has no name, other@{area.slug}.example." in row[0]
    page = await browser.follow(await browser.submit(page, "Confirm it is them", {}))
    row = row_of(page, address)
    assert row is not None
    assert "Confirmed: opened by" in row[0]
