"""Two people edit the same thing: the second one sees what is saved now, and may send theirs again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import pytest
from litestar import Litestar

from concordat_graphql.cooperation.keys import encode_in
from concordat_graphql.ids import encode
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.graphql.platform import sending
from tests.support.cooperation import asked_school, duty_of, published_duty
from tests.support.membership import make_partnership
from tests.support.product import signed_in
from tests.support.resourcing import open_budget, pledge
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.intervention import people
from tests.web.page_client import Page, PageClient

TOLD = "Someone changed this while you were editing."
WHY = {"reason": "It was recorded wrongly."}
Typed = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """An edit form: who may, where it is, what each of the two types, and what the second must be shown."""

    by: Actor
    path: str
    button: str
    theirs: Typed
    mine: Typed
    shown: tuple[str, ...]


async def _manager(area: AreaMade) -> Actor:
    return await make_actor(Role.BUSINESS_MANAGER, area=area)


async def _linked(area: AreaMade, by: Actor, page: str, words: str, app: Litestar) -> str:
    async with await signed_in(app, by) as browser:
        links = (await browser.get(f"/area/{area.slug}/{page}")).links()
    return next(href for text, href in links.items() if text.startswith(words))


async def a_name(app: Litestar) -> Edit:
    area = await make_area()
    return Edit(by=await _manager(area), path=f"/area/{area.slug}/settings", button="Save name",
                theirs={"area_name": "First"}, mine={"area_name": "Second"}, shown=("First",))  # fmt: skip


async def a_partner(app: Litestar) -> Edit:
    made = await make_partnership()
    by = await _manager(made.area)
    path = await _linked(made.area, by, "membership", f"Correct {made.area.name} Police", app)
    theirs = {"name": "Northshire Police", "valid_from-day": "2", "valid_from-year": "2018", **WHY}
    return Edit(by=by, path=path, button="Save", theirs=theirs, mine={"name": "Northshire Constabulary", **WHY},
                shown=("Northshire Police", "2 September 2018"))  # fmt: skip


async def an_appointment(app: Litestar) -> Edit:
    made = await make_partnership()
    by = await _manager(made.area)
    path = await _linked(made.area, by, "membership", "correct Lena Council", app)
    return Edit(by=by, path=path, button="Save", theirs={"person_name": "Lena Councill", **WHY},
                mine={"post": "Leader", **WHY}, shown=("Lena Councill",))  # fmt: skip


async def a_line(app: Litestar) -> Edit:
    made = await make_partnership()
    await open_budget(made)
    by, base = await _manager(made.area), f"/area/{made.area.slug}/resourcing/2026-27"
    async with await signed_in(app, by) as browser:
        form = await browser.get(f"{base}/lines/add")
        await browser.submit(form, "Save", {"kind": "training", "description": "Conference", "planned_pence": "5,000"})
    path = await _linked(made.area, by, "resourcing/2026-27", "Change Conference", app)
    return Edit(by=by, path=path, button="Save", theirs={"planned_pence": "6000.50", "kind": "other"},
                mine={"planned_pence": "7000"}, shown=("£6000.50", "Other"))  # fmt: skip


async def a_contribution(app: Litestar) -> Edit:
    made = await make_partnership()
    given = await pledge(made, await open_budget(made))
    key = encode("Contribution", given)
    path = f"/area/{made.area.slug}/resourcing/2026-27/pledge?contribution={key}"
    return Edit(by=await _manager(made.area), path=path, button="Save", theirs={"amount_pence": "123", **WHY},
                mine={"payer": "The mayor", **WHY}, shown=("£123.00",))  # fmt: skip


async def a_flag(app: Litestar) -> Edit:
    area = await make_area()
    key = encode("InterventionFlag", f"{area.id}.{await people.raised(area)}")
    theirs = {"title": "No budget since May", "link_title_2": "A letter", "link_url_2": "https://letter.example", **WHY}
    return Edit(by=await _manager(area), path=f"/area/{area.slug}/flags/{key}/amend", button="Save changes",
                theirs=theirs, mine={"title": "No budget since June", **WHY},
                shown=("No budget since May", "https://letter.example"))  # fmt: skip


async def an_agency(app: Litestar) -> Edit:
    asked = await asked_school(await make_area())
    key = encode_in("RelevantAgency", asked.area.id, asked.request.agency_id)
    return Edit(by=await _manager(asked.area), path=f"/area/{asked.area.slug}/agencies/{key}", button="Save changes",
                theirs={"expectation": "Answer by May."}, mine={"expectation": "Answer by June."},
                shown=("Answer by May.",))  # fmt: skip


async def a_duty(app: Litestar) -> Edit:
    area = await make_area()
    duty = await duty_of(area, await published_duty(area))
    key = encode_in("Duty", area.id, duty.id)
    return Edit(by=await _manager(area), path=f"/area/{area.slug}/duties/{key}/edit", button="Save",
                theirs={"title": "Return of the year", "text_1": "Do you follow them?"},
                mine={"title": "Return for the year"}, shown=("Return of the year", "Do you follow them?"))  # fmt: skip


async def an_answer(app: Litestar) -> Edit:
    asked = await asked_school(await make_area())
    by = await make_actor(Role.ESTABLISHMENT_CONTACT, area=asked.area, organisation_id=asked.school)
    key = encode_in("DutyRequest", asked.area.id, asked.request.id)
    return Edit(by=by, path=f"/duties/{key}/answer", button="Save for later",
                theirs={"q_lead": "Maya Thornton", "q_follows": "no"}, mine={"q_lead": "Mia Thornton"},
                shown=("Maya Thornton", "No"))  # fmt: skip


async def a_provider(app: Litestar) -> Edit:
    slug = await sending.a_provider()
    by = await make_actor(Role.PLATFORM_ADMINISTRATOR)
    return Edit(by=by, path=f"/platform/providers/{slug}", button="Save provider",
                theirs={"name": "Theirs"}, mine={"name": "Mine"}, shown=("Theirs",))  # fmt: skip


async def a_client(app: Litestar) -> Edit:
    key = encode("MachineClient", await sending.a_client())
    theirs = {"name": "Their system", "scope_1": "duties:write"}
    return Edit(by=await make_actor(Role.PLATFORM_ADMINISTRATOR), path=f"/platform/clients/{key}",
                button="Save system", theirs=theirs, mine={"name": "My system"},
                shown=("Their system", "duties:write"))  # fmt: skip


Make = Callable[[Litestar], Awaitable[Edit]]
EDITS: list[Make] = [
    a_name, a_partner, an_appointment, a_line, a_contribution, a_flag, an_agency, a_duty, an_answer, a_provider,
    a_client,
]  # fmt: skip


async def both(browser: PageClient, edit: Edit) -> Page:
    """Both open the form; theirs is saved, mine is refused: return the page that says so."""
    mine, theirs = await browser.get(edit.path), await browser.get(edit.path)
    await browser.submit(theirs, edit.button, edit.theirs)
    return await browser.submit(mine, edit.button, edit.mine, status=422)


def saved_now(page: Page) -> list[str]:
    return [found.get_text(" ", strip=True) for found in page.soup.select(".app-saved")]


@pytest.mark.parametrize("make", EDITS)
async def test_the_second_sees_what_is_saved_and_sends_again(app: Litestar, make: Make) -> None:
    edit = await make(app)
    async with await signed_in(app, edit.by) as browser:
        page = await both(browser, edit)
        assert TOLD in page.text
        assert set(saved_now(page)) >= {f"What is saved now: {text}" for text in edit.shown}
        typed = {field["name"]: field.get("value") for field in page.form(edit.button).find_all("input")}
        assert {name: typed.get(name, value) for name, value in edit.mine.items()} == edit.mine
        await browser.submit(page, edit.button, {})


async def test_nothing_is_said_where_both_typed_the_same(app: Litestar) -> None:
    edit = await a_name(app)
    async with await signed_in(app, edit.by) as browser:
        page = await both(browser, Edit(**{**vars(edit), "mine": edit.theirs}))
        assert TOLD in page.text
        assert saved_now(page) == []


async def test_a_form_that_edits_nothing_carries_the_new_version_and_shows_the_way_to_look(app: Litestar) -> None:
    made = await make_partnership()
    by = await _manager(made.area)
    ending = await _linked(made.area, by, "membership", "end Lena Council", app)
    correcting = await _linked(made.area, by, "membership", "correct Lena Council", app)
    last = {"last_day-day": "30", "last_day-month": "4", "last_day-year": "2026", **WHY}
    async with await signed_in(app, by) as browser:
        asked = await browser.get(ending)
        await browser.submit(await browser.get(correcting), "Save", {"post": "Leader", **WHY})
        page = await browser.submit(asked, "Record the end", last, status=422)
        assert TOLD in page.text
        assert page.links()["What is saved now"] == f"/area/{made.area.slug}/membership"
        await browser.submit(page, "Record the end", {})
