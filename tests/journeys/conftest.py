"""A real browser for journeys."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.journeys.visitor import VIEWS, View

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the whole run; without it these tests fail and say what to do."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "install Chromium (apt-get install chromium), or leave these out: CONCORDAT_SKIP_BROWSER=1 make test"
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        yield chromium
        await chromium.close()


@pytest.fixture(params=VIEWS, ids=lambda view: view.name)
def view(request: pytest.FixtureRequest) -> View:
    """Desktop and phone, with script and without."""
    seen: View = request.param
    return seen
