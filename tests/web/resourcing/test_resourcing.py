"""The resourcing pages: a year opened, planned, agreed; contributions from pledge to receipt; files; shares shown."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from litestar import Litestar

from tenants.membership.rules import Kind
from tenants.tenancy.roles import Role
from tests.support.membership import Partnership, make_bodies, make_partnership
from tests.support.product import signed_in
from tests.support.resourcing import YEAR, agree_budget_by_all, agree_by_all, open_budget, pledge, sheet
from tests.support.world import make_actor, make_area
from tests.web.page_client import Page, PageClient

LABEL = "2026-27"
EVERY_LEAD = "Every lead safeguarding partner agrees it as it stands"
NOBODY = "Select a partner body, or enter the name of another organisation."


async def browse(app: Litestar, made: Partnership, role: Role = Role.BUSINESS_MANAGER) -> PageClient:
    return await signed_in(app, await make_actor(role, area=made.area, name="Bea Hall"))


async def year(browser: PageClient, made: Partnership, label: str = LABEL) -> Page:
    return await browser.get(f"/area/{made.area.slug}/resourcing/{label}")


async def click(browser: PageClient, page: Page, words: str) -> Page:
    return await browser.get(next(href for text, href in page.links().items() if text.startswith(words)))


def day(name: str) -> dict[str, str]:
    return {f"{name}-day": "1", f"{name}-month": "5", f"{name}-year": "2026"}


async def test_a_year_is_opened_and_planned(app: Litestar) -> None:
    made = await make_bodies()
    async with await browse(app, made) as browser:
        page = await year(browser, made)
        assert f"No budget for {LABEL}" in page.text
        form = await click(browser, page, "Open a budget")
        page = await browser.follow(await browser.submit(form, "Open the budget", {"note": "Shares as last year."}))
        assert page.banner == f"The budget for {LABEL} is open, as a draft."
        form = await click(browser, page, "Add a budget line")
        typed = {"kind": "training", "description": "Conference", "planned_pence": "£5,000"}
        page = await browser.follow(await browser.submit(form, "Save", typed))
        assert page.table("Budget lines")[0][:3] == ["Conference", "Training and learning events", "£5,000"]
        form = await click(browser, page, "Change Conference")
        page = await browser.follow(await browser.submit(form, "Save", {"planned_pence": "6000.50"}))
        assert page.table("Budget lines")[0][2] == "£6,000.50"
        form = await click(browser, page, "remove Conference")
        page = await browser.follow(await browser.submit(form, "Remove the line", {"reason": "Held online instead."}))
        assert "No lines yet" in page.text


async def test_a_contribution_is_pledged_invoiced_and_received_in_parts(app: Litestar) -> None:
    made = await make_partnership()
    await open_budget(made)
    async with await browse(app, made) as browser:
        form = await click(browser, await year(browser, made), "Record a contribution")
        refused = await browser.submit(form, "Save", {}, status=422)
        assert refused.errors == [NOBODY, "Select cash or in kind", "Enter the amount"]
        body = form.soup.find("option", string=f"{made.area.name} Police")["value"]
        typed = {"partner_id": body, "form": "cash", "amount_pence": "10,000", "payer": "The mayor's office"}
        page = await browser.follow(await browser.submit(form, "Save", typed))
        assert page.table("Who gives what")[0][1:] == ["Cash", "£10,000", "£0", "Pledged", "The mayor's office"]
        given = (await sheet(made)).contributions[0]
        await agree_by_all(made, given.id)
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Record an invoice")
        await browser.submit(form, "Record the invoice", {"reference": "INV-7", **day("invoiced_on")})
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Record what has come")
        refused = await browser.submit(form, "Record it", {"amount_pence": "10001", **day("received_on")}, status=422)
        assert refused.errors == ["Only £10,000 of this contribution is still to come."]
        page = await browser.follow(await browser.submit(refused, "Record it", {"amount_pence": "4,000"}))
        assert page.table("Who gives what")[0][3:5] == ["£4,000", "Part received"]
        record = await click(browser, page, f"{made.area.name} Police")
        said = [cell.get_text(strip=True) for cell in record.soup.select(".govuk-summary-list__value")]
        assert "1 May 2026" in said
        assert [text.count(made.area.name) for text in said if "Council" in text] == [3]  # the bodies that agreed
        assert record.table("What has come") == [["1 May 2026", "£4,000", "", "Reverse the receipt of £4,000"]]
        assert "Withdraw it" not in record.links()


async def test_the_lead_agrees_for_their_own_body(app: Litestar) -> None:
    made = await make_partnership()
    given = await pledge(made, await open_budget(made))
    async with await signed_in(app, made.lead_actors[Kind.POLICE]) as browser:
        page = await year(browser, made)
        assert [row[2] for row in page.table("Agreement to the budget as it stands")][:2] == ["Not yet", "Not yet"]
        page = await browser.follow(await browser.submit(page, f"Agree for {made.area.name} Police", {}))
        assert page.table("Agreement to the budget as it stands")[2][2].startswith("Lena Police,")
        record = await click(browser, page, f"{made.area.name} Police")
        assert [row[2] for row in record.table(EVERY_LEAD)] == ["Not yet"] * 3
        await browser.submit(record, "Agree for my organisation", {})
        record = await click(browser, page, f"{made.area.name} Police")
        assert [row[2] for row in record.table(EVERY_LEAD)] == ["Not yet", "Not yet", "Yes"]
        assert "Agree for my organisation" not in record.text
        assert not [text for text in page.links() if text.startswith(("Record", "Add", "Open"))]
    assert [row.agreed_by for row in (await sheet(made)).contributions if row.id == given] == [
        [made.bodies[Kind.POLICE]]
    ]


async def test_an_agreed_budget_is_reopened_or_what_was_spent_is_recorded(app: Litestar) -> None:
    made = await make_partnership()
    budget = await open_budget(made)
    await agree_budget_by_all(made, budget)
    async with await browse(app, made) as browser:
        form = await click(browser, await year(browser, made), "Record what was spent")
        page = await browser.follow(await browser.submit(form, "Save", {"outturn_pence": "97,000"}))
        assert page.table("Budget lines")[0][3] == "£97,000"
        form = await click(browser, page, "Reopen the budget")
        page = await browser.follow(await browser.submit(form, "Reopen the budget", {"reason": "A partner left."}))
        assert page.banner == "The budget is a draft again."


async def test_shares_are_drawn_with_last_year_beside_them(app: Litestar) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made, year=2025), Kind.POLICE, 8_000_00)
    budget = await open_budget(made)
    await pledge(made, budget, Kind.POLICE, 10_000_00)
    await pledge(made, budget, Kind.LOCAL_AUTHORITY, 30_000_00)
    async with await browse(app, made, Role.VIEWER) as browser:
        page = await year(browser, made)
        assert page.table("Shares and the change on last year") == [
            [f"{made.area.name} Council", "£30,000", "75%", "£0", "£30,000"],
            [f"{made.area.name} Police", "£10,000", "25%", "£8,000", "£2,000"],
        ]
        assert len(page.soup.select("svg .app-chart__bar")) >= 4
        assert f"{made.area.name} Council gives the most, £30,000: 75% of the whole." in page.text
        last = await click(browser, page, "2025-26")
        assert last.table("Shares and the change on last year")[0][3:] == ["No budget", "–"]


async def test_who_gave_last_year_and_gives_nothing_this_year_is_shown(app: Litestar) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made, year=2025), Kind.POLICE, 8_000_00)
    await open_budget(made)
    async with await browse(app, made, Role.VIEWER) as browser:
        page = await year(browser, made)
    police = f"{made.area.name} Police"
    assert page.table("Shares and the change on last year") == [
        [f"{police} Gave £8,000 last year, nothing this year", "£0", "0%", "£8,000", "−£8,000"]
    ]
    assert f"Gave last year and nothing this year: {police}, £8,000." in page.text


async def test_a_contribution_is_changed_and_withdrawn_with_reasons(app: Litestar) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made))
    async with await browse(app, made) as browser:
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Change it")
        refused = await browser.submit(form, "Save", {"form": "in_kind", "reason": "Staff instead."}, status=422)
        assert refused.errors == ["Enter how it was valued"]
        typed = {"valuation_method": "Half a post at mid-band."}
        page = await browser.follow(await browser.submit(refused, "Save", typed))
        record = await click(browser, page, f"{made.area.name} Police")
        form = await click(browser, record, "Withdraw it")
        page = await browser.follow(await browser.submit(form, "Withdraw it", {"reason": "The post was cut."}))
        assert page.table("Who gives what")[0][4] == "Withdrawn"


async def test_the_files_hold_the_contributions(app: Litestar) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made), partner_id=None, contributor="=1+1")
    here = f"/area/{made.area.slug}/resourcing/{LABEL}/contributions"
    async with await browse(app, made, Role.VIEWER) as browser:
        text = (await browser.http.get(f"{here}.csv")).content.decode("utf-8-sig")
        book = (await browser.http.get(f"{here}.xlsx")).content
    assert next(csv.DictReader(io.StringIO(text)))["Contributor"] == "'=1+1"
    assert openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]["B2"].data_type == "s"


async def test_a_stale_form_is_told_so(app: Litestar) -> None:
    made = await make_bodies()
    await open_budget(made)
    async with await browse(app, made) as browser:
        page = await year(browser, made)
        stale = await click(browser, page, "remove The partnership")
        form = await click(browser, page, "Change The partnership")
        await browser.submit(form, "Save", {"planned_pence": "1"})
        refused = await browser.submit(stale, "Remove the line", {"reason": "Not needed."}, status=422)
        assert refused.errors[0].startswith("Someone else changed this budget line")


@pytest.mark.parametrize("path", ["", "/reopen", "/lines/add", "/pledge", "/contributions.csv", "/contribution?id=x"])
async def test_another_area_finds_no_page(app: Litestar, path: str) -> None:
    made = await make_bodies()
    await open_budget(made)
    stranger = await make_actor(Role.BUSINESS_MANAGER, area=await make_area("Elsewhere"))
    async with await signed_in(app, stranger) as browser:
        await browser.get(f"/area/{made.area.slug}/resourcing/{LABEL}{path}", status=404)


@pytest.mark.parametrize("path", ["/2026", "/2026-28", "/2026-27/lines/paint", "/2026-27/contribution/burn?id=x",
                                  "/2031-32/lines/add", "/2031-32/contributions.csv"])  # fmt: skip
async def test_an_address_that_makes_no_sense_is_not_found(app: Litestar, path: str) -> None:
    made = await make_bodies()
    await open_budget(made, year=YEAR)
    async with await browse(app, made) as browser:
        await browser.get(f"/area/{made.area.slug}/resourcing{path}", status=404)


async def test_the_front_page_of_resourcing_is_the_year_of_today(app: Litestar) -> None:
    made = await make_bodies()
    async with await browse(app, made) as browser:
        page = await browser.get(f"/area/{made.area.slug}/resourcing", status=303)
        assert page.location.startswith(f"/area/{made.area.slug}/resourcing/20")


async def test_a_reader_who_writes_is_refused(app: Litestar) -> None:
    made = await make_bodies()
    await open_budget(made)
    async with await browse(app, made, Role.INDEPENDENT_SCRUTINEER) as browser:
        form = await browser.get(f"/area/{made.area.slug}/resourcing/{LABEL}/lines/add")
        typed = {"kind": "other", "description": "Room", "planned_pence": "1"}
        page = await browser.submit(form, "Save", typed, status=422)
        assert page.errors == ["Only a business manager of this area can change its budget."]
    assert len((await sheet(made)).lines) == 1
