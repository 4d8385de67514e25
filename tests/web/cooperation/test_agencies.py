"""A business manager chooses agencies, tells them, and keeps their record."""

from __future__ import annotations

import csv
import io

from litestar import Litestar

from tenants.cooperation.service import choosing
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import MAINTAINED, ask, asked_school, chosen_school, send
from tests.support.organisations import make_school
from tests.support.product import signed_in
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area, manager
from tests.web.page_client import PageClient

TOLD = {
    "told_on-day": "2",
    "told_on-month": "11",
    "told_on-year": "2026",
    "channel": "email",
    "arrangements_version": "Version 4",
}


async def as_manager(app: Litestar, area: AreaMade) -> PageClient:
    return await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea Hall"))


async def test_an_empty_list_says_what_to_do(app: Litestar) -> None:
    area = await make_area()
    async with await as_manager(app, area) as browser:
        page = await browser.get(f"/area/{area.slug}/agencies")
        assert "No relevant agencies yet" in page.text


async def test_a_school_is_found_in_the_register_and_chosen_with_a_reason(app: Litestar) -> None:
    area = await make_area()
    await make_school(area, name="Quarrydene Primary School")
    async with await as_manager(app, area) as browser:
        page = await browser.get(f"/area/{area.slug}/agencies/choose")
        hits = await browser.submit(page, "Search", {"search": "quarrydene"}, status=200)
        refused = await browser.submit(hits, "Put on the list", {}, status=422)
        assert refused.errors == ["Select an organisation", "Enter why it was chosen"]
        school = str(refused.soup.find("input", {"name": "organisation"})["value"])
        said = {"organisation": school, "reason": "It educates children who live here."}
        page = await browser.follow(await browser.submit(refused, "Put on the list", said))
        assert page.table("Agencies by name")[0][:3] == [
            "Quarrydene Primary School", "Maintained school governing body", "Chosen, not told yet",
        ]  # fmt: skip


async def test_every_school_of_a_kind_is_chosen_at_once(app: Litestar) -> None:
    area = await make_area()
    for name in ("Ash School", "Birch School"):
        await make_school(area, name=name)
    async with await as_manager(app, area) as browser:
        page = await browser.get(f"/area/{area.slug}/agencies/choose")
        refused = await browser.submit(page, "Choose them all", {}, status=422)
        assert refused.errors == ["Select one or more statutory categories", "Enter why they were chosen"]
        said = {"categories": ["maintained_school_governing_body"], "schools_reason": "All schools are asked."}
        page = await browser.follow(await browser.submit(page, "Choose them all", said))
        assert "2 added to the list" in page.banner


async def test_many_are_told_at_once(app: Litestar) -> None:
    area = await make_area()
    for name in ("Ash School", "Birch School"):
        await chosen_school(area, name=name)
    async with await as_manager(app, area) as browser:
        page = await browser.get(f"/area/{area.slug}/agencies")
        refused = await browser.submit(page, "Record", {}, status=422)
        assert refused.errors == [
            "Select the agencies that were told", "Enter the date on which they were told", "Select how they were told",
            "Enter which version of the arrangements",
        ]  # fmt: skip
        ticks = [str(box["value"]) for box in page.soup.select("input[name=agency]")]
        page = await browser.follow(await browser.submit(page, "Record", {**TOLD, "agency": ticks}))
        assert "2 told" in page.banner
        assert [row[2] for row in page.table("Agencies by name")] == ["Told", "Told"]


async def test_a_problem_and_what_was_done_leave_the_list_where_it_was(app: Litestar) -> None:
    area = await make_area()
    for name in ("Ash School", "Birch College"):
        await chosen_school(area, name=name)
    async with await as_manager(app, area) as browser:
        page = await browser.get(f"/area/{area.slug}/agencies?search=college")
        [tick] = [str(box["value"]) for box in page.soup.select("input[name=agency]")]
        refused = await browser.submit(page, "Record", {"agency": [tick]}, status=422)
        assert [row[0] for row in refused.table("Agencies by name")] == ["Birch College"]
        assert refused.soup.select_one("input[name=agency][checked]"), "and the tick is kept"
        assert refused.soup.select_one("#search[value=college]"), "and so is what was looked for"
        page = await browser.follow(await browser.submit(refused, "Record", {**TOLD, "agency": [tick]}))
        assert (page.banner, len(page.table("Agencies by name"))) == ("Recorded: 1 told.", 1)


