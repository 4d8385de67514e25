"""The pages for anyone: find an area, see who its safeguarding partners are."""

from __future__ import annotations

import pytest

from tests.support.membership import complete, make_bodies, make_partnership
from tests.support.world import make_area
from tests.web.page_client import PageClient


@pytest.fixture(autouse=True)
def the_tests_make_more_areas_than_england_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concordat_graphql.public.queries.MOST_AREAS", 100_000)


async def test_someone_finds_their_area_by_their_council_and_reads_who_leads_it(anonymous: PageClient) -> None:
    made = await make_partnership(await make_area("Readshire"))
    await complete(made)
    page = await anonymous.get("/areas?search=no+such+place")
    assert "No area matches" in page.text
    page = await anonymous.submit(page, "Search", {"search": f"{made.area.name} Council"}, status=200)
    page = await anonymous.get(page.links()[made.area.name])
    assert page.h1 == made.area.name
    assert "Lena Council, Chief executive" in page.text
    assert "Sam Scrutineer" in page.text
    assert page.text.count("Chairs the partnership") == 1


async def test_reading_what_is_public_leaves_no_cookie(anonymous: PageClient) -> None:
    """A form token, and the cookie it needs, are made for pages that have a form to send."""
    area = await make_area()
    for path in ("/areas", f"/areas/{area.slug}", "/help", "/privacy"):
        assert "set-cookie" not in (await anonymous.get(path)).response.headers, path


async def test_vacancies_are_said_as_such(anonymous: PageClient) -> None:
    made = await make_bodies()
    page = await anonymous.get(f"/areas/{made.area.slug}")
    assert page.text.count("Nobody is named today") == 7


async def test_an_area_without_partners_says_so(anonymous: PageClient) -> None:
    area = await make_area()
    assert "No partners are listed yet" in (await anonymous.get(f"/areas/{area.slug}")).text


async def test_an_area_being_set_up_or_unknown_is_not_found(anonymous: PageClient) -> None:
    area = await make_area(lifecycle="setting_up")
    await anonymous.get(f"/areas/{area.slug}", status=404)
    await anonymous.get("/areas/nowhere", status=404)
