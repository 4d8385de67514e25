"""The membership pages: who is who, what is vacant, every change with its reason; only the manager sees the links."""

from __future__ import annotations

import pytest
from litestar import Litestar

from tenants.membership.rules import Kind
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, complete, make_partnership
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.web.page_client import Page, PageClient

REASON = {"reason": "Decided by the leads."}


def day(name: str, year: int = 2026, month: int = 4, of: int = 1) -> dict[str, str]:
    return {f"{name}-day": str(of), f"{name}-month": str(month), f"{name}-year": str(year)}


async def browse(app: Litestar, made: Partnership, role: Role = Role.BUSINESS_MANAGER) -> PageClient:
    return await signed_in(app, await make_actor(role, area=made.area, name="Bea Hall"))


async def membership(browser: PageClient, made: Partnership, day: str = "") -> Page:
    return await browser.get(f"/area/{made.area.slug}/membership{day}")


async def click(browser: PageClient, page: Page, words: str) -> Page:
    """Follow the first link that begins with these words."""
    return await browser.get(next(href for text, href in page.links().items() if text.startswith(words)))


async def test_an_area_without_anyone_says_what_is_missing_and_where_to_begin(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/membership")
        assert "No integrated care board is listed as a safeguarding partner." in page.text
        history = await click(browser, page, "History of the membership")
        assert "Nobody has been appointed yet" in history.text
        assert not history.soup.select("table"), "a table without a row says nothing"
        form = await click(browser, page, "Add a partner body")
        typed = {"kind": "police", "name": "Northshire Police", **day("valid_from", 2019)}
        page = await browser.follow(await browser.submit(form, "Add partner", typed))
        assert page.banner == "Northshire Police is listed as a partner."
        assert page.table("Partner bodies and their offices")[0][1].startswith("Vacant Since 1 April 2019")


async def test_a_vacant_office_is_filled_replaced_corrected_and_ended(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), "Replace Lena Council")
        typed = {"person_name": "Nia New", "post": "Chief executive", **day("valid_from"), **REASON}
        page = await browser.follow(await browser.submit(form, "Save", typed))
        assert "Nia New Chief executive Since 1 April 2026" in page.table("Partner bodies and their offices")[0][1]
        form = await click(browser, page, "correct Nia New")
        typed = {"person_name": "Nia Newe", **REASON}
        page = await browser.follow(await browser.submit(form, "Save", typed))
        assert page.banner == "The record is corrected."
        form = await click(browser, page, "end Nia Newe")
        typed = {**day("last_day", 2026, 4, 30), **REASON}
        page = await browser.follow(await browser.submit(form, "Record the end", typed))
        assert "Vacant Since 1 May 2026" in page.table("Partner bodies and their offices")[0][1]
        then = await membership(browser, made, "?as_at-day=31&as_at-month=3&as_at-year=2026")
        assert "Lena Council" in then.table("Partner bodies and their offices")[0][1]
        assert not [text for text in then.links() if text.startswith("Replace")]


async def test_the_chair_is_chosen_among_the_delegates_and_the_scrutineer_declares(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), "Choose the chair")
        refused = await browser.submit(form, "Save", {}, status=422)
        assert refused.errors == ["Select who chairs", "Enter the first day", "Enter how they were chosen"]
        typed = {"appointment_id": form.soup.select_one("input[type=radio]")["value"], **day("valid_from"), **REASON}
        page = await browser.follow(await browser.submit(form, "Save", typed))
        assert f"Dev Council , {made.area.name} Council, since 1 April 2026" in page.text
        form = await click(browser, page, "Appoint a scrutineer")
        typed = {"person_name": "Sam Free", **day("valid_from"), **day("valid_to", 2029)}
        refused = await browser.submit(form, "Save", typed, status=422)
        assert refused.errors == ["Select whether they have declared a tie"]
        page = await browser.follow(await browser.submit(refused, "Save", {"tie": "none"}))
        assert "No tie to a partner declared" in page.text


async def test_groups_and_seats(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), "Set up a group")
        typed = {"name": "Exploitation group", "purpose": "Harm outside the home", **day("valid_from")}
        page = await browser.follow(await browser.submit(form, "Set up the group", typed))
        form = await click(browser, page, "Add a seat to")
        page = await browser.follow(await browser.submit(form, "Add seat", {"title": "Housing", **day("valid_from")}))
        assert page.table("Seats and who holds them")[0][1] == "Exploitation group"
        form = await click(browser, page, "Appoint someone to the seat")
        typed = {"person_name": "Hana Homes", "organisation": "Testshire Homes", **day("valid_from")}
        page = await browser.follow(await browser.submit(form, "Save", typed))
        assert "Hana Homes Testshire Homes" in page.table("Seats and who holds them")[0][2]
        form = await click(browser, page, "end the group")
        typed = {**day("last_day", 2026, 4, 2), **REASON}
        page = await browser.follow(await browser.submit(form, "Record the end", typed))
        assert "No seats" in page.text


async def test_a_seat_in_no_group_asks_for_a_level_and_does_not_say_that_it_may_be_left(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), "Add a seat for education")
        assert "belongs to a group" in form.text
        assert "leave" not in form.text
        typed = {"title": "Lay member", **day("valid_from")}
        assert (await browser.submit(form, "Add seat", typed, status=422)).errors == ["Select the level of education"]


