"""Signing in through a real provider in a real browser, and out again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from infra.database import sql
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.journeys.visitor import View, Visitor
from tests.support.identity_provider import SECRET, RunningProvider, running_provider
from tests.support.world import make_area
from tests.web.signing_in.world import account, know

pytestmark = pytest.mark.browser
SLUG = "browsers"


@pytest.fixture(scope="module")
async def at(product_address: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningProvider]:
    folder: Path = tmp_path_factory.mktemp("browser-provider")
    client = {
        "client_id": "concordat",
        "client_secret": SECRET,
        "redirect_uris": [f"{product_address}/sign-in/{SLUG}/callback"],
        "post_logout_redirect_uris": [f"{product_address}/signed-out"],
    }
    person = {"sub": "bea", "name": "Bea Hall", "email": "bea@council.example", "group": "Testshire"}
    with running_provider(folder, people=[person], clients=[client]) as running:
        await know(running, slug=SLUG)
        yield running


async def test_a_manager_signs_in_and_out(
    browser: Browser, product_address: str, at: RunningProvider, journey_view: View
) -> None:
    area = await make_area()
    async with system_scope("test", powers=["signin", "platform"]):
        known = await sql.fetch_value("select person_id from identity where subject = 'bea'")
    someone = known or await account(at, subject="bea", name="Bea Hall")
    async with system_scope("test", powers=["platform"]):
        await sql.execute(
            "insert into role_assignment (person_id, role, area_id, valid_from) values ($1, $2, $3, '2020-01-01')",
            someone, Role.BUSINESS_MANAGER.value, area.id,
        )  # fmt: skip
    person = await Visitor.arrive(browser, address=product_address, view=journey_view)
    await person.visit(f"/area/{area.slug}")
    assert "/sign-in" in person.page.url
    await person.page.get_by_role("button", name=f"Sign in with {SLUG.title()} sign-in").click()
    await person.page.get_by_role("button", name="Bea Hall").click()
    await person.page.wait_for_url(f"{product_address}/area/{area.slug}")
    await person.check()
    await person.page.get_by_role("button", name="Sign out").click()
    await person.page.wait_for_url("**/signed-out")
    await person.check()
    await person.page.get_by_role("link", name="sign out of").click()
    await person.page.wait_for_url("**/signed-out")
    assert "still signed in" not in await person.page.get_by_role("main").inner_text()
    await person.leave()
