"""Every component in a real browser: accessible, narrow enough, working with and without script."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from backend.app import build_app
from tests.journeys.server import served
from tests.journeys.visitor import DESKTOP, VIEWS, View, Visitor
from tests.web.gallery.pages import ROUTES, TEMPLATES
from tests.web.settings import page_settings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    async with served(
        lambda base_url: build_app(page_settings(base_url=base_url), routes=ROUTES, templates=TEMPLATES)
    ) as here:
        yield here


@pytest.fixture(params=(VIEWS[0], VIEWS[3]), ids=lambda view: view.name)
def view(request: pytest.FixtureRequest) -> View:
    """The two that differ most; the journeys look in all four ways."""
    seen: View = request.param
    return seen


@pytest.fixture
async def visitor(browser: Browser, address: str, view: View) -> AsyncIterator[Visitor]:
    person = await Visitor.arrive(browser, address=address, view=view)
    yield person
    await person.leave()


async def test_a_form_is_corrected_and_saved(visitor: Visitor) -> None:
    await visitor.visit("/gallery")
    await visitor.page.get_by_label("Amount for the year").fill("lots")
    await visitor.press("Save contribution")
    summary = visitor.page.get_by_role("alert")
    assert "must be an amount in pounds" in await summary.inner_text()
    await visitor.page.get_by_label("Amount for the year").fill("12,500")
    await visitor.press("Save contribution")
    assert "Contribution saved" in await visitor.page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("path", ["/gallery/anonymous", "/gallery/confirm"])
async def test_pages_hold(visitor: Visitor, path: str) -> None:
    await visitor.visit(path)


async def test_an_error_page_holds(visitor: Visitor) -> None:
    visitor.expect = ("404 (Not Found)",)
    await visitor.visit("/nothing/here")


async def test_script_moves_the_reader_to_the_problems_and_closes_the_menu(browser: Browser, address: str) -> None:
    person = await Visitor.arrive(browser, address=address, view=View("tall", DESKTOP, True))
    await person.visit("/gallery/anonymous")
    await person.press("Save contribution")
    focused = await person.page.evaluate("document.activeElement.className")
    assert "govuk-error-summary" in focused
    await person.page.get_by_role("link", name="Enter the amount").click()
    assert await person.page.evaluate("document.activeElement.id") == "amount"
    await person.leave()


async def test_no_font_is_fetched_and_nothing_from_elsewhere(browser: Browser, address: str) -> None:
    person = await Visitor.arrive(browser, address=address, view=View("desktop", DESKTOP, True))
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    await person.visit("/gallery")
    assert [url for url in asked if not url.startswith(address)] == []
    family = await person.page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert family == "arial, sans-serif"
    assert not [url for url in asked if "font" in url or url.endswith((".woff", ".woff2"))]
    await person.leave()
