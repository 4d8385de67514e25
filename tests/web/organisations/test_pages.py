"""The register as an area sees it."""

from __future__ import annotations

from litestar import Litestar

from concordat_graphql import ids
from infra.database import sql
from tenants.organisations.rules import Kind
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.organisations import make_body, make_school, make_trust
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area


async def test_schools_of_the_area_are_found_by_name_and_no_others(app: Litestar) -> None:
    here, there = await make_area(), await make_area()
    await make_school(here, name="Ashlea Primary School")
    await make_school(here, name="Beck Row School")
    await make_school(there, name="Ashlea Elsewhere School")
    async with await signed_in(app, await make_actor(Role.VIEWER, area=here)) as browser:
        page = await browser.get(f"/area/{here.slug}/organisations?search=ashlea")
        assert [row[0] for row in page.table("Organisations, by name")] == ["Ashlea Primary School"]
        page = await browser.get(f"/area/{here.slug}/organisations?search=%25")
        assert "Nothing matches" in page.text, "a percent sign is a percent sign"


async def test_pages_go_on_where_the_last_one_ended(app: Litestar) -> None:
    area = await make_area()
    for number in range(53):
        await make_school(area, name=f"School {number:02}")
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/organisations")
        assert len(page.table("Organisations, by name")) == 50
        page = await browser.get(page.links()["Next page"])
        assert [row[0] for row in page.table("Organisations, by name")] == ["School 50", "School 51", "School 52"]


async def test_a_manager_invites_a_schools_contact(app: Litestar) -> None:
    area = await make_area()
    school = await make_school(area, name="Ashlea Primary School")
    path = f"/area/{area.slug}/organisations/{ids.encode('Organisation', school)}"
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(path)
        assert "Nobody yet" in page.text
        refused = await browser.submit(page, "Send invitation", {"name": "Di Lead"}, status=422)
        assert refused.errors == ["Enter an email address"]
        sent = await browser.submit(page, "Send invitation", {"name": "Di Lead", "email": "di@school.example"})
        assert "di@school.example" in (await browser.follow(sent)).banner
        people = await browser.get(f"/area/{area.slug}/people")
        assert people.table("Invitations, newest first")[0][2] == "Establishment contact"


async def test_a_trusts_contact_is_a_trust_lead(app: Litestar) -> None:
    area = await make_area()
    trust = await make_trust(area)
    path = f"/area/{area.slug}/organisations/{ids.encode('Organisation', trust)}"
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        assert "They become trust lead" in (await browser.get(path)).text


async def test_a_viewer_sees_who_speaks_for_it_but_cannot_invite(app: Litestar) -> None:
    area = await make_area()
    school = await make_school(area, name="Ashlea Primary School")
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=school, name="Di Lead")
    path = f"/area/{area.slug}/organisations/{ids.encode('Organisation', school)}"
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(path)
        assert page.table("People who speak for it in this area")[0][0] == "Di Lead"
        assert "Invite someone" not in page.text
        await browser.get(f"/area/{area.slug}/organisations/nonsense", status=404)


async def test_a_boards_page_lists_what_lies_in_its_geography_and_each_leads_back(app: Litestar) -> None:
    area = await make_area()
    board = await make_body(Kind.INTEGRATED_CARE_BOARD, "NHS Ashen Vale Integrated Care Board")
    location = await make_body(Kind.OTHER_BODY, "NHS Ashen Vale ICB - 0A")
    async with tenant_scope(worker_actor("directory", powers=["register"])):
        await sql.execute(
            "insert into organisation_affiliation (member_id, board_id, source, reference, valid_from) "
            "values ($1, $2, 'test_pages', '1', '2022-07-01')",
            location,
            board,
        )
    path = f"/area/{area.slug}/organisations/{ids.encode('Organisation', board)}"
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(path)
        [[name, _, since]] = page.table("Bodies in this board’s geography")
        assert name.startswith("NHS Ashen Vale ICB - 0A")
        assert since == "1 July 2022"
        place = await browser.get(page.links()[name])
        assert "Lies in the geography of" in place.text
        assert path in place.links().values()
