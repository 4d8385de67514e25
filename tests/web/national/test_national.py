"""The officials' pages: all areas, one area with reasons, and what is decided on a flag."""

from __future__ import annotations

from datetime import timedelta

import pytest
from litestar import Litestar

from infra.clock import today
from tenants.intervention.rules.states import State
from tenants.tenancy.roles import Role
from tests.graphql.intervention.sending import opaque
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.tenants.intervention import people
from tests.web.page_client import PageClient


@pytest.fixture(autouse=True)
def the_tests_make_more_areas_than_england_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concordat_graphql.national.queries.MOST_AREAS", 100_000)


async def as_official(app: Litestar, role: Role = Role.OFFICIAL) -> PageClient:
    return await signed_in(app, await make_actor(role, name="Oliver Official"))


def in_days(days: int, name: str) -> dict[str, str]:
    day = today() + timedelta(days=days)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


async def test_all_areas_are_searched_filtered_and_sorted(app: Litestar) -> None:
    quiet, flagged = await make_area("Quietshire"), await make_area("Flagshire")
    await people.raised(quiet)
    await people.referred(flagged)
    async with await as_official(app) as browser:
        found = await browser.get(f"/national?search={quiet.slug.replace('-', '+')}")
        (line,) = found.table("Areas")
        assert line[0] == quiet.name
        assert line[4] == "None open"
        assert len(line) == 5
        form = await browser.get("/national?search=shire")
        page = await browser.submit(form, "Apply", {"attention": "flags"}, status=200)
        names = [row[0] for row in page.table("Areas")]
        assert flagged.name in names
        assert quiet.name not in names
        nothing = await browser.get("/national?search=nowhere+at+all")
        assert "No areas match" in nothing.text
        await browser.get("/national?sort=nonsense&attention=nonsense&search=nowhere")


async def test_the_table_is_a_file_too(app: Litestar) -> None:
    area = await make_area("Fileshire")
    async with await as_official(app) as browser:
        page = await browser.get(f"/national?search={area.name}")
        file = await browser.get(page.links()["Download this table (CSV)"])
        assert file.response.headers["content-type"] == "text/csv; charset=utf-8"
        header, line = file.response.content.decode("utf-8-sig").split("\r\n")[:2]
    assert header == "Area,Local authorities,Stage,Membership,Budget,Cooperation,Flags"
    assert line.startswith(f"{area.name},{area.name} Council,Live,")


async def test_an_areas_page_says_what_is_missing_and_how_we_know(app: Litestar) -> None:
    area = await make_area()
    await people.raised(area, title="A local matter")
    await people.referred(area)
    async with await as_official(app) as browser:
        page = await browser.get(f"/national/areas/{area.slug}")
        assert page.h1 == f"Area {area.name}"
        assert "How we know: " in page.text
        assert "That is not the same as nothing being wrong" in page.text
        assert people.DRAFT.title in page.links()
        assert "A local matter" not in page.text
        await browser.get("/national/areas/nowhere", status=404)


async def test_a_flag_is_acknowledged_asked_about_and_decided(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.referred(area)
    async with await as_official(app) as browser:
        listed = await browser.get("/national/flags")
        assert area.name in listed.links()
        page = await browser.get(f"/national/flags/{opaque(area, flag_id)}")
        assert people.DRAFT.tried not in page.text
        assert "Only in the area" not in page.text
        form = await browser.get(page.links()["Acknowledge"])
        refused = await browser.submit(form, "Acknowledge", {}, status=422)
        assert refused.errors == ["Enter what happens next"]
        page = await browser.follow(await browser.submit(form, "Acknowledge", {"reason": people.REASON}))
        form = await browser.get(page.links()["Ask for information"])
        refused = await browser.submit(form, "Ask for information", {"question": "Why?"}, status=422)
        assert refused.errors[0] == "Enter a reason"
        asked = {"question": "Who chairs until then?", "reason": people.REASON, **in_days(9, "reply_due_on")}
        page = await browser.follow(await browser.submit(refused, "Ask for information", asked))
        form = await browser.get(page.links()["Record a decision"])
        assert "No Act gives one power" in form.text
        said = {"decision": "support", "reasons": "An adviser is free from next month.", **in_days(60, "review_on")}
        page = await browser.follow(await browser.submit(form, "Record a decision", said))
        assert "Support." in page.text
        assert page.table("Moves, first to last")[-1][1] == "Oliver Official, department official"
    assert (await people.read(area, flag_id)).state is State.DECIDED


async def test_the_gravest_decision_needs_a_senior_official_and_names_a_power(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.acknowledged(area)
    here = f"/national/flags/{opaque(area, flag_id)}"
    grave = {
        "decision": "passed_to_power_holder",
        "reasons": "The force’s position has not moved in nine months.",
        **in_days(30, "review_on"),
    }
    async with await as_official(app) as browser:
        form = await browser.get(f"{here}/decide")
        refused = await browser.submit(form, "Record a decision", grave, status=422)
        assert refused.errors == ["Choose which power this concerns and so who holds it."]
        refused = await browser.submit(refused, "Record a decision", {"power": "police_direction"}, status=422)
        assert refused.errors == ["“Passed to the holder of a power” can be decided by a senior official only."]
    async with await as_official(app, Role.SENIOR_OFFICIAL) as browser:
        form = await browser.get(f"{here}/decide")
        sent = await browser.submit(form, "Record a decision", {**grave, "power": "police_direction"})
        page = await browser.follow(sent)
        assert "held by Home Secretary" in page.text
        assert "E7b" in page.text


async def test_of_two_officials_the_later_is_told_and_nothing_is_lost(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.decided(area)
    here = f"/national/flags/{opaque(area, flag_id)}"
    async with await as_official(app) as one, await as_official(app) as other:
        first, second = await one.get(f"{here}/close"), await other.get(f"{here}/close")
        await one.submit(first, "Close", {"reason": people.REASON})
        late = await other.submit(second, "Close", {"reason": "Settled between the partners."}, status=422)
        assert "Someone else changed this flag" in late.errors[0]


async def test_a_local_flag_is_not_found_by_an_official(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    async with await as_official(app) as browser:
        await browser.get(f"/national/flags/{opaque(area, flag_id)}", status=404)
        await browser.get(f"/national/flags/{opaque(area, flag_id)}/acknowledge", status=404)


@pytest.mark.parametrize("path", ["/national", "/national/areas.csv", "/national/flags", "/national/areas/somewhere"])
async def test_the_pages_are_for_officials_only(app: Litestar, path: str) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        await browser.get(path, status=403)
    async with await signed_in(app, None) as browser:
        await browser.get(path, status=303)
