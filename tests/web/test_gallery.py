"""The components of every page, used as a page uses them."""

import pytest

from tests.web.page_client import PageClient


@pytest.mark.parametrize("path", ["/gallery", "/gallery/anonymous", "/gallery/confirm"])
async def test_every_component_makes_a_sound_page(gallery: PageClient, path: str) -> None:
    page = await gallery.get(path)
    assert page.h1


async def test_a_table_shows_money_dates_and_states_in_words(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    assert page.table("Contributions for 2026-27") == [
        ["Lowmoor Borough Council", "£125,000", "1 April 2026", "Agreed"],
        ["NHS Fellside & Vale ICB", "£98,500.50", "Not set", "Pledged"],
        ["Northmere Constabulary", "Not given", "Not set", "Withdrawn"],
    ]


async def test_a_form_shows_stored_values(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    shown = {str(field.get("name")): field.get("value") for field in page.form("Save contribution").find_all("input")}
    assert (shown["name"], shown["starts_on-day"], shown["starts_on-year"]) == ("Lowmoor", "3", "2026")


async def test_a_sound_form_redirects_and_the_next_page_says_so_once(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    answer = await gallery.submit(page, "Save contribution", {"amount": "£1,250.50"})
    after = await gallery.follow(answer)
    assert after.banner == "Contribution saved"
    assert (await gallery.get("/gallery")).banner == ""


async def test_a_form_with_problems_says_each_beside_its_field_and_keeps_what_was_typed(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    typed = {"name": " ", "starts_on-day": "31", "starts_on-month": "2", "amount": "lots & lots"}
    again = await gallery.submit(page, "Save contribution", typed, status=422)
    assert again.errors == [
        "Enter the partner's name",
        "The start date must be a real date, like 27 3 2026",
        "The amount must be an amount in pounds, like 1,250 or 1,250.50",
    ]
    assert again.soup.find(id="amount")["value"] == "lots & lots"
    assert again.soup.find(id="amount-error").get_text(strip=True).endswith("like 1,250 or 1,250.50")
    assert again.soup.title.get_text(strip=True) == "Component gallery – error – Concordat"


async def test_the_current_page_is_marked_in_the_navigation(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    current = page.soup.select("nav[aria-label=Main] [aria-current=page]")
    assert [link.get_text(strip=True) for link in current] == ["Home"]


async def test_the_chart_is_one_image_with_a_message_and_a_table(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    drawing = page.soup.select_one("svg[role=img]")
    assert "£38,000 short" in drawing.desc.get_text()
    assert page.table("Contributions against budget: figures")[-1] == ["2026-27", "£412,000", "£93,000", "£450,000"]
