"""A share of answers is shown to officials without a judgement: its tag is grey; what is late has one of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from litestar import Litestar

from infra.clock import today
from tenants.tenancy.roles import Role
from tests.support.cooperation import ask, asked_school, chosen_school, send
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area
from tests.web.page_client import Page

Tags = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def the_tests_make_more_areas_than_england_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concordat_graphql.national.queries.MOST_AREAS", 100_000)


def tags_of(page: Page) -> Tags:
    """The words of each tag about answers, with its colour."""
    found = []
    for tag in page.soup.main.select(".govuk-tag"):
        words = tag.get_text(strip=True)
        if "answered" in words or "late" in words:
            (colour,) = [name.rpartition("--")[2] for name in tag["class"] if name.startswith("govuk-tag--")]
            found.append((words, colour))
    return found


async def tags_in_both(app: Litestar, area: AreaMade) -> list[Tags]:
    async with await signed_in(app, await make_actor(Role.OFFICIAL)) as browser:
        table = await browser.get(f"/national?search={area.slug.replace('-', '+')}")
        return [tags_of(table), tags_of(await browser.get(f"/national/areas/{area.slug}"))]


async def test_neither_none_nor_all_of_the_answers_is_good_or_bad(app: Litestar) -> None:
    none, every = await make_area("Nonesuch"), await make_area("Everyshire")
    await asked_school(none, opens_on=today() - timedelta(days=20), due_on=today() + timedelta(days=20))
    await send(await asked_school(every, opens_on=today() - timedelta(days=20), due_on=today() + timedelta(days=20)))
    assert await tags_in_both(app, none) == [[("0% answered in the last year", "grey")]] * 2
    assert await tags_in_both(app, every) == [[("100% answered in the last year", "grey")]] * 2


async def test_what_is_late_has_a_tag_of_its_own(app: Litestar) -> None:
    area = await make_area("Lateshire")
    await chosen_school(area)
    await ask(area, opens_on=date(today().year - 1, 12, 1), due_on=today() - timedelta(days=1))
    assert await tags_in_both(app, area) == [[("0% answered in the last year", "grey"), ("1 late", "yellow")]] * 2
