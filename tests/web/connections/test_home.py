"""The page that an area understands: what waits, what does not work, what is linked, what changed."""

from __future__ import annotations

from litestar import Litestar

from infra.database import sql
from infra.ids import uuid7
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.support.busy_area import busy_area
from tests.support.cluster import Cluster
from tests.support.organisations import make_school
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area


async def test_an_area_with_nothing_linked_is_told_what_a_link_brings(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/connections")
    assert "Nothing is linked yet" in page.text
    assert "What waits for a decision" in page.text
    assert "What does not work" not in page.text


async def test_the_manager_sees_at_a_glance_what_to_decide_and_what_to_mend(app: Litestar, database: Cluster) -> None:
    area = await busy_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/connections")
        links = page.links()
        for words, leads_to in (
            ("1 proposal about a person", "Proposals that wait for a decision"),
            ("1 partner that another body follows", "Partners that another body follows"),
            ("Figures in figures.csv, to check and accept", "figures.csv"),
            ("Set new credentials of Wonde", "Access token"),
        ):
            assert leads_to in (await browser.get(links[words])).text
        names = [row[0].splitlines()[0] for row in page.table("What is linked")]
    assert "What does not work" in page.text
    assert "The agency does not accept our access token." in page.text
    assert "Stale since" in page.text
    assert "2 proposals made" in page.text
    assert len(names) == 3


async def test_what_the_register_said_of_a_school_of_the_area_stands_there_and_on_the_page_of_facts(
    app: Litestar, database: Cluster
) -> None:
    area = await make_area()
    school = await make_school(area, name="The Ashlea School")
    async with system_scope("test register", powers=["register"]):
        await sql.execute(
            "insert into organisation_history (organisation_id, field, before, after, effective_on, import_id) "
            "values ($1, 'name', 'Ashlea School', 'The Ashlea School', (now() at time zone 'Europe/London')::date, $2)",
            school,
            uuid7(),
        )
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/connections")
        assert "The Ashlea School, name from Ashlea School to The Ashlea School." in page.text
        listed = await browser.get(page.links()["Every fact that connections changed"])
    [row] = listed.table("Facts that were applied, newest first")
    assert row[1:] == ["The Ashlea School", "name", "Ashlea School", "The Ashlea School", "Register of schools"]
