"""An area's settings and audit trail as pages."""

from __future__ import annotations

from litestar import Litestar

from tenants.audit.service import PLATFORM
from tenants.tenancy.roles import Role
from tests.graphql.tenancy.test_refused_reads import refused
from tests.support.cluster import Cluster
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.tenants.audit.test_chain import as_superuser


async def test_a_manager_renames_the_partnership_and_adds_a_board(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/settings")
        assert "No boards yet" in page.text
        page = await browser.follow(await browser.submit(page, "Save name", {"area_name": "North Testshire"}))
        assert page.banner == "The name is changed."
        values = {"name": "Adults board", "kind": "safeguarding_adults", "url": "https://example.org"}
        page = await browser.follow(await browser.submit(page, "Add board", values))
        assert "Adults board , safeguarding adults board" in page.text


async def test_two_managers_at_once_get_a_conflict_not_a_lost_name(app: Litestar) -> None:
    area = await make_area()
    one = await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area))
    other = await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area))
    async with one, other:
        seen = await other.get(f"/area/{area.slug}/settings")
        await one.submit(await one.get(f"/area/{area.slug}/settings"), "Save name", {"area_name": "First"})
        late = await other.submit(seen, "Save name", {"area_name": "Second"}, status=422)
        assert "Someone else changed this area" in late.errors[0]
        assert "First" in (await other.get(f"/area/{area.slug}")).h1


async def test_the_trail_is_shown_filtered_and_exported(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area, name="=Bea Hall")) as browser:
        page = await browser.get(f"/area/{area.slug}/settings")
        await browser.submit(page, "Save name", {"area_name": "North Testshire"})
        page = await browser.get(f"/area/{area.slug}/audit?actor=bea&action=area")
        assert page.table("Entries, newest first")[0][2] == "Area renamed"
        assert "no link is broken" in page.text
        assert page.soup.select_one("#action option[selected]").get_text() == "area"  # type: ignore[union-attr]
        narrowed = await browser.get(f"/area/{area.slug}/audit?action=area.")
        assert narrowed.soup.select_one("#action option[selected]").get_text() == "The area"  # type: ignore[union-attr]
        assert narrowed.table("Entries, newest first")[0][2] == "Area renamed"
        assert "No entries" in (await browser.get(f"/area/{area.slug}/audit?actor=nobody")).text
        export = await browser.get(f"/area/{area.slug}/audit.csv")
        assert "'=Bea Hall" in export.response.text


async def test_a_viewer_has_no_trail(app: Litestar) -> None:
    area = await make_area()
    viewer = await make_actor(Role.VIEWER, area=area, name=f"Vera {area.slug}")
    async with await signed_in(app, viewer) as browser:
        await browser.get(f"/area/{area.slug}/audit", status=403)
        await browser.get(f"/area/{area.slug}/audit.csv", status=403)
        await browser.get(f"/area/{area.slug}/duties/new", status=403)
        assert "What has changed" not in (await browser.get(f"/area/{area.slug}")).text
    assert await refused(viewer, chain=area.id) == [("operation", "AuditTrail")]
    pages = [("page", f"/area/{{slug}}/{page}") for page in ("duties/new", "audit.csv")]
    assert await refused(viewer, chain=PLATFORM) == pages


async def test_a_broken_link_is_told_when_the_whole_trail_is_checked_again(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        settings = await browser.get(f"/area/{area.slug}/settings")
        await browser.submit(settings, "Save name", {"area_name": "North Testshire"})
        page = await browser.get(f"/area/{area.slug}/audit")
        assert "The whole trail was checked on" in page.text
        change = "update audit.event set reason = 'Another' where area_id = $1 and seq = 1"
        await as_superuser(database, change, area.id)
        again = await browser.get(page.links()["Check the whole trail again"])
        assert "Broken at entry 1" in again.text
        assert "Broken at entry 1" in (await browser.get(f"/area/{area.slug}/audit")).text
