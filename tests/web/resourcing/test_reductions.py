"""The rest of a contribution will not come: reduced on its page with a reason, and every lead agrees it anew."""

from __future__ import annotations

from datetime import date

from litestar import Litestar

from tenants.membership.rules import Kind
from tenants.resourcing import service
from tests.support.membership import make_partnership
from tests.support.product import signed_in
from tests.support.resourcing import act, agree_by_all, open_budget, pledge
from tests.web.resourcing.test_resourcing import EVERY_LEAD, browse, click, year

DAY = date(2026, 5, 1)


async def test_a_part_received_contribution_is_reduced_and_agreed_anew(app: Litestar) -> None:
    made = await make_partnership()
    given = await pledge(made, await open_budget(made, planned=0))
    await agree_by_all(made, given)
    of = {"contribution_id": given}
    await act(made.manager, service.invoice, made.area.id, **of, version=2, reference="INV-7", invoiced_on=DAY)
    await act(made.manager, service.receive, made.area.id, **of, version=3, amount_pence=6_000_50, received_on=DAY)
    police = f"{made.area.name} Police"
    async with await browse(app, made) as browser:
        form = await click(browser, await click(browser, await year(browser, made), police), "Reduce it")
        refused = await browser.submit(form, "Reduce it", {"amount_pence": "6,000"}, status=422)
        assert refused.errors == ["Enter why it is reduced"]
        said = {"reason": "The force cannot pay the rest."}
        refused = await browser.submit(form, "Reduce it", {**said, "amount_pence": "6,000"}, status=422)
        words = "Enter an amount from £6,000.50, which has come, to £10,000, which was promised; it is £10,000 now."
        assert refused.errors == [words]
        page = await browser.follow(await browser.submit(form, "Reduce it", said))  # it begins with what has come
        assert page.table("Who gives what")[0][2:5] == ["£6,000.50", "£6,000.50", "Reduced, to be agreed"]
        record = await click(browser, page, police)
        shown = [cell.get_text(strip=True) for cell in record.soup.select(".govuk-summary-list__value")]
        assert {"£10,000", "The force cannot pay the rest."} <= set(shown)
        assert [row[2] for row in record.table(EVERY_LEAD)] == ["Not yet"] * 3
    async with await signed_in(app, made.lead_actors[Kind.LOCAL_AUTHORITY]) as browser:
        page = await browser.get("/agreements")
        assert "Contribution, cash, reduced from £10,000" in page.text
        checked = await browser.submit(page, "Agree everything listed", {}, status=200)
        assert checked.table("You are about to agree")[0][1:4] == [
            f"{police}, reduced from £10,000", "2026-27", "£6,000.50"
        ]  # fmt: skip
    await act(made.lead_actors[Kind.LOCAL_AUTHORITY], service.agree_contribution, made.area.id, **of, version=5)
    for kind in (Kind.INTEGRATED_CARE_BOARD, Kind.POLICE):
        async with await signed_in(app, made.lead_actors[kind]) as browser:
            record = await click(browser, await year(browser, made), police)
            page = await browser.follow(await browser.submit(record, "Agree for my organisation", {}))
    assert page.table("Who gives what")[0][4] == "Received"


async def test_what_was_invoiced_and_has_not_come_is_reduced_on_its_page(app: Litestar) -> None:
    made = await make_partnership()
    given = await pledge(made, await open_budget(made, planned=0))
    await agree_by_all(made, given)
    of = {"contribution_id": given}
    await act(made.manager, service.invoice, made.area.id, **of, version=2, reference="INV-7", invoiced_on=DAY)
    async with await browse(app, made) as browser:
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Reduce it: some of it will not come")
        refused = await browser.submit(form, "Reduce it", {"reason": "Half is withheld."}, status=422)
        assert refused.errors == ["Enter the amount"], "nothing has come: it begins empty"
        said = {"reason": "Half is withheld.", "amount_pence": "5,000"}
        page = await browser.follow(await browser.submit(form, "Reduce it", said))
    assert page.table("Who gives what")[0][2:5] == ["£5,000", "£0", "Reduced, to be agreed"]
    async with await browse(app, made) as browser:
        opening = await browser.get(f"/area/{made.area.slug}/resourcing/open")
        shown = opening.soup.select_one("#year")
        assert shown is not None
        assert shown["value"] != "2026-27", "a year that has no budget yet"