async def test_a_successor_is_named_and_the_history_shows_the_line(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), f"Name a successor of {made.area.name} ICB")
        typed = {"name": "Greater North ICB", **day("on"), **REASON}
        page = await browser.follow(await browser.submit(form, "Record the successor", typed))
        assert "Greater North ICB takes over" in page.banner
        history = await click(browser, page, "History of the membership")
        ended = next(row for row in history.table("Partner bodies") if row[0] == f"{made.area.name} ICB")
        assert ended[3:] == ["31 March 2026", "Greater North ICB", "Decided by the leads."]
        assert len(history.table("Appointments, newest first")) == 6


async def test_a_misspelt_partner_is_corrected(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), f"Correct {made.area.name} Police")
        page = await browser.submit(form, "Save", {"name": "Northshire Constabulary"}, status=422)
        assert page.errors == ["Enter the reason"]
        page = await browser.follow(await browser.submit(page, "Save", REASON))
        assert page.table("Partner bodies and their offices")[2][0].startswith("Northshire Constabulary")


async def test_what_does_not_fit_is_shown_again_with_what_was_typed(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), "Replace Lena Council")
        typed = {"person_name": "", "post": "Chief", "email": "nia at example", **day("valid_from"), **REASON}
        page = await browser.submit(form, "Save", typed, status=422)
        assert page.errors == ["Enter the person's name"]
        page = await browser.submit(page, "Save", {"person_name": "Nia New"}, status=422)
        assert page.errors == ["Enter an email address in the correct format, like name@example.com."]
        assert page.soup.find(id="email")["value"] == "nia at example"


async def test_two_people_changing_the_same_thing_get_a_message_not_a_lost_update(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        stale = await click(browser, await membership(browser, made), "end Lena Police")
        form = await click(browser, await membership(browser, made), "correct Lena Police")
        await browser.submit(form, "Save", {"post": "Chief constable", **REASON})
        page = await browser.submit(stale, "Record the end", {**day("last_day"), **REASON}, status=422)
        assert page.errors[0].startswith("Someone else changed this appointment")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INDEPENDENT_SCRUTINEER, Role.LEAD_SAFEGUARDING_PARTNER])
async def test_others_read_and_are_refused_when_they_write(app: Litestar, role: Role) -> None:
    made = await make_partnership()
    await complete(made)
    async with await browse(app, made) as manager, await browse(app, made, role) as browser:
        page = await membership(browser, made)
        assert "Complete" in page.text
        assert not [text for text in page.links() if text.startswith(("Replace", "Add", "End"))]
        form = await click(manager, await membership(manager, made), "end Lena Police")
        opened = await browser.get(str(form.response.url).replace("http://127.0.0.1:8000", ""))
        refused = await browser.submit(opened, "Record the end", {**day("last_day"), **REASON}, status=422)
        assert refused.errors == ["Only a business manager of this area can change its membership."]


@pytest.mark.parametrize("path", ["", "/history", "/partners/add", "/people?mode=new&office=lead", "/chair",
                                  "/end?what=seat", "/groups/add", "/seats/add", "/account?appointment=x",
                                  "/partners/link?partner=x", "/correct/groups?id=x"])  # fmt: skip
async def test_another_area_finds_no_page(app: Litestar, database: Cluster, path: str) -> None:
    made = await make_partnership()
    stranger = await make_actor(Role.BUSINESS_MANAGER, area=await make_area("Elsewhere"))
    async with await signed_in(app, stranger) as browser:
        await browser.get(f"/area/{made.area.slug}/membership{path}", status=404)


@pytest.mark.parametrize(
    "path",
    [
        "/people?mode=sideways&office=lead",
        "/people?mode=new&office=mayor",
        "/people?mode=correct&office=lead&appointment=x",
        "/end?what=everything",
        "/correct/everything?id=x",
        "/correct/seats?id=x",
        "/partners/link?partner=x",
        "/account?appointment=x",
    ],
)
async def test_an_address_that_makes_no_sense_is_not_found(app: Litestar, path: str) -> None:
    made = await make_partnership()
    assert made.leads[Kind.POLICE]
    async with await browse(app, made) as browser:
        await browser.get(f"/area/{made.area.slug}/membership{path}", status=404)


async def test_a_successor_to_come_is_shown_with_its_day_and_taken_back(app: Litestar) -> None:
    made = await make_partnership()
    async with await browse(app, made) as browser:
        form = await click(browser, await membership(browser, made), f"Name a successor of {made.area.name} Police")
        typed = {"name": "Greater Police", **day("on", 2090), **REASON}
        page = await browser.follow(await browser.submit(form, "Record the successor", typed))
        assert page.banner == "Greater Police takes over from 1 April 2090. The history is kept."
        coming = [row[:2] for row in page.table("What is coming")]
        assert coming == [
            ["31 March 2090", f"Last day of {made.area.name} Police as a partner; Greater Police follows"],
            ["1 April 2090", "Greater Police becomes a partner"],
        ]
        form = await click(browser, page, "Take back : Greater Police")
        assert (await browser.submit(form, "Take it back", {}, status=422)).errors == ["Enter the reason"]
        page = await browser.follow(await browser.submit(form, "Take it back", REASON))
        assert "What is coming" not in page.text
        assert "until" not in page.table("Partner bodies and their offices")[2][0]
    async with await browse(app, made, Role.VIEWER) as viewer:
        assert "take-back" not in str((await membership(viewer, made)).soup)
