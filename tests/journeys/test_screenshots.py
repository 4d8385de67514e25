"""The three pages that the README shows: each holds, and its picture is there and shown.

With CONCORDAT_WRITE_SCREENSHOTS=1 the pictures are taken anew.
"""

from __future__ import annotations

import os
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from litestar import Litestar
from playwright.async_api import Browser, ViewportSize

from backend.app import create_app
from backend.demo.plan import Scale
from concordat_graphql.operations import run_stored
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat
from tests.journeys.product import arrive
from tests.journeys.server import served
from tests.journeys.visitor import View
from tests.shape.files import ROOT
from tests.support.cluster import Cluster
from tests.support.nation import Nation, nation_of
from tests.support.product import product_settings

pytestmark = pytest.mark.browser
WRITE = os.environ.get("CONCORDAT_WRITE_SCREENSHOTS") == "1"
VIEW = View("desktop", ViewportSize(width=1280, height=900), True)
TALLEST = 1400  #: pixels of a page that a picture shows


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: whose page and where, and words that the page must hold."""

    name: str
    open: Callable[[Nation], Awaitable[tuple[Actor, str]]]
    words: str

    @property
    def file(self) -> Path:
        return ROOT / "docs" / "images" / f"{self.name}.png"


async def area_page(nation: Nation) -> tuple[Actor, str]:
    """An area’s budget of the year, as its business manager sees it."""
    return await nation.world.manager("brackenshire"), "/area/brackenshire/resourcing"


async def school_page(nation: Nation) -> tuple[Actor, str]:
    """A duty that a school has still to answer, as its safeguarding lead sees it."""
    for subject in sorted(name for name in nation.world.people if name.startswith("school-")):
        contact = await nation.world.actor(subject, anew=True)
        asked = (await run_stored("MyDuties", actor=contact, variables={"openOnly": True})).data
        if asked and (open_ones := asked["duties"]["nodes"]):
            return contact, f"/duties/{open_ones[0]['id']}"
    raise AssertionError("every school has answered")


async def national_page(nation: Nation) -> tuple[Actor, str]:
    """Every area in one table, as an official sees it."""
    return await nation.world.actor("official", hat=Hat.NATIONAL), "/national"


SHOTS = (
    Shot(name="area", open=area_page, words="Brackenshire"),
    Shot(name="school", open=school_page, words="safeguarding"),
    Shot(name="nation", open=national_page, words="Brackenshire"),
)


if WRITE:  # the pictures show the whole demo, not the small nation that the tests share

    @pytest_asyncio.fixture(scope="module")
    async def nation(cluster: Cluster) -> AsyncIterator[Nation]:
        async with nation_of(cluster, scale=Scale(), name="concordat_pictures") as whole:
            yield whole


@pytest.fixture
async def address(in_nation: Nation, database: Cluster) -> AsyncIterator[str]:
    def app(base_url: str) -> Litestar:
        return create_app(product_settings(database, base_url=base_url))

    async with served(app) as here:
        yield here


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
async def test_a_page_of_the_readme_holds(browser: Browser, address: str, in_nation: Nation, shot: Shot) -> None:
    someone, path = await shot.open(in_nation)
    visitor = await arrive(browser, address=address, view=VIEW, someone=someone)
    await visitor.visit(path)
    assert shot.words in await visitor.page.get_by_role("main").inner_text()
    if WRITE:
        shot.file.parent.mkdir(exist_ok=True)
        height = min(await visitor.page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0.0, "y": 0.0, "width": float(VIEW.viewport["width"]), "height": float(height)}
        await visitor.page.screenshot(path=shot.file, full_page=True, clip=clip)  # type: ignore[arg-type]
    await visitor.leave()


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_its_picture_is_there_and_shown(shot: Shot) -> None:
    content = shot.file.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) >= (1280, 400)
    assert f"docs/images/{shot.name}.png" in (ROOT / "README.md").read_text()
