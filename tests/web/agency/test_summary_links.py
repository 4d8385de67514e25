"""What is wrong with a return leads to the field that puts it right, also from the page that checks it."""

from __future__ import annotations

from litestar import Litestar

from tests.support.cooperation import asked_school
from tests.support.product import signed_in
from tests.support.world import make_area
from tests.web.agency.test_answering import TYPED, contact_of, open_form
from tests.web.page_client import Page

CHECK = "Check your answers"


def summary_links(page: Page) -> list[str]:
    return [str(link["href"]) for link in page.soup.select(".govuk-error-summary__list a")]


async def test_a_half_finished_draft_is_refused_with_links_to_fields_of_the_form(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await contact_of(asked)) as browser:
        form = await open_form(browser)
        here = str(form.form(CHECK)["action"])
        await browser.submit(form, "Save for later", {"q_note": "More to come"})
        check = await browser.get(here.replace("/answer", "/check"))
        links = summary_links(await browser.submit(check, "Send", {}, status=422))
        assert [link.partition("#")[0] for link in links] == [here] * len(links)
        shown = (await browser.get(here)).soup
        targets = [link.partition("#")[2] for link in links]
    assert "q_reviewed-day" in targets
    assert [target for target in targets if shown.find(id=target) is None] == []


async def test_a_named_persons_email_is_the_field_that_is_wrong(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    async with await signed_in(app, await contact_of(asked)) as browser:
        wrong = {**TYPED, "q_lead_email": "maya at meadow"}
        page = await browser.submit(await open_form(browser), CHECK, wrong, status=422)
    assert summary_links(page) == ["#q_lead_email"]
    assert page.soup.find(id="q_lead_email-error") is not None
    assert page.soup.find(id="q_lead-error") is None
