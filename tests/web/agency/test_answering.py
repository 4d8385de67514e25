"""A safeguarding lead on a Friday afternoon: what is asked, answer, check, send, receipt, reply."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from litestar import Litestar

from infra.clock import today
from tenants.cooperation.service import replies
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.support.cooperation import Asked, asked_school, chosen_school, do, open_cycle, published_duty, request_of
from tests.support.cooperation import send as send_return
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area, manager
from tests.web.page_client import PageClient

TYPED = {
    "q_follows": "yes",
    "q_reviewed-day": "14", "q_reviewed-month": "9", "q_reviewed-year": "2026",
    "q_lead": "Maya Thornton", "q_lead_post": "Deputy head", "q_lead_email": "maya@meadow.example.org",
}  # fmt: skip


async def contact_of(asked: Asked) -> Actor:
    return await make_actor(
        Role.ESTABLISHMENT_CONTACT, area=asked.area, organisation_id=asked.school, name="Maya Thornton"
    )


async def open_form(browser: PageClient, *, link: str = "Answer") -> Any:
    page = await browser.get("/duties")
    duty = await browser.get(page.links()["Yearly safeguarding return for Meadow Primary School"])
    return await browser.get(duty.links()[link])


async def test_from_my_duties_to_the_receipt(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await contact_of(asked)) as browser:
        page = await browser.get("/duties")
        (row,) = page.table("What you still have to answer")
        assert row[1:3] == ["Meadow Primary School", asked.area.name]
        form = await open_form(browser)
        check = await browser.follow(await browser.submit(form, "Check your answers", TYPED))
        assert "14 September 2026" in check.text
        done = await browser.follow(await browser.submit(check, "Send", {}))
        assert "Your receipt number" in done.text
        assert (await browser.get("/duties")).text.count("Nothing to answer") == 1
        sent = await browser.get("/duties?show=all")
        assert sent.table("Everything asked of you")[0][4] == "Sent, awaiting reply"


async def test_an_unfinished_answer_is_kept_for_later(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await contact_of(asked)) as browser:
        form = await open_form(browser)
        half = {"q_follows": "no", "q_reviewed-day": "14", "q_note": "More to come"}
        page = await browser.follow(await browser.submit(form, "Save for later", half))
        assert "draft is saved" in page.banner
        form = await open_form(browser, link="Continue your answer")
        assert form.soup.find(id="q_reviewed-day")["value"] == "14"
        assert form.soup.find(id="q_note").get_text() == "More to come"


async def test_what_is_wrong_is_said_at_each_question_before_anything_is_sent(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await contact_of(asked)) as browser:
        form = await open_form(browser)
        wrong = {
            "q_reviewed-day": "31",
            "q_reviewed-month": "2",
            "q_reviewed-year": "2026",
            "q_policy": "our website",
            "q_note": "NHS number 943 476 5919",
        }
        page = await browser.submit(form, "Check your answers", wrong, status=422)
        assert page.errors == [
            "Select yes or no for “Does your governing body follow the local arrangements?”.",
            "Enter a real date, like 27 3 2026, for “When was your child protection policy last reviewed?”.",
            "Enter a web address in full, like https://www.example.org/policy, for “Where is the policy published?”.",
            "Enter the person's name for “Who is your designated safeguarding lead?”.",
            "Remove what looks like an NHS number from “Is there anything else we should know?”. "
            "Never put a child's details in a return.",
        ]
    assert (await request_of(asked.area, asked.school)).state == "not_started"


async def second_year(area: AreaMade) -> Asked:
    school = await chosen_school(area)
    duty_id = await published_duty(area)
    before = await open_cycle(
        area, duty_id, opens_on=today() - timedelta(days=400), due_on=today() - timedelta(days=300)
    )
    request = await request_of(area, school, cycle_id=before)
    who = await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=school, name="Maya Thornton")
    await send_return(Asked(area=area, school=school, contact=who, request=request))
    this = await open_cycle(area, duty_id)
    return Asked(area=area, school=school, contact=who, request=await request_of(area, school, cycle_id=this))


async def test_last_years_answers_are_filled_in_marked_and_confirmed(app: Litestar) -> None:
    asked = await second_year(await make_area())
    async with await signed_in(app, asked.contact) as browser:
        form = await open_form(browser)
        assert "3 answers filled in from your last return" in form.text
        check = await browser.follow(await browser.submit(form, "Check your answers", {}))
        assert check.text.count("From your last return") == 3
        refused = await browser.submit(check, "Send", {}, status=422)
        assert "carried over from last year" in refused.errors[0]
        done = await browser.submit(refused, "Send", {"confirm_prefilled": "yes"})
        assert done.location.endswith("/receipt")


async def test_a_colleague_who_saved_first_is_not_overwritten(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await contact_of(asked)) as browser:
        form = await open_form(browser)
        await browser.submit(form, "Save for later", {"q_note": "Mine"})
        page = await browser.submit(form, "Save for later", {"q_note": "An older window"}, status=422)
        assert "Nothing of yours was saved" in page.errors[0]


async def test_a_return_is_taken_back_corrected_and_sent_again(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    await send_return(asked)
    async with await signed_in(app, await contact_of(asked)) as browser:
        page = await browser.get("/duties?show=all")
        duty = await browser.get(page.links()["Yearly safeguarding return for Meadow Primary School"])
        back = await browser.get(duty.links()["Take it back to correct it"])
        form = await browser.follow(await browser.submit(back, "Take it back", {}))
        assert form.soup.find(id="q_lead")["value"] == "Maya Thornton"


async def test_an_accepted_return_keeps_its_receipt_and_is_not_asked_to_be_taken_back(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    sent = await send_return(asked)
    said = {"area_id": asked.area.id, "request_id": sent.id, "version": sent.version}
    await do(manager(asked.area), replies.reply, **said, outcome="accepted", comment="Thank you.")
    async with await signed_in(app, await contact_of(asked)) as browser:
        page = await browser.get("/duties?show=all")
        here = page.links()["Yearly safeguarding return for Meadow Primary School"]
        duty = await browser.get(here)
        assert "Your receipt number" in (await browser.get(duty.links()["See your receipt"])).text
        for step in ("take-back", "decline"):
            assert (await browser.get(f"{here}/{step}", status=303)).location == here


async def test_the_reply_is_the_first_thing_the_school_sees(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    sent = await send_return(asked)
    await do(
        manager(asked.area),
        replies.reply,
        area_id=asked.area.id,
        request_id=sent.id,
        version=sent.version,
        outcome="more_needed",
        comment="Who leads at weekends?",
    )
    async with await signed_in(app, await contact_of(asked)) as browser:
        page = await browser.get("/duties")
        duty = await browser.get(page.links()["Yearly safeguarding return for Meadow Primary School"])
        assert "Who leads at weekends?" in duty.text
        assert "Answer again" in duty.links()


async def test_what_a_school_sends_or_asks_waits_for_a_reply_on_the_areas_front_page(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    home = f"/area/{asked.area.slug}"
    board_member = await make_actor(Role.BUSINESS_MANAGER, area=asked.area)
    async with await signed_in(app, board_member) as board:
        assert "What waits for a reply" not in (await board.get(home)).text
        async with await signed_in(app, await contact_of(asked)) as browser:
            duties = await browser.get("/duties")
            duty = await browser.get(duties.links()["Yearly safeguarding return for Meadow Primary School"])
            await browser.submit(duty, "Send question", {"body": "Does this cover our nursery?"})
        await send_return(asked)
        links = (await board.get(home)).links()
        cycle = await board.get(next(address for text, address in links.items() if text.endswith(": 1 return")))
        assert [row[0] for row in cycle.table("Agencies by name")] == ["Meadow Primary School (question)"]
        question = next(text for text in links if text.startswith("Meadow Primary School asked about"))
        assert "Does this cover our nursery?" in (await board.get(links[question])).text


async def test_declining_needs_a_reason_and_a_question_needs_words(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await contact_of(asked)) as browser:
        page = await browser.get("/duties")
        duty = await browser.get(page.links()["Yearly safeguarding return for Meadow Primary School"])
        assert (await browser.submit(duty, "Send question", {}, status=422)).errors == ["Enter your question"]
        asked_page = await browser.submit(duty, "Send question", {"body": "Does this cover our nursery?"})
        assert "Does this cover our nursery?" in (await browser.follow(asked_page)).text
        reason = await browser.get(duty.links()["Say why you cannot answer"])
        refused = await browser.submit(reason, "Send this reason", {}, status=422)
        assert refused.errors == ["Enter why you cannot answer"]
        done = await browser.submit(refused, "Send this reason", {"reason": "We close in July."})
        assert "We close in July." in (await browser.follow(done)).text


async def test_another_schools_duty_is_not_found(app: Litestar) -> None:
    area = await make_area()
    asked = await asked_school(area)
    neighbour = await chosen_school(area, name="Neighbour School")
    stranger = await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=neighbour)
    async with await signed_in(app, await contact_of(asked)) as browser:
        address = (await browser.get("/duties")).links()["Yearly safeguarding return for Meadow Primary School"]
    runs_the_area = await make_actor(Role.BUSINESS_MANAGER, area=area)
    for who, status in ((stranger, 404), (runs_the_area, 403)):
        async with await signed_in(app, who) as browser:
            for step in ("", "/answer", "/check", "/receipt", "/decline", "/take-back"):
                await browser.get(f"{address}{step}", status=status)
