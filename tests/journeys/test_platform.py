"""A platform administrator's first day: an area, its authority, its manager, the register, a job that failed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser

from integrations.gias import synthetic
from tenants.tenancy.roles import Role
from tests.graphql.platform import sending
from tests.journeys.product import JOURNEY_VIEWS, arrive
from tests.journeys.visitor import View, Visitor
from tests.support.cluster import Cluster
from tests.support.queue import drain
from tests.support.world import make_actor

pytestmark = pytest.mark.browser
ROWS = 30


@pytest.fixture
async def keeper(browser: Browser, product_address: str, journey_view: View) -> Visitor:
    someone = await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Keeper")
    return await arrive(browser, address=product_address, view=journey_view, someone=someone)


async def said(keeper: Visitor) -> str:
    return await keeper.page.get_by_role("main").inner_text()


async def fill(keeper: Visitor, **values: str) -> None:
    for label, value in values.items():
        await keeper.page.get_by_label(label.replace("_", " "), exact=True).fill(value)


async def test_from_a_new_area_to_its_manager(keeper: Visitor) -> None:
    number = JOURNEY_VIEWS.index(keeper.view)
    name, code = f"Dawnshire {number}", str(960 + number)
    await keeper.visit("/platform")
    await keeper.go("Add an area")
    await fill(keeper, Name_of_the_area=name, Web_name=f"dawnshire-{number}")
    await keeper.press("Add area")
    await keeper.press("Add local authority")
    assert "Enter the name of the local authority" in await keeper.page.get_by_role("alert").inner_text()
    await fill(keeper, Name_of_the_local_authority="Dawn Council", Day="1", Month="4", Year="2026")
    await keeper.page.get_by_label("three-digit code").fill(code)
    await keeper.press("Add local authority")
    assert "Dawn Council is covered." in await said(keeper)
    await keeper.visit("/platform/people")
    await keeper.go("Invite someone")
    await fill(keeper, Name="Mia Manager", Email_address=f"mia{number}@dawn.example")
    await keeper.page.get_by_label("Role", exact=True).select_option("business_manager")
    await keeper.page.get_by_label("Area", exact=True).select_option(label=name)
    await keeper.press("Send invitation")
    assert f"We have sent an invitation to mia{number}@dawn.example." in await said(keeper)
    await keeper.leave()


async def test_the_register_is_uploaded_and_its_progress_followed(
    keeper: Visitor, database: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORDAT_DATA_DIR", str(database.folder))
    first = 972_000 + 1_000 * JOURNEY_VIEWS.index(keeper.view)  # schools that no other test has imported
    monkeypatch.setattr("integrations.gias.invented.FIRST_URN", first)
    files = await asyncio.to_thread(synthetic.write_extracts, tmp_path / "register", rows=ROWS, trusts=3)
    await keeper.visit("/platform/imports")
    await keeper.press("Upload and import")
    assert "Select a file" in await keeper.page.get_by_role("alert").inner_text()
    await keeper.page.get_by_label("Which file is it?").select_option("establishments")
    await keeper.page.get_by_label("File", exact=True).set_input_files(files.establishments)
    await keeper.page.get_by_label("Import even when a fifth").check()
    await keeper.press("Upload and import")
    assert "Waiting" in await said(keeper)
    assert "0 rows read so far" in await said(keeper)
    await drain()
    await keeper.go("Refresh")
    created = keeper.page.get_by_role("row", name=f"Created {ROWS}")
    assert await created.count() == 1
    await keeper.visit("/platform/imports")
    assert files.establishments.name in await said(keeper)
    await keeper.leave()


async def test_a_failed_job_is_tried_again(keeper: Visitor) -> None:
    await sending.a_failed_job()
    await keeper.visit("/platform/jobs?state=failed")
    async with keeper.page.expect_navigation():
        await keeper.page.get_by_role("link", name="Try again").first.click()
    await keeper.check()
    await keeper.press("Try again")
    assert "The job is queued again." in await keeper.page.get_by_role("alert").inner_text()
    await keeper.leave()