async def test_the_list_is_searched_and_filtered(app: Litestar) -> None:
    area = await make_area()
    for name in ("Ash School", "Birch College"):
        await chosen_school(area, name=name)
    async with await as_manager(app, area) as browser:
        page = await browser.get(f"/area/{area.slug}/agencies?search=college")
        assert [row[0] for row in page.table("Agencies by name")] == ["Birch College"]
        page = await browser.get(f"/area/{area.slug}/agencies?state=acknowledged")
        assert "No agencies match" in page.text


async def test_the_list_shows_the_last_answer_of_each(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    await chosen_school(asked.area, name="Newcomer School")
    async with await as_manager(app, asked.area) as browser:
        address = f"/area/{asked.area.slug}/agencies"
        before = (await browser.get(address)).table("Agencies by name")
        assert before[0][5].startswith("Not started: Yearly safeguarding return, due ")
        assert before[1][5] == "Never asked"
        await send(asked)
        after = (await browser.get(address)).table("Agencies by name")
        assert after[0][5].startswith("Sent, awaiting reply: Yearly safeguarding return, sent ")


async def test_every_agency_is_downloaded_with_its_last_answer(app: Litestar, database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await chosen_school(asked.area, name="=HYPERLINK School")
    await send(asked)
    just_after_midnight = "update duty_request set submitted_at = '2026-06-30T23:30:00Z' where id = $1"
    await as_superuser(database, just_after_midnight, asked.request.id)
    async with await as_manager(app, asked.area) as browser:
        page = await browser.get(f"/area/{asked.area.slug}/agencies")
        answer = await browser.http.get(page.links()["Download every agency (CSV)"])
    assert answer.headers["content-type"].startswith("text/csv")
    header, formula, meadow = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[0] == "Agency"
    kind = "Maintained school governing body"
    assert formula == ["'=HYPERLINK School", kind, "Chosen, not told yet", *[""] * 6]
    due = asked.request.due_on.isoformat()
    assert meadow[5:] == ["Yearly safeguarding return", due, "Sent, awaiting reply", "2026-07-01"]


async def test_the_file_goes_on_after_its_first_two_hundred(app: Litestar) -> None:
    area = await make_area()
    schools = [await make_school(area, name=f"School {n:03}") for n in range(1, 202)]
    async with tenant_scope(manager(area)):
        await choosing.choose_establishments(
            by=manager(area), area_id=area.id, categories=[MAINTAINED], reason="Every school is asked."
        )
    async with await as_manager(app, area) as browser:
        answer = await browser.http.get(f"/area/{area.slug}/agencies.csv")
    names = [line.split(",")[0] for line in answer.text.splitlines()[1:]]
    assert names == [f"School {n:03}" for n in range(1, len(schools) + 1)]


async def test_one_agency_with_notes_changes_and_an_end(app: Litestar) -> None:
    area = await make_area()
    await chosen_school(area)
    await ask(area)
    async with await as_manager(app, area) as browser:
        page = await browser.get(f"/area/{area.slug}/agencies")
        agency = await browser.get(page.links()["Meadow Primary School"])
        assert agency.table("Requests")[0][0] == "Yearly safeguarding return"
        refused = await browser.submit(agency, "Keep note", {"body": "About 943 476 5919"}, status=422)
        assert "NHS number" in refused.errors[0]
        agency = await browser.follow(await browser.submit(refused, "Keep note", {"body": "New head in January."}))
        assert "New head in January." in agency.text
        agency = await browser.follow(await browser.submit(agency, "Save changes", {"contact_email": "head@m.example"}))
        assert agency.soup.find(id="contact_email")["value"] == "head@m.example"
        refused = await browser.submit(agency, "End its inclusion", {}, status=422)
        assert refused.errors == ["Enter why it ends"]
        ended = await browser.submit(refused, "End its inclusion", {"end_reason": "The school has closed."})
        assert "The school has closed." in (await browser.follow(ended)).text


async def test_a_viewer_reads_and_a_school_and_another_area_do_not(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    address = f"/area/{asked.area.slug}/agencies"
    async with await signed_in(app, await make_actor(Role.VIEWER, area=asked.area)) as browser:
        page = await browser.get(address)
        assert "Choose agencies" not in page.text
        assert not page.soup.select("input[name=agency]")
        agency = await browser.get(page.links()["Meadow Primary School"])
        assert not agency.soup.main.find_all("button")
    school = await make_actor(Role.ESTABLISHMENT_CONTACT, area=asked.area, organisation_id=asked.school)
    other = await make_actor(Role.BUSINESS_MANAGER, area=await make_area())
    for who in (school, other):
        async with await signed_in(app, who) as browser:
            response = await browser.http.get(address)
            assert response.status_code in (403, 404)
