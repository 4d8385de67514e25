"""A trust's lead confirms many schools, leaves out exceptions, and sees what became of each."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from litestar import Litestar

from concordat_graphql.cooperation.keys import encode_in
from infra.clock import today
from infra.database import sql
from tenants.cooperation.service import returns, telling
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cooperation import ANSWERS, ask, asked_school, choose, chosen_school, do, request_of, trust_lead
from tests.support.organisations import make_school, make_trust
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area, manager


async def trust_in(here: AreaMade, there: AreaMade) -> tuple[Actor, list[UUID]]:
    """A trust with two schools here and one there, all asked; the first has a draft."""
    trust = await make_trust(here, there)
    schools = [
        await chosen_school(here, name="Ash Academy", trust_id=trust),
        await chosen_school(here, name="Birch Academy", trust_id=trust),
        await chosen_school(there, name="Cedar Academy", trust_id=trust),
    ]
    await ask(here)
    await ask(there)
    request = await request_of(here, schools[0])
    await do(
        trust_lead(trust, *schools, areas=(here, there)),
        returns.save_draft,
        area_id=here.id,
        request_id=request.id,
        version=1,
        answers=ANSWERS,
    )
    return await make_actor(Role.TRUST_LEAD, organisation_id=trust, name="Theo Trustlead"), schools


async def test_all_schools_in_all_areas_are_in_one_table(app: Litestar) -> None:
    here, there = await make_area("Aldermere"), await make_area("Brackenshire")
    lead, _ = await trust_in(here, there)
    async with await signed_in(app, lead) as browser:
        page = await browser.get("/trust")
        rows = [(row[0], row[1], row[4]) for row in page.table("Your schools, by area")]
    assert rows == [
        ("Ash Academy", here.name, "Started"),
        ("Birch Academy", here.name, "Not started"),
        ("Cedar Academy", there.name, "Not started"),
    ]


async def test_many_are_confirmed_with_an_exception_and_each_outcome_is_told(app: Litestar) -> None:
    here, there = await make_area("Aldermere"), await make_area("Brackenshire")
    lead, schools = await trust_in(here, there)
    async with await signed_in(app, lead) as browser:
        page = await browser.get("/trust")
        ticks = [str(box["value"]) for box in page.soup.select("input[name=request]")]
        check = await browser.submit(page, "Confirm the ticked schools", {"request": ticks[:2]}, status=200)
        assert "You are about to confirm 2 returns" in check.text
        assert "Left out for now" in check.text
        done = await browser.submit(check, "Confirm and send", {}, status=200)
        ash, birch = done.table("Each school")
        assert ash[2].startswith("Sent Receipt")
        assert birch[2].startswith("Not sent Select yes or no for “Does")
        again = await browser.submit(check, "Confirm and send", {}, status=200)
        assert again.table("Each school")[0] == ash
    assert (await request_of(there, schools[2])).state == "not_started"


async def test_the_same_answers_are_given_once_for_the_schools_that_are_asked_them(app: Litestar) -> None:
    here, there = await make_area("Aldermere"), await make_area("Brackenshire")
    lead, schools = await trust_in(here, there)
    async with await signed_in(app, lead) as browser:
        check = await browser.submit(await browser.get("/trust"), "Confirm the ticked schools", {}, status=200)
        assert f"Give the same answers for 2 schools: Yearly safeguarding return, {here.name}" in check.text
        assert "For Ash Academy, Birch Academy." in check.text
        shared = {
            "g1_q_follows": "yes", "g1_q_lead": "Theo Trustlead", "g1_q_reviewed-day": "31",
            "g1_q_reviewed-month": "2", "g1_q_reviewed-year": "2026",
        }  # fmt: skip
        wrong = await browser.submit(check, "Confirm and send", shared, status=422)
        (said,) = wrong.errors
        assert said.startswith("Enter a real date, like 27 3 2026, for “When was your child protection policy")
        right = {"g1_q_reviewed-day": "1", "g1_q_reviewed-month": "9"}
        done = await browser.submit(wrong, "Confirm and send", right, status=200)
        ash, birch, cedar = done.table("Each school")
        assert [row[2].split()[0] for row in (ash, birch)] == ["Sent", "Sent"]
        assert cedar[2].startswith("Not sent Select yes or no for “Does"), "another area's duty, not answered"
        again = await browser.submit(wrong, "Confirm and send", right, status=200)
        assert again.table("Each school")[:2] == [ash, birch]
    sent = await request_of(here, schools[1])
    async with tenant_scope(manager(here), readonly=True):
        answers = json.loads(await sql.fetch_value("select answers from submission where request_id = $1", sent.id))
    assert answers["lead"]["value"] == "Theo Trustlead"
    assert (await request_of(there, schools[2])).state == "not_started"


async def test_a_group_made_up_reaches_no_other_trusts_school(app: Litestar) -> None:
    area = await make_area()
    lead, _ = await trust_in(area, await make_area())
    foreign = await asked_school(await make_area())
    key = encode_in("DutyRequest", foreign.area.id, foreign.request.id)
    async with await signed_in(app, lead) as browser:
        check = await browser.submit(await browser.get("/trust"), "Confirm the ticked schools", {}, status=200)
        csrf = str(check.soup.select_one("input[name=_csrf]")["value"])
        forged = {"_csrf": csrf, "request": key, "g1_request": key, "g1_q_follows": "yes"}
        await browser.post("/trust/confirm", forged, status=404)
        sent = await browser.post("/trust/confirm", {**forged, "g1_q_follows": ""})
        assert sent.location == "/trust"
    assert (await request_of(foreign.area, foreign.school)).state == "not_started"


async def test_nothing_ticked_is_a_problem(app: Litestar) -> None:
    lead, _ = await trust_in(await make_area("Aldermere"), await make_area("Brackenshire"))
    async with await signed_in(app, lead) as browser:
        page = await browser.get("/trust")
        refused = await browser.submit(page, "Confirm the ticked schools", {"request": []}, status=422)
        assert refused.errors == ["Select at least one school"]


async def test_a_problem_leaves_what_was_listed_as_it_was(app: Litestar) -> None:
    here = await make_area("Aldermere")
    lead, schools = await trust_in(here, await make_area("Brackenshire"))
    sent = await request_of(here, schools[0])
    async with await signed_in(app, lead) as browser:
        check = await browser.submit(await browser.get("/trust"), "Confirm the ticked schools", {}, status=200)
        await browser.submit(check, "Confirm and send", {}, status=200)
        assert (await request_of(here, schools[0])).state != sent.state
        every = await browser.get("/trust?show=all")
        assert len(every.table("Your schools, by area")) == 3
        refused = await browser.submit(every, "Confirm the ticked schools", {"request": []}, status=422)
        assert refused.table("Your schools, by area") == every.table("Your schools, by area")
        assert refused.links()["Show only what is still to answer"] == "/trust"


async def told(area: AreaMade) -> Actor:
    """A school that the area has told of its inclusion; its contact."""
    school = await make_school(area)
    agency_id = await choose(area, school)
    await do(
        manager(area),
        telling.tell,
        area_id=area.id,
        agency_ids=[agency_id],
        told_on=today(),
        channel="email",
        arrangements_version="Version 4",
    )
    return await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=school)


async def test_an_agency_acknowledges_its_inclusion(app: Litestar) -> None:
    async with await signed_in(app, await told(await make_area())) as browser:
        page = await browser.get("/duties")
        done = await browser.follow(await browser.submit(page, "Acknowledge for Meadow Primary School", {}))
        assert "Meadow Primary School has acknowledged" in done.banner


async def test_an_agency_declines_its_inclusion_with_a_reason(app: Litestar) -> None:
    async with await signed_in(app, await told(await make_area())) as browser:
        page = await browser.get("/duties")
        (address,) = [href for words, href in page.links().items() if words.startswith("Decline")]
        reason = await browser.get(address)
        assert (await browser.submit(reason, "Decline", {}, status=422)).errors == ["Enter why you decline"]
        done = await browser.follow(await browser.submit(reason, "Decline", {"reason": "No pupils here."}))
        assert "declined" in done.text


async def told_trust(area: AreaMade) -> tuple[Actor, list[UUID]]:
    """A trust with three schools, each told of its inclusion; its lead, and the agencies' ids."""
    trust = await make_trust(area)
    schools = [await make_school(area, name=f"{name} Academy", trust_id=trust) for name in ("Ash", "Birch", "Cedar")]
    agencies = [await choose(area, school) for school in schools]
    await do(
        manager(area), telling.tell, area_id=area.id, agency_ids=agencies, told_on=today(), channel="email",
        arrangements_version="Version 4",
    )  # fmt: skip
    return await make_actor(Role.TRUST_LEAD, organisation_id=trust), agencies


