"""An area's pages about flags: raised, changed, referred, answered, withdrawn; by those who may."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Litestar

from infra.clock import today
from tenants.intervention import service
from tenants.intervention.rules.states import State
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import count, opaque
from tests.support.membership import make_bodies
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area, manager, official
from tests.tenants.intervention import people

TYPED = {
    "kind": "information_refused",
    "title": "The force will not share its figures",
    "concern": "We asked under section 16H in March and in May, and each time were refused.",
    "tried": "Two letters and a meeting of the lead partners.",
    "partners": "Testshire Police\n\nTestshire Council\n",
    "link_title_1": "Our second letter",
    "link_url_1": "https://testshire.example/letter",
    "told_name_1": "Una Chief",
    "told_post_1": "Chief executive",
    "told_on_1-day": "5",
    "told_on_1-month": "1",
    "told_on_1-year": "2026",
    "note": "The chief constable changes in June.",
}


def path(area: AreaMade, flag_id: UUID | None = None, move: str = "") -> str:
    here = f"/area/{area.slug}/flags"
    return here if flag_id is None else f"{here}/{opaque(area, flag_id)}{'/' + move if move else ''}"


async def of(area: AreaMade, role: Role = Role.BUSINESS_MANAGER) -> Actor:
    return await make_actor(role, area=area, name="Bea Hall")


async def test_a_flag_is_raised_read_and_listed(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await of(area)) as browser:
        page = await browser.get(path(area))
        assert "No open flags" in page.text
        form = await browser.get(page.links()["Raise a flag"])
        page = await browser.follow(await browser.submit(form, "Raise the flag", TYPED))
        assert "not referred to the Department unless you refer it" in page.banner
        shown = [TYPED["concern"], TYPED["tried"], TYPED["note"], "Testshire Police", "Una Chief, Chief executive"]
        assert [words for words in shown if words not in page.text] == []
        assert page.links()["Our second letter"] == "https://testshire.example/letter"
        assert page.table("Moves, first to last")[0][4] == "No"
        (listed,) = (await browser.get(path(area))).table("Flags, last changed first")
        assert listed[0] == TYPED["title"]
        assert listed[3:5] == ["Raised, not referred", "The area"]


async def test_what_is_wrong_is_said_at_once_with_what_was_typed_kept(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await of(area)) as browser:
        form = await browser.get(path(area) + "/new")
        page = await browser.submit(form, "Raise the flag", {"note": "Keep me"}, status=422)
        assert page.errors == [
            "Select what the concern is",
            "Enter a title",
            "Enter the account of the concern",
            "Enter what has been tried",
        ]
        assert "Keep me" in page.text
        wrong = {**TYPED, "link_url_1": "javascript:alert(1)", "told_on_1-year": "2999"}
        page = await browser.submit(page, "Raise the flag", wrong, status=422)
        assert page.errors == [
            "Each link must be a web address that begins with https://.",
            "The day on which someone was told cannot be in the future.",
        ]
    assert await count(area, "intervention_flag") == 0


async def test_a_flag_is_changed_with_a_reason_and_a_second_editor_is_told(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    async with await signed_in(app, await of(area)) as browser:
        first = await browser.get(path(area, flag_id, "amend"))
        second = await browser.get(path(area, flag_id, "amend"))
        changed = {"title": "No agreed budget since May", "reason": "The month was wrong in our first account."}
        page = await browser.follow(await browser.submit(first, "Save changes", changed))
        assert page.h1.endswith("No agreed budget since May")
        assert page.links()["Minutes of 3 March"] == "https://testshire.example/minutes"
        late = {**changed, "title": "No agreed budget since June"}
        page = await browser.submit(second, "Save changes", late, status=422)
        assert "Someone else changed this flag" in page.errors[0]
    assert (await people.read(area, flag_id)).title == "No agreed budget since May"


async def test_a_flag_is_referred_with_the_account_of_what_was_tried_ready_to_edit(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    async with await signed_in(app, await of(area, Role.DELEGATED_SAFEGUARDING_PARTNER)) as browser:
        page = await browser.get(path(area, flag_id))
        form = await browser.get(page.links()["Refer to the Department"])
        assert people.DRAFT.tried in form.text
        assert "It starts as what you wrote for yourselves." in form.text
        short = await browser.submit(form, "Refer to the Department", {"reason": "Settled."}, status=422)
        assert short.errors == ["Say more in the reason: at least 10 characters."]
        refused = await browser.submit(form, "Refer to the Department", {}, status=422)
        assert refused.errors == ["Enter a reason"]
        sent = await browser.submit(refused, "Refer to the Department", {"reason": people.REASON})
        page = await browser.follow(sent)
        assert "waiting for the Department to acknowledge it" in page.text
        assert page.table("Moves, first to last")[1][4] == "Yes"
    assert (await people.read(area, flag_id)).state is State.REFERRED


async def test_the_departments_question_is_answered_with_a_link(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.acknowledged(area)
    who = official()
    async with tenant_scope(who):
        await service.ask_about_flag(
            by=who, area_id=area.id, flag_id=flag_id, version=3, question="What did Smith & Sons advise?",
            reply_due_on=today() + timedelta(days=10), reason=people.REASON,
        )
    async with await signed_in(app, await of(area, Role.INDEPENDENT_SCRUTINEER)) as browser:
        form = await browser.get(path(area, flag_id, "answer"))
        assert "What did Smith & Sons advise?" in form.text
        said = {"answer": "To follow the three-year average.", "link_title_1": "Note",
                "link_url_1": "https://testshire.example/note"}
        page = await browser.follow(await browser.submit(form, "Answer the Department’s question", said))
        assert "https://testshire.example/note" in page.links().values()
        assert "Next move: the Department" in page.text


async def test_a_withdrawn_flag_is_listed_when_all_are_asked_for_and_opens_again(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    async with await signed_in(app, await of(area)) as browser:
        form = await browser.get(path(area, flag_id, "withdraw"))
        page = await browser.follow(await browser.submit(form, "Withdraw", {"reason": people.REASON}))
        assert "Withdrawn before referral" in page.text
        assert "No open flags" in (await browser.get(path(area))).text
        every = await browser.get(path(area) + "?show=all")
        assert every.table("Flags, last changed first")[0][4] == "No one"
        form = await browser.get(page.links()["Open again"])
        await browser.submit(form, "Open again", {"reason": people.REASON})
    assert (await people.read(area, flag_id)).state is State.RAISED


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INDEPENDENT_SCRUTINEER])
async def test_who_may_not_change_the_flag_sees_it_without_the_way_to(app: Litestar, role: Role) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    async with await signed_in(app, await of(area, role)) as browser:
        page = await browser.get(path(area, flag_id))
        assert "Change what it says" not in page.links()
        assert "Withdraw" not in page.links()
        assert ("Refer to the Department" in page.links()) == (role is Role.INDEPENDENT_SCRUTINEER)
        await browser.get(path(area, flag_id, "withdraw"), status=404)
        await browser.get(path(area, flag_id, "amend"), status=404)
        await browser.get(path(area, flag_id, "nonsense"), status=404)


async def test_a_viewer_is_offered_no_new_flag(app: Litestar) -> None:
    area = await make_area()
    async with await signed_in(app, await of(area, Role.VIEWER)) as browser:
        assert "Raise a flag" not in (await browser.get(path(area))).links()
        await browser.get(path(area) + "/new", status=404)


async def test_another_areas_flag_is_not_found_whichever_way_it_is_asked_for(app: Litestar) -> None:
    here, there = await make_area(), await make_area()
    flag_id = await people.raised(there)
    async with await signed_in(app, await of(here)) as browser:
        await browser.get(path(there, flag_id), status=404)
        await browser.get(f"/area/{here.slug}/flags/{opaque(there, flag_id)}", status=403)
        await browser.get(f"/area/{here.slug}/flags/not-an-id", status=404)


async def test_a_move_posted_past_the_page_is_still_refused(app: Litestar) -> None:
    area = await make_area()
    flag_id = await people.referred(area)
    async with await signed_in(app, await of(area)) as browser:
        form = await browser.get(path(area, flag_id, "withdraw"))
        values = {str(field["name"]): str(field.get("value", "")) for field in form.soup.select("input[type=hidden]")}
        page = await browser.post(path(area, flag_id, "close"), {**values, "reason": people.REASON}, status=422)
        assert page.errors == ["Only a Department official can close this flag."]
    assert (await people.read(area, flag_id, by=manager(area))).state is State.REFERRED


async def test_the_areas_own_partners_are_offered_and_stay_ticked(app: Litestar) -> None:
    made = await make_bodies()
    council = f"{made.area.name} Council"
    async with await signed_in(app, await of(made.area)) as browser:
        form = await browser.get(path(made.area) + "/new")
        values = {**TYPED, "partner": [council], "partners": "Another body"}
        page = await browser.follow(await browser.submit(form, "Raise the flag", values))
        form = await browser.get(page.links()["Change what it says"])
        ticked = [str(box["value"]) for box in form.soup.select("input[name=partner][checked]")]
        assert ticked == [council]
        assert form.soup.select_one("#partners").get_text().strip() == "Another body"
        reason = {"reason": "The other body asked to be left out.", "partners": ""}
        page = await browser.follow(await browser.submit(form, "Save changes", reason))
        assert council in page.text
        assert "Another body" not in page.text
