"""A chief officer who signs for several areas: one page, many ticks, a check, and what became of each."""

from __future__ import annotations

import pytest
from litestar import Litestar

from backend.web.resourcing.agreements import item_of
from tenants.resourcing import service
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.support.membership import Partnership, make_chief, make_partnership
from tests.support.product import signed_in
from tests.support.resourcing import act, open_budget, pledge, sheet
from tests.support.world import make_actor

LISTED, CHOSEN, DONE = "Budgets and contributions, by area", "You are about to agree", "Each budget and contribution"


async def nation(number: int = 2) -> tuple[list[Partnership], Actor]:
    areas = [await make_partnership() for _ in range(number)]
    for made in areas:
        await pledge(made, await open_budget(made))
    return areas, await make_chief(*areas)


async def test_everything_is_agreed_from_one_page(app: Litestar) -> None:
    areas, chief = await nation()
    async with await signed_in(app, chief) as browser:
        front = await browser.get(f"/area/{areas[0].area.slug}")
        assert front.links()["The budget 2026-27 and 1 contribution wait for your agreement"] == "/agreements"
        assert "Agreements" in [link.get_text(strip=True) for link in front.soup.select("nav a")]
        page = await browser.get("/agreements")
        assert [row[3] for row in page.table(LISTED)] == ["£100,000", "£10,000"] * 2
        refused = await browser.submit(page, "Agree what is ticked", {}, status=422)
        assert refused.errors == ["Select at least one thing to agree"]
        checked = await browser.submit(page, "Agree everything listed", {}, status=200)
        assert len(checked.table(CHOSEN)) == 4
        assert "The contributions among them come to £20,000." in checked.text
        done = await browser.submit(checked, "Agree for my organisations", {}, status=200)
        assert "4 of 4 agreed." in done.text
        assert "Nothing waits for your agreement" in (await browser.get("/agreements")).text
        assert "wait for your agreement" not in (await browser.get(f"/area/{areas[0].area.slug}")).text
    for made in areas:
        assert (await sheet(made)).agreements[2].agreed_name == "Lena Police"


async def test_more_than_a_page_is_paged_and_agreed_page_by_page(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.web.resourcing.agreements.PAGE", 3)
    _, chief = await nation()
    async with await signed_in(app, chief) as browser:
        page = await browser.get("/agreements")
        assert "3 things in 2 areas on this page." in page.text
        last = await browser.get(page.links()["Next page"])
        assert [row[3] for row in last.table(LISTED)] == ["£10,000"]
        assert last.links()["Previous page"] == "/agreements"
        checked = await browser.submit(last, "Agree everything listed", {}, status=200)
        assert len(checked.table(CHOSEN)) == 1
        await browser.submit(checked, "Agree for my organisations", {}, status=200)
        assert "Nothing more waits" in (await browser.get(page.links()["Next page"])).text
        first = await browser.get("/agreements")
        assert (len(first.table(LISTED)), "Next page" in first.links()) == (3, False)


async def test_only_what_is_ticked_is_agreed_and_sending_it_again_changes_nothing(app: Litestar) -> None:
    areas, chief = await nation()
    async with await signed_in(app, chief) as browser:
        page = await browser.get("/agreements")
        ticks = [str(box["value"]) for box in page.soup.select("input[type=checkbox]")]
        checked = await browser.submit(page, "Agree what is ticked", {"item": [ticks[0], ticks[3]]}, status=200)
        assert [row[3] for row in checked.table(CHOSEN)] == ["£100,000", "£10,000"]
        for _ in range(2):
            done = await browser.submit(checked, "Agree for my organisations", {}, status=200)
            assert "2 of 2 agreed." in done.text
        assert len((await browser.get("/agreements")).table(LISTED)) == 2
    agreed = [[row.agreed_name for row in (await sheet(made)).agreements if row.agreed_on] for made in areas]
    assert sorted(agreed) == [[], ["Lena Police"]]


async def test_what_changed_meanwhile_is_left_out_of_the_check_and_reported_after_it(app: Litestar) -> None:
    [made], chief = await nation(1)
    given = (await sheet(made)).contributions[0]
    async with await signed_in(app, chief) as browser:
        page = await browser.get("/agreements")
        ticks = [str(box["value"]) for box in page.soup.select("input[type=checkbox]")]
        checked = await browser.submit(page, "Agree what is ticked", {"item": ticks}, status=200)
        what = service.Pledge(form="cash", amount_pence=1_00, contributor="Probation service")
        await act(made.manager, service.change_pledge, made.area.id, contribution_id=given.id, version=1, what=what,
                  reason="Somebody else pays.")  # fmt: skip
        done = await browser.submit(checked, "Agree for my organisations", {}, status=200)
        assert "1 of 2 agreed." in done.text
        assert "Someone else changed this contribution" in done.table(DONE)[1][3]
        late = await browser.submit(page, "Agree what is ticked", {"item": ticks}, status=422)
        assert late.errors == ["What you ticked has changed since"]


async def test_somebody_who_leads_nothing_finds_nothing_waiting_and_no_entry(app: Litestar) -> None:
    [made], _ = await nation(1)
    async with await signed_in(app, await make_actor(Role.VIEWER, area=made.area)) as browser:
        page = await browser.get("/agreements")
        assert "Nothing waits for your agreement" in page.text
        assert "Agreements" not in [link.get_text(strip=True) for link in page.soup.select("nav a")]
        sent = await browser.post("/agreements/agree", {"item": "x", **await _token(browser)})
        assert sent.location == "/agreements"


async def _token(browser: object) -> dict[str, str]:
    page = await browser.get("/account")  # type: ignore[attr-defined]
    return {"_csrf": str(page.soup.select_one("input[name=_csrf]")["value"])}


async def test_nobody_signed_in_is_sent_to_sign_in(app: Litestar) -> None:
    async with await signed_in(app, None) as browser:
        assert (await browser.get("/agreements", status=303)).location == "/sign-in?next=/agreements"


def test_a_tick_that_the_page_did_not_make_is_no_item() -> None:
    assert item_of("a|budget|b|3") == {"areaId": "a", "what": "budget", "id": "b", "version": 3}
    assert [item_of(key) for key in ("", "a|b|c", "a|b|c|x", "a|b|c|1|2", "a|b|c|" + "9" * 12)] == [None] * 5