async def states(area: AreaMade, agencies: list[UUID]) -> list[str]:
    async with tenant_scope(manager(area), readonly=True):
        rows = await sql.fetch("select id, state from relevant_agency where area_id = $1", area.id)
    found = {row["id"]: row["state"] for row in rows}
    return [found[agency] for agency in agencies]


async def test_a_trust_acknowledges_for_all_its_schools_at_once(app: Litestar) -> None:
    area = await make_area()
    lead, agencies = await told_trust(area)
    async with await signed_in(app, lead) as browser:
        page = await browser.get("/duties")
        done = await browser.follow(await browser.submit(page, "Acknowledge", {"which": "all"}))
        assert "Thank you: 3 acknowledged." in done.banner
        assert "Acknowledge" not in [button.get_text(strip=True) for button in done.soup.main.find_all("button")]
        again = await browser.follow(await browser.submit(page, "Acknowledge", {"which": "all"}))
        assert "Thank you: 3 acknowledged." in again.banner, "the same form again is the same answer"
    assert await states(area, agencies) == ["acknowledged"] * 3


async def test_what_an_area_told_a_trust_is_said_once_however_many_schools_it_was_for(app: Litestar) -> None:
    here, there = await make_area(), await make_area()
    lead, _ = await told_trust(here)
    async with await signed_in(app, lead) as browser:
        page = await browser.get("/duties")
    assert page.text.count("of the arrangements Version 4") == 1
    assert f"{here.name} includes 3 organisations of yours." in page.text
    assert there.name not in page.text
    declines = [link for link in page.links() if link.startswith("Decline for ")]
    assert len(declines) == 3, "each can still be declined alone"


