"""People and invitations of an area, as a business manager and others see them."""

from __future__ import annotations

from datetime import timedelta

from litestar import Litestar

from infra.clock import now
from tenants.tenancy.people import queries, service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area


async def test_a_manager_sees_who_holds_which_role_and_invites_someone(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea Hall")) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
        assert page.table("Who holds a role today")[0][:2] == ["Bea Hall", "Business manager"]
        sent = await browser.submit(
            page, "Send invitation", {"name": "Lee Park", "email": "lee@example.org", "role": "viewer"}
        )
        page = await browser.follow(sent)
        assert "lee@example.org" in page.banner
        assert page.table("Invitations, newest first")[0][:4] == ["Lee Park", "lee@example.org", "Viewer", "Open"]


async def test_what_is_missing_is_said_beside_the_fields_and_nothing_is_sent(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
        page = await browser.submit(page, "Send invitation", {"email": "not an address"}, status=422)
        assert page.errors == ["Enter the person's name", "Select a role"]
        assert "No one has been invited yet" in page.text


async def test_an_invitation_can_be_withdrawn_once(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
        values = {"name": "Lee Park", "email": "lee@example.org", "role": "viewer"}
        page = await browser.follow(await browser.submit(page, "Send invitation", values))
        before = page
        page = await browser.follow(await browser.submit(page, "Withdraw", {}))
        assert page.table("Invitations, newest first")[0][3] == "Withdrawn"
        again = await browser.submit(before, "Withdraw", {}, status=303)
        assert "withdrawn" in (await browser.follow(again)).banner


async def test_an_invitation_that_expired_is_sent_again_with_what_it_said(app: Litestar) -> None:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(by):
        await service.invite(
            by=by, email="lee@example.org", name="Lee Park", role=Role.VIEWER, area_id=area.id, post="Lay member",
            sent_at=now() - timedelta(days=8),
        )  # fmt: skip
    async with await signed_in(app, by) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
        assert page.table("Invitations, newest first")[0][3] == "Expired"
        assert "the person gets a new link, which works until the day that the email names." in page.text
        page = await browser.follow(await browser.submit(page, "Send again", {}))
        assert "We have sent a new invitation to lee@example.org." in page.banner
        new, old = page.table("Invitations, newest first")
        assert (new[0], new[3], old[3]) == ("Lee Park", "Open", "Expired")
        assert ("Send again" in new[5], old[5]) == (True, ""), "the newer one is there to be opened"
    async with tenant_scope(by):
        assert [one.post for one in await queries.invitations_of_area(area_id=area.id)] == ["Lay member", "Lay member"]


async def test_one_that_is_open_is_sent_again_and_a_page_from_before_says_that_it_was(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
        values = {"name": "Lee Park", "email": "lee@example.org", "role": "viewer"}
        before = await browser.follow(await browser.submit(page, "Send invitation", values))
        page = await browser.follow(await browser.submit(before, "Send again", {}))
        assert page.banner.endswith("Links in earlier emails no longer work.")
        assert [row[3] for row in page.table("Invitations, newest first")] == ["Open", "Withdrawn"]


async def test_a_viewer_sees_people_but_no_invitations_and_no_form(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
        assert "Invite someone" not in page.text
        assert "Invitations" not in page.text


async def test_another_areas_page_is_not_found(app: Litestar) -> None:
    area, elsewhere = await make_area(), await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=elsewhere)) as browser:
        await browser.get(f"/area/{area.slug}/people", status=404)


async def test_someone_not_signed_in_is_sent_to_sign_in_and_back(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, None) as browser:
        page = await browser.get(f"/area/{area.slug}/people", status=303)
        assert page.location == f"/sign-in?next=/area/{area.slug}/people"


async def test_a_role_ends_on_a_day_with_a_reason(app: Litestar) -> None:
    area = await make_area()
    await make_actor(Role.VIEWER, area=area, name="Val Ending")
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
        asked = await browser.get(page.links()["End role of Val Ending as Viewer"])
        day = {"ends_on-day": "1", "ends_on-month": "11", "ends_on-year": "2026"}
        refused = await browser.submit(asked, "End this role", day, status=422)
        assert refused.errors == ["Enter why the role ends"]
        page = await browser.follow(await browser.submit(refused, "End this role", {"reason": "Left the council"}))
        assert "Val Ending" not in page.text
