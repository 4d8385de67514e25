"""A business manager writes a duty, publishes it, asks agencies, follows the cycle and replies."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from litestar import Litestar

from concordat_graphql.cooperation.keys import encode_in
from infra import export
from infra.clock import today
from infra.working_days import add_working_days
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.cooperation import asked_school, chosen_school, request_of, send
from tests.support.product import signed_in
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area
from tests.web.page_client import PageClient

WRITTEN = {
    "title": "Yearly return",
    "body": "Tell us how your school keeps children safe.",
    "categories": ["maintained_school_governing_body"],
    "text_1": "Do you follow the local arrangements?",
    "kind_1": "yes_no",
    "required_1": "yes",
}
DATES = {
    "opens_on-day": "1",
    "opens_on-month": "9",
    "opens_on-year": "2026",
    "due_on-day": "12",
    "due_on-month": "2",
    "due_on-year": "2027",
}


async def as_manager(app: Litestar, area: AreaMade) -> PageClient:
    return await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea Hall"))


async def test_from_a_blank_page_to_agencies_asked(app: Litestar) -> None:
    area = await make_area()
    await chosen_school(area)
    async with await as_manager(app, area) as browser:
        form = await browser.get(f"/area/{area.slug}/duties/new")
        duty = await browser.follow(await browser.submit(form, "Save", WRITTEN))
        assert "A draft: nobody can be asked yet" in duty.text
        duty = await browser.follow(await browser.submit(duty, "Publish", {}))
        check = await browser.submit(duty, "Ask them", DATES, status=200)
        assert check.h1.endswith("Ask 1 agency?")
        assert check.table("Who would be asked") == [["Maintained school governing body", "1", "1"]]
        assert "It opens on 1 September 2026 and is due on 12 February 2027." in check.text
        assert "Cycles" not in (await browser.look(check.links()["Cancel"])).text, "nobody is asked yet"
        duty = await browser.follow(await browser.submit(check, "Ask 1 agency", {}))
        assert "0 of 1 answered" in duty.text
        cycle = await browser.get(duty.links()["2026-27"])
        assert cycle.table("Progress by category")[0][:3] == ["Maintained school governing body", "1", "1"]
        duties = await browser.get(f"/area/{area.slug}/duties")
        assert duties.table("Cycles, the latest due first")[0][0] == "Yearly return, 2026-27"


async def test_agencies_that_joined_since_are_counted_before_they_are_asked(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    cycle = encode_in("DutyCycle", asked.area.id, asked.request.cycle_id)
    async with await as_manager(app, asked.area) as browser:
        page = await browser.get(f"/area/{asked.area.slug}/cycles/{cycle}")
        check = await browser.get(page.links()["Ask agencies that joined since"])
        assert check.h1.endswith("Nobody is left to ask")
        await chosen_school(asked.area, "Brook Primary School")
        check = await browser.get(page.links()["Ask agencies that joined since"])
        assert check.table("Who would be asked") == [["Maintained school governing body", "1", "1"]]
        assert "Nobody is told by email for 1 agency" in check.text
        page = await browser.follow(await browser.submit(check, "Ask 1 agency", {}))
        assert (page.banner, page.text.count("0 of 2 answered")) == ("1 more asked.", 1)
    async with await signed_in(app, await make_actor(Role.VIEWER, area=asked.area, name="Val Viewer")) as viewer:
        await viewer.get(f"/area/{asked.area.slug}/cycles/{cycle}/latecomers", status=404)


async def test_a_duty_of_once_is_not_offered_to_be_asked_again(app: Litestar) -> None:
    area = await make_area()
    await chosen_school(area)
    async with await as_manager(app, area) as browser:
        form = await browser.get(f"/area/{area.slug}/duties/new")
        duty = await browser.follow(await browser.submit(form, "Save", {**WRITTEN, "cycle": "once"}))
        duty = await browser.follow(await browser.submit(duty, "Publish", {}))
        earlier = await browser.submit(duty, "Ask them", DATES, status=200)
        duty = await browser.follow(await browser.submit(earlier, "Ask 1 agency", {}))
        assert "To ask again, write another duty." in duty.text
        assert "Ask them" not in duty.text
        refused = await browser.submit(earlier, "Ask 1 agency", {"due_on-day": "13"}, status=422)
        assert refused.errors == ["This duty is asked once, and agencies have been asked. To ask again, write another."]


async def test_everything_wrong_with_a_duty_is_said_and_what_was_typed_is_kept(app: Litestar) -> None:
    area = await make_area()
    async with await as_manager(app, area) as browser:
        form = await browser.get(f"/area/{area.slug}/duties/new")
        refused = await browser.submit(form, "Save", {"text_1": "Why?", "reminder_days": "soon"}, status=422)
        assert refused.errors == ["Enter reminder days as numbers, like -10, -2, 1"]
        refused = await browser.submit(refused, "Save", {"reminder_days": "-5"}, status=422)
        assert refused.errors == [
            "Enter a title.", "Enter what you ask, in plain English.", "Select at least one category.",
        ]  # fmt: skip
        assert refused.soup.find(id="text_1")["value"] == "Why?"


async def test_the_repealed_section_is_warned_of_and_edits_are_published_anew(app: Litestar) -> None:
    area = await make_area()
    async with await as_manager(app, area) as browser:
        form = await browser.get(f"/area/{area.slug}/duties/new")
        old = {**WRITTEN, "body": "Under section 14B of the Children Act 2004 you must answer."}
        duty = await browser.follow(await browser.submit(form, "Save", old))
        assert "was repealed" in duty.text
        duty = await browser.follow(await browser.submit(duty, "Publish", {}))
        form = await browser.get(duty.links()["Edit this duty"])
        duty = await browser.follow(await browser.submit(form, "Save", {"body": "Please answer."}))
        assert "with changes that are not published yet" in duty.text
        duty = await browser.follow(await browser.submit(duty, "Publish the changes", {}))
        assert "Published as version 2" in duty.text
        stale = await browser.submit(form, "Save", {"body": "An older window."}, status=422)
        assert "Nothing of yours was saved" in stale.errors[0]


async def test_a_return_is_read_and_replied_to(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    async with await as_manager(app, asked.area) as browser:
        duties = await browser.get(f"/area/{asked.area.slug}/duties")
        (cycle,) = [href for words, href in duties.links().items() if words.startswith("Yearly safeguarding return, ")]
        page = await browser.get(f"{cycle}?state=submitted")
        one = await browser.get(page.links()["Meadow Primary School"])
        assert "Maya Thornton" in one.text
        refused = await browser.submit(one, "Send reply", {}, status=422)
        assert refused.errors == ["Select accept, or ask for more", "Enter a comment for the agency"]
        said = {"outcome": "accepted", "comment": "Thank you."}
        one = await browser.follow(await browser.submit(refused, "Send reply", said))
        assert "Bea Hall accepted it" in one.text


async def test_several_returns_are_accepted_from_the_list(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    async with await as_manager(app, asked.area) as browser:
        duties = await browser.get(f"/area/{asked.area.slug}/duties")
        (cycle,) = [href for words, href in duties.links().items() if words.startswith("Yearly safeguarding return, ")]
        page = await browser.get(f"{cycle}?search=meadow")
        refused = await browser.submit(page, "Accept the ticked returns", {}, status=422)
        assert refused.soup.select_one("#search[value=meadow]"), "the list stays as it was narrowed"
        assert refused.errors == ["Select the returns to accept", "Enter a comment for the agencies"]
        ticks = [str(box["value"]) for box in page.soup.select("input[name=request]")]
        said = {"request": ticks, "comment": "Thank you."}
        done = await browser.follow(await browser.submit(page, "Accept the ticked returns", said))
        assert done.table("Agencies by name")[0][2] == "Accepted"


async def test_who_is_late_is_listed_with_a_proposal_that_a_person_takes(app: Litestar) -> None:
    area = await make_area()
    opens, due = today() - timedelta(days=60), add_working_days(today(), -12)
    asked = await asked_school(area, opens_on=opens, due_on=due)
    async with await as_manager(app, area) as browser:
        duties = await browser.get(f"/area/{area.slug}/duties")
        (cycle,) = [href for words, href in duties.links().items() if words.startswith("Yearly safeguarding return, ")]
        page = await browser.get(f"{cycle}?show=late")
        assert page.table("Late agencies by follow-up step") == [["No follow-up yet", "1"]]
        one = await browser.get(page.links()["Meadow Primary School"])
        assert "The calendar proposes: Call by the education safeguarding team." in one.text
        said = {"to_step": "2", "reason": "Two emails, no answer."}
        one = await browser.follow(await browser.submit(one, "Move", said))
        assert "Stands at: Call by the education safeguarding team" in one.text
        stopped = await browser.submit(one, "Stop asking this agency", {"cancel_reason": "It has merged."})
        assert "It has merged." in (await browser.follow(stopped)).text
    assert (await request_of(area, asked.school)).state == "cancelled"


async def test_the_list_is_downloaded_with_no_cell_that_is_a_formula(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area, name="=HYPERLINK School")
    asked = await asked_school(area)
    just_after_midnight = "update duty_request set submitted_at = '2026-06-30T23:30:00Z' where id = $1"
    await as_superuser(database, just_after_midnight, asked.request.id)
    async with await as_manager(app, area) as browser:
        duties = await browser.get(f"/area/{area.slug}/duties")
        (cycle,) = [href for words, href in duties.links().items() if words.startswith("Yearly safeguarding return, ")]
        links = (await browser.get(cycle)).links()
        answer = await browser.http.get(links["CSV of the returns"])
        book = await browser.http.get(links["Excel workbook of the returns"])
        late = (await browser.get(f"{cycle}?show=late")).links()["Excel workbook of the returns"]
        narrowed = await browser.http.get(late)
    lines = answer.text.splitlines()
    assert answer.headers["content-type"].startswith("text/csv")
    assert [line.split(",")[0] for line in lines[1:]] == ["'=HYPERLINK School", "Meadow Primary School"]
    assert asked.request.title in lines[1]
    assert book.headers["content-type"].endswith("spreadsheetml.sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    first = sheet["A2"]
    assert (first.value, first.data_type) == ("=HYPERLINK School", "s")
    assert sheet["E2"].value.date() == asked.request.due_on
    assert [sheet[cell].value for cell in ("H1", "H2")] == ["Sent", None]
    assert sheet["H3"].value.date() == date(2026, 7, 1), "the day in London"
    assert [cell.value for cell in sheet["J"]] == ["Reminders sent", 0, 0]
    assert late.endswith("?show=late")
    assert openpyxl.load_workbook(io.BytesIO(narrowed.content)).worksheets[0].max_row == 1


async def test_a_workbook_of_too_many_rows_is_a_page_that_names_the_csv_file(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 0)
    asked = await asked_school(await make_area())
    cycle = encode_in("DutyCycle", asked.area.id, asked.request.cycle_id)
    async with await as_manager(app, asked.area) as browser:
        page = await browser.get(f"/area/{asked.area.slug}/cycles/{cycle}/export.xlsx", status=413)
        assert "at most 0 rows here, and this one would have 1. Take the CSV file" in page.text
        assert (await browser.http.get(f"/area/{asked.area.slug}/cycles/{cycle}/export.csv")).status_code == 200


async def test_a_cycle_of_another_area_is_no_file(app: Litestar) -> None:
    asked, area = await asked_school(await make_area()), await make_area()
    cycle = encode_in("DutyCycle", asked.area.id, asked.request.cycle_id)
    async with await as_manager(app, area) as browser:
        for name in ("export.csv", "export.xlsx"):
            answer = await browser.http.get(f"/area/{area.slug}/cycles/{cycle}/{name}")
            assert answer.status_code in (403, 404), name


async def test_a_viewer_sees_progress_and_no_buttons(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await make_actor(Role.VIEWER, area=asked.area)) as browser:
        duties = await browser.get(f"/area/{asked.area.slug}/duties")
        for words, href in duties.links().items():
            page = await browser.get(href)
            assert [b.get_text(strip=True) for b in page.soup.main.find_all("button")] in ([], ["Apply"]), words
        await browser.get(f"/area/{asked.area.slug}/duties/new", status=403)


async def test_retiring_asks_first_says_what_stays_open_and_cannot_be_done_twice(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    here = f"/area/{asked.area.slug}/duties/{encode_in('Duty', asked.area.id, asked.request.duty_id)}"
    async with await as_manager(app, asked.area) as browser:
        question = await browser.get((await browser.get(here)).links()["Retire this duty"])
        assert "1 answer has still to come" in question.text
        assert "cannot be taken up again" in question.text
        refused = await browser.submit(question, "Retire this duty", {}, status=422)
        assert refused.errors == ["Enter why it is retired"]
        assert "A draft" not in (await browser.get(here)).text
        page = await browser.follow(await browser.submit(refused, "Retire this duty", {"reason": "A new one."}))
        assert page.banner == "The duty is retired."
        assert "Retire this duty" not in page.links()
        await browser.get(f"{here}/retire", status=404)
        late = await browser.submit(refused, "Retire this duty", {"reason": "Twice"}, status=422)
        assert "Someone else changed this duty" in late.errors[0]


async def test_only_a_manager_is_asked_whether_to_retire(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    here = f"/area/{asked.area.slug}/duties/{encode_in('Duty', asked.area.id, asked.request.duty_id)}/retire"
    async with await signed_in(app, await make_actor(Role.VIEWER, area=asked.area)) as browser:
        await browser.get(here, status=404)
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=await make_area())) as browser:
        await browser.get(here, status=404)


@pytest.mark.parametrize("row", ["abc", "2000000", "99999999999999999999", "²", "-1"])
async def test_a_question_row_that_no_form_has_is_not_read(app: Litestar, row: str) -> None:
    area = await make_area()
    async with await as_manager(app, area) as browser:
        path = f"/area/{area.slug}/duties/new"
        token = str((await browser.get(path)).form("Save").find("input", {"name": "_csrf"})["value"])  # type: ignore[index]
        page = await browser.post(path, {"_csrf": token, f"text_{row}": "Odd?"}, status=422)
        assert "Odd?" not in page.text
