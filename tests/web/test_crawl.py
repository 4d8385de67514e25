"""Everyone in the small nation follows every link they are shown: each leads to a sound page that is theirs to see."""

from __future__ import annotations

import re
from collections import Counter, deque

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from litestar import Litestar

from backend.app import create_app
from tenants.tenancy.roles import Hat
from tests.support.cluster import Cluster
from tests.support.nation import Nation
from tests.support.product import product_settings, signed_in
from tests.web.page_client import PageClient

MOST_PAGES = 70
SAME_SHAPE = 2  #: of pages that differ only in an id, so many are looked at
ID = re.compile(r"/[A-Za-z0-9_-]{20,}(?=/|$)")

PEOPLE = (
    ("brackenshire-manager", Hat.LOCAL),
    ("eastmarch-manager", Hat.LOCAL),
    ("brackenshire-lead-961", Hat.LOCAL),
    ("brackenshire-scrutineer", Hat.LOCAL),
    ("brackenshire-viewer", Hat.LOCAL),
    ("school-960001", Hat.LOCAL),
    ("trust-96001", Hat.LOCAL),
    ("official", Hat.NATIONAL),
    ("senior-official", Hat.NATIONAL),
    ("platform", Hat.PLATFORM),
)


@pytest_asyncio.fixture(scope="module")
async def app(database: Cluster) -> Litestar:
    """An application for the nation: what one remembers of a database is not true of another."""
    return create_app(product_settings(database))


@pytest.mark.parametrize(("subject", "hat"), PEOPLE, ids=[subject for subject, _ in PEOPLE])
async def test_every_link_shown_leads_somewhere(app: Litestar, in_nation: Nation, subject: str, hat: Hat) -> None:
    async with await signed_in(app, await in_nation.world.actor(subject, hat=hat)) as browser:
        home = await browser.get("/", status=303)
        seen = await crawl(browser, home.location)
    assert len(seen) > 3, f"{subject} is shown almost nothing: {seen}"


async def test_a_visitor_finds_their_way(app: Litestar, in_nation: Nation) -> None:
    async with PageClient(app) as browser:
        seen = await crawl(browser, "/")
    assert "/areas" in seen
    assert not [path for path in seen if path.startswith(("/area/", "/national", "/platform", "/duties"))]


async def crawl(browser: PageClient, start: str) -> list[str]:
    """Follow links from a page, a few of each shape; every answer is a sound page or a file."""
    waiting, seen, shapes = deque([start, "/account"] if start != "/" else [start]), [], Counter[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        shape = ID.sub("/{id}", path.partition("?")[0])
        if path in seen or shapes[shape] >= SAME_SHAPE:
            continue
        shapes[shape] += 1
        seen.append(path)
        page = await browser.look(path)
        if page.location:
            waiting.appendleft(page.location)
            continue
        if page.response.headers["content-type"].startswith("text/html"):
            waiting.extend(links(page.soup))
    return seen


def links(soup: BeautifulSoup) -> list[str]:
    """Return the paths of this site that a page links to."""
    found = [str(link["href"]).partition("#")[0] for link in soup.find_all("a", href=True)]
    return [path for path in found if path.startswith("/") and not path.startswith(("/static/", "/sign-in/"))]
