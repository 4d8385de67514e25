"""An invoice recorded wrongly is corrected on the contribution's page, beginning with what is recorded."""

from __future__ import annotations

from datetime import date

from litestar import Litestar

from tenants.resourcing import service
from tests.support.membership import make_partnership
from tests.support.resourcing import act, agree_by_all, open_budget, pledge
from tests.web.resourcing.test_resourcing import browse, click, year


async def test_an_invoice_is_corrected_with_a_reason(app: Litestar) -> None:
    made = await make_partnership()
    given = await pledge(made, await open_budget(made))
    await agree_by_all(made, given)
    await act(made.manager, service.invoice, made.area.id, contribution_id=given, version=2, reference="INV-7",
              invoiced_on=date(2026, 5, 1))  # fmt: skip
    async with await browse(app, made) as browser:
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Correct the invoice")
        refused = await browser.submit(form, "Correct the invoice", {}, status=422)
        assert refused.errors == ["Enter why it is corrected"]
        said = {"reason": "Typed wrongly."}
        same = await browser.submit(form, "Correct the invoice", said, status=422)
        assert same.errors == ["The invoice is recorded with this number and this date already."]
        typed = {**said, "reference": "INV-8", "invoiced_on-day": "12"}
        page = await browser.follow(await browser.submit(form, "Correct the invoice", typed))
        assert page.banner == "The invoice is corrected. What it said before stays in the audit trail."
        record = await click(browser, page, f"{made.area.name} Police")
        shown = [cell.get_text(strip=True) for cell in record.soup.select(".govuk-summary-list__value")]
        assert {"INV-8", "12 May 2026"} <= set(shown)
        stale = await browser.submit(form, "Correct the invoice", {**said, "reference": "INV-9"}, status=422)
        assert stale.errors[0].startswith("Someone else changed this contribution")
        assert "INV-8" in stale.text