async def test_a_trust_acknowledges_for_those_it_ticks(app: Litestar) -> None:
    area = await make_area()
    lead, agencies = await told_trust(area)
    async with await signed_in(app, lead) as browser:
        page = await browser.get("/duties")
        boxes = [str(box["value"]) for box in page.soup.select("input[name=ticked]")]
        done = await browser.submit(page, "Acknowledge", {"which": "ticked", "ticked": boxes[:2]})
        assert "Thank you: 2 acknowledged." in (await browser.follow(done)).banner
    assert sorted(await states(area, agencies)) == ["acknowledged", "acknowledged", "notified"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Select whether you acknowledge for all of them or for those you tick"),
        ({"which": "ticked-not"}, "Select whether you acknowledge for all of them or for those you tick"),
        ({"which": "ticked"}, "Tick at least one, or select “All of them”"),
    ],
)
async def test_not_saying_for_which_is_a_problem_and_acknowledges_nothing(
    app: Litestar, sent: dict[str, str], said: str
) -> None:
    area = await make_area()
    lead, agencies = await told_trust(area)
    async with await signed_in(app, lead) as browser:
        page = await browser.submit(await browser.get("/duties"), "Acknowledge", sent, status=422)
        assert page.errors == [said]
    assert await states(area, agencies) == ["notified"] * 3


async def test_an_inclusion_of_another_trust_is_not_acknowledged(app: Litestar) -> None:
    area, elsewhere = await make_area(), await make_area()
    lead, _ = await told_trust(area)
    _, theirs = await told_trust(elsewhere)
    forged = f"{encode_in('RelevantAgency', elsewhere.id, theirs[0])} 2"
    async with await signed_in(app, lead) as browser:
        page = await browser.get("/duties")
        sent = await browser.submit(page, "Acknowledge", {"which": "ticked", "ticked": [forged]})
        assert "Thank you" not in (await browser.follow(sent)).text
    assert await states(elsewhere, theirs) == ["notified"] * 3
