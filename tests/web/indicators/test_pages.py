"""The pages of figures: sent, looked at, accepted, drawn; definitions, targets, neighbours, files."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import asyncpg
import openpyxl
import pytest
from litestar import Litestar

from tenants.indicators.rules.template import COLUMNS, MOST_BYTES
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.indicators import CODE, csv_of, quarter_lines, send_figures
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.indicators.test_personal import NHS
from tests.web.page_client import Page, PageClient

JULY = date(2026, 7, 1)
SUPPLIED = {"supplied_name": "Priya Raman", "supplied_post": "Analyst", "supplied_body": "Testshire Police"}
TITLE = "Missing episodes of children"


async def browse(app: Litestar, area: AreaMade, role: Role = Role.BUSINESS_MANAGER) -> PageClient:
    return await signed_in(app, await make_actor(role, area=area, name="Bea Hall"))


def here(area: AreaMade, rest: str = "") -> str:
    return f"/area/{area.slug}/indicators{rest}"


async def click(browser: PageClient, page: Page, words: str) -> Page:
    return await browser.get(next(href for text, href in page.links().items() if text.startswith(words)))


async def upload(browser: PageClient, page: Page, content: bytes, *, status: int = 303, **typed: str) -> Page:
    files = {"file": ("figures.csv", content, "text/csv")}
    return await browser.submit(page, "Check the file", {**SUPPLIED, **typed}, status=status, files=files)


@pytest.mark.parametrize("role", [Role.BUSINESS_MANAGER, Role.DELEGATED_SAFEGUARDING_PARTNER])
async def test_a_file_is_sent_checked_accepted_and_drawn(app: Litestar, role: Role) -> None:
    area = await make_area()
    content = csv_of(*quarter_lines([3, 20, 30, 53], starts_on=JULY), "nonsense,,month,2026-07-01,9,final")
    async with await browse(app, area, role) as browser:
        page = await browser.get(here(area))
        assert "No figures yet" in page.text
        form = await click(browser, page, "Send figures")
        assert "No file has been sent yet" in form.text
        checked = await browser.follow(await upload(browser, form, content))
        assert checked.table("Lines with problems") == [
            ["6", "The indicator is not one of this area’s. Use a code from the template."]
        ]
        [held] = checked.table("What the file holds")
        assert held == [TITLE, "4", "1", "July 2026", "September 2026"]
        done = await browser.follow(await browser.submit(checked, "Accept the figures", {}))
        assert done.banner == "The figures are on the scorecard."
        assert "4 new, 0 revised, 0 as they were" in done.text
        card = await browser.get(here(area))
        assert [row[:2] for row in card.table(f"{TITLE}: figures")] == [
            ["September 2026", "30"],
            ["August 2026", "c"],
            ["July to September 2026", "53"],
            ["July 2026", "c"],
        ]
        assert "Proposed" in card.text
        assert "withheld: a count of 1 to 5" in card.text
        assert len(card.soup.select("svg .app-chart__bar")) == 1


async def test_a_file_about_a_child_is_refused_with_its_line_and_without_its_number(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        content = csv_of(f"{CODE},,month,2026-07-01,12,final", f"{CODE},,month,2026-08-01,{NHS},final")
        page = await browser.follow(await upload(browser, form, content))
        assert page.table("Lines with problems")[0][0] == "3"
        assert "The file was refused. Nothing of it was kept" in page.text
        assert NHS not in page.response.text
        assert "Accept the figures" not in page.text


async def test_the_same_form_with_another_file_is_another_file(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        one = await upload(browser, form, csv_of(f"{CODE},,month,2026-07-01,12,final"))
        again = await upload(browser, form, csv_of(f"{CODE},,month,2026-07-01,12,final"))
        other = await upload(browser, form, csv_of(f"{CODE},,month,2026-07-01,13,final"))
        assert one.location == again.location != other.location


async def test_what_is_missing_in_the_form_is_said(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        refused = await browser.submit(form, "Check the file", {}, status=422)
        assert refused.errors[0] == "Select a file"
        refused = await upload(browser, form, b"x" * 300_000, status=422)
        assert refused.errors == ["The file must be 256 KB or smaller. Send it in parts."]


async def test_a_checked_file_is_discarded(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        checked = await browser.follow(await upload(browser, form, csv_of(f"{CODE},,month,2026-07-01,12,final")))
        stale = checked
        page = await browser.follow(await browser.submit(checked, "Discard the file", {}))
        assert "Discarded" in page.text
        refused = await browser.submit(stale, "Accept the figures", {}, status=422)
        assert refused.errors == ["This file has been discarded already."]


async def test_the_template_names_the_indicators(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area, Role.VIEWER) as browser:
        text = (await browser.http.get(here(area, "/template.csv"))).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert CODE in [row["indicator"] for row in rows]
    assert {row["value"] for row in rows} == {""}


async def test_an_indicator_is_defined_aimed_for_and_its_target_removed(app: Litestar) -> None:
    area = await make_area()
    await send_figures(area, f"{CODE},,month,2026-07-01,12,final")
    async with await browse(app, area) as browser:
        form = await click(browser, await browser.get(here(area)), "Set a target")
        typed = {"direction": "at_most", "value": "10", "from_on-day": "1", "from_on-month": "4",
                 "from_on-year": "2026"}  # fmt: skip
        page = await browser.follow(await browser.submit(form, "Set the target", typed))
        assert page.table(f"{TITLE}: figures")[0][2:4] == ["At most 10", "No"]
        assert len(page.soup.select("svg .app-chart__target")) >= 1
        record = await click(browser, page, "What is counted")
        assert "It is no national standard" in record.text
        removing = await click(browser, record, "Remove")
        page = await browser.follow(await browser.submit(removing, "Remove the target", {"reason": "Too low."}))
        assert page.banner == "The target is removed."
        form = await browser.get(here(area, "/define"))
        typed = {"code": "early_help", "title": "Early help", "meaning": "Families with an early help plan.",
                 "source": "The council"}  # fmt: skip
        page = await browser.follow(await browser.submit(form, "Save the definition", typed))
        assert page.banner == "The indicator is defined."
        form = await browser.get(here(area, "/define?code=early_help"))
        refused = await browser.submit(form, "Save the definition", {"edition": "1", "geography": "area"}, status=422)
        assert refused.errors == ["This area already has that version of that indicator."]


async def test_an_indicator_of_running_totals_says_so_and_its_answers_must_fit(app: Litestar) -> None:
    area = await make_area()
    typed = {"code": "early_help", "edition": "1", "title": "Early help", "meaning": "Families with a new plan.",
             "source": "The council", "unit": "percent", "geography": "area", "adds": "running_total"}  # fmt: skip
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/define"))
        refused = await browser.submit(form, "Save the definition", typed, status=422)
        assert refused.errors[0].startswith("A running total is a number")
        await browser.follow(await browser.submit(refused, "Save the definition", {"unit": "count"}))
        record = await browser.get(here(area, "/definition?code=early_help"))
        assert "Running total since 1 April Yes" in " ".join(record.text.split())


async def test_neighbours_are_chosen_one_on_a_line(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/neighbours"))
        refused = await browser.submit(form, "Save the neighbours", {"neighbours": "Westshire"}, status=422)
        assert refused.errors[0].startswith("Give each local authority its three digits")
        typed = {"neighbours": "901 Westshire Council\n902 Eastshire"}
        page = await browser.follow(await browser.submit(form, "Save the neighbours", typed))
        assert "This area compares itself with Eastshire, Westshire Council" in page.text


async def test_the_files_hold_symbols_and_cannot_act_as_formulas(app: Litestar, tmp_path: Path) -> None:
    area = await make_area()
    await send_figures(area, *quarter_lines([3, 20, 30, 53], starts_on=JULY))
    async with await browse(app, area, Role.VIEWER) as browser:
        text = (await browser.http.get(here(area, "/figures.csv"))).content.decode("utf-8-sig")
        book = (await browser.http.get(here(area, "/figures.xlsx"))).content
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Period"], row["Value"], row["Symbol"]) for row in rows] == [
        ("month", "", "c"),
        ("month", "", "c"),
        ("month", "30", ""),
        ("quarter", "53", ""),
    ]
    page = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    assert (page["H2"].value, page["I2"].value, page["H4"].value) == (None, "c", 30)


async def test_a_reader_who_writes_is_refused(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area, Role.INDEPENDENT_SCRUTINEER) as browser:
        page = await browser.get(here(area, "/import"))
        assert "Check the file" not in page.text
        form = await browser.get(here(area, "/neighbours"))
        refused = await browser.submit(form, "Save the neighbours", {"neighbours": "901 West"}, status=422)
        assert refused.errors == ["Only a business manager of this area can change its scorecard."]


@pytest.mark.parametrize("path", ["", "/import", "/figures.csv", "/template.csv", "/neighbours", "/define", "/target"])
async def test_another_area_finds_no_page(app: Litestar, path: str) -> None:
    area = await make_area()
    await send_figures(area, f"{CODE},,month,2026-07-01,12,final")
    stranger = await make_actor(Role.BUSINESS_MANAGER, area=await make_area("Elsewhere"))
    async with await signed_in(app, stranger) as browser:
        await browser.get(here(area, path), status=404)


@pytest.mark.parametrize("path", ["/definition?code=nothing", "/file?id=nonsense", "/target?code=x", "/define?code=x"])
async def test_an_address_that_makes_no_sense_is_not_found(app: Litestar, path: str) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        await browser.get(here(area, path), status=404)


async def test_a_childs_number_is_in_no_table_after_its_file_was_sent(app: Litestar, database: Cluster) -> None:
    area, number = await make_area(), "9990000026"
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        await upload(browser, form, csv_of(f"{CODE},,month,2026-07-01,{number},final"))
    connection = await asyncpg.connect(database.superuser)
    tables = await connection.fetch(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in "
        "('public', 'audit', 'queue')"
    )
    held = [table["name"] for table in tables
            if await connection.fetchval(f"select exists (select from {table['name']} t where t::text like $1)",
                                         f"%{number}%")]  # fmt: skip
    await connection.close()
    assert len(tables) > 30
    assert held == []


async def test_the_form_says_what_goes_into_each_column(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        assert [row[0] for row in form.table("What goes into each column")] == list(COLUMNS)


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 4 * MOST_BYTES])
async def test_a_file_that_is_too_large_is_told_at_its_field(app: Litestar, size: int) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        page = await upload(browser, form, b"x" * size, status=422)
        assert page.errors == ["The file must be 256 KB or smaller. Send it in parts."]
        assert page.soup.select_one("#supplied_name")["value"] == "Priya Raman"


async def test_a_file_without_a_figure_is_to_be_sent_again(app: Litestar) -> None:
    area = await make_area()
    async with await browse(app, area) as browser:
        form = await browser.get(here(area, "/import"))
        page = await browser.follow(await upload(browser, form, csv_of(f"{CODE},,week,2026-07-01,12,final")))
        assert page.table("Lines with problems") == [["2", "The period type must be month or quarter."]]
        assert "No figure can be taken. Discard this file, mend the lines below and send it again." in page.text
