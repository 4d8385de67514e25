"""A receipt recorded by mistake is reversed on the contribution's page, with a reason; both rows stay."""

from __future__ import annotations

from litestar import Litestar

from tests.support.membership import make_partnership
from tests.support.resourcing import agree_by_all, open_budget, pledge
from tests.web.resourcing.test_resourcing import browse, click, day, year


async def test_a_receipt_made_by_mistake_is_reversed(app: Litestar) -> None:
    made = await make_partnership()
    given = await pledge(made, await open_budget(made))
    await agree_by_all(made, given)
    async with await browse(app, made) as browser:
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Record an invoice")
        await browser.submit(form, "Record the invoice", {"reference": "INV-7", **day("invoiced_on")})
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Record what has come")
        await browser.submit(form, "Record it", {"amount_pence": "10,000", **day("received_on")})
        record = await click(browser, await year(browser, made), f"{made.area.name} Police")
        form = await click(browser, record, "Reverse the receipt of £10,000")
        refused = await browser.submit(form, "Reverse it", {}, status=422)
        assert refused.errors == ["Enter why it is reversed"]
        said = {"reason": "It was another area's payment."}
        page = await browser.follow(await browser.submit(refused, "Reverse it", said))
        assert page.table("Who gives what")[0][3:5] == ["£0", "Invoiced"]
        record = await click(browser, page, f"{made.area.name} Police")
        first, second = record.table("What has come")
        assert first == ["1 May 2026", "£10,000", "Reversed", ""]
        assert second[1:] == ["−£10,000", "Reverses a receipt made by mistake: It was another area's payment.", ""]
        stale = await browser.submit(refused, "Reverse it", {"reason": "Once more."}, status=422)
        assert stale.errors == ["This receipt has been reversed already."]
