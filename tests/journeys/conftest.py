"""A real browser for journeys."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.journeys.product import JOURNEY_VIEWS, product_at
from tests.journeys.visitor import VIEWS, View
from tests.support.cluster import Cluster

#: the first is the lightest: the same engine without the windows that nobody sees
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the whole run; without it these tests fail and say what to do."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "install Chromium (apt-get install chromium), or leave these out: CONCORDAT_SKIP_BROWSER=1 make test"
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        yield chromium
        await chromium.close()


@pytest.fixture(scope="session")
async def product_address(database: Cluster) -> AsyncIterator[str]:
    """The whole product on the session's database."""
    async with product_at(database) as here:
        yield here


@pytest.fixture(params=JOURNEY_VIEWS, ids=lambda view: view.name)
def journey_view(request: pytest.FixtureRequest) -> View:
    """The two views of a journey."""
    seen: View = request.param
    return seen


@pytest.fixture(params=VIEWS, ids=lambda view: view.name)
def view(request: pytest.FixtureRequest) -> View:
    """Desktop and phone, with script and without."""
    seen: View = request.param
    return seen
