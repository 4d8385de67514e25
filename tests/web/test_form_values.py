"""What people type, and what it means."""

from datetime import date

import pytest

from backend.web.form_values import BadValue, parse_date, parse_pence, parse_text, parse_whole
from backend.web.forms import Form


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1250", 125_000),
        ("£1,250", 125_000),
        ("1,250.5", 125_050),
        (" 0.07 ", 7),
        ("0.29", 29),
        ("1 250", 125_000),
        ("£ 12,345,678.90", 1_234_567_890),
        ("90071992547.41", 9_007_199_254_741),
    ],
)
def test_pounds_become_pence_exactly(typed: str, pence: int) -> None:
    assert parse_pence(typed, "the amount", 0, 10**15) == pence


@pytest.mark.parametrize(
    "typed", ["", "ten", "1.234", "1,25", "12,34.5", "1e5", "--5", "£", "٣", "0x10", "1" * 40, "1.", "1.-5", "€5"]
)
def test_an_amount_that_is_not_one(typed: str) -> None:
    with pytest.raises(BadValue, match=r"^The amount must be an amount in pounds, like 1,250"):
        parse_pence(typed, "the amount", 0, 10**15)


def test_an_amount_out_of_bounds_names_the_bound() -> None:
    with pytest.raises(BadValue, match=r"^The amount must be £0\.01 or more$"):
        parse_pence("-5", "the amount", 1, 100)
    with pytest.raises(BadValue, match=r"^The amount must be £1\.00 or less$"):
        parse_pence("5", "the amount", 1, 100)


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        ("3", "9", "2026", date(2026, 9, 3)),
        ("03", "09", "2026", date(2026, 9, 3)),
        ("29", "Feb", "2028", date(2028, 2, 29)),
        ("1", "SEPTEMBER", "2026", date(2026, 9, 1)),
    ],
)
def test_dates_as_people_write_them(day: str, month: str, year: str, expected: date) -> None:
    assert parse_date({"day": day, "month": month, "year": year}, "the start date") == expected


@pytest.mark.parametrize(
    ("day", "month", "year", "message"),
    [
        ("31", "2", "2026", "The start date must be a real date, like 27 3 2026"),
        ("0", "1", "2026", "The start date must be a real date, like 27 3 2026"),
        ("1", "Brumaire", "2026", "The start date must be a real date, like 27 3 2026"),
        ("1", "", "2026", "The start date must include a month"),
        ("", "", "2026", "The start date must include a day and a month"),
        ("1", "1", "26", "The start date must have a year of four figures, like 2026"),
        ("1", "1", "0000", "The start date must be a real date, like 27 3 2026"),
        ("²", "1", "2026", "The start date must be a real date, like 27 3 2026"),
    ],
)
def test_dates_that_are_not(day: str, month: str, year: str, message: str) -> None:
    with pytest.raises(BadValue) as bad:
        parse_date({"day": day, "month": month, "year": year}, "the start date")
    assert str(bad.value) == message


def test_text_is_trimmed_and_composed() -> None:
    assert parse_text("  Zoe\u0308 ", "the name", 200, False) == "Zo\u00eb"


def test_line_breaks_are_kept_only_where_they_are_wanted() -> None:
    assert parse_text("one\r\ntwo", "the note", 200, True) == "one\ntwo"
    with pytest.raises(BadValue, match="must not contain line breaks"):
        parse_text("one\ntwo", "the name", 200, False)


@pytest.mark.parametrize("typed", ["nul\x00", "esc\x1b[31m", "\ud800"])
def test_invisible_characters_are_refused(typed: str) -> None:
    with pytest.raises(BadValue, match="invisible"):
        parse_text(typed, "the name", 200, True)


def test_text_that_is_too_long_says_how_long_it_may_be() -> None:
    with pytest.raises(BadValue, match=r"^The note must be 2,000 characters or fewer$"):
        parse_text("x" * 2001, "the note", 2000, False)


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("1,200", 1200), (" 0 ", 0)])
def test_whole_numbers(typed: str, number: int) -> None:
    assert parse_whole(typed, "the places", 0, 5000) == number


@pytest.mark.parametrize("typed", ["1.5", "two", "9" * 30, "-1", "6000"])
def test_whole_numbers_that_are_not(typed: str) -> None:
    with pytest.raises(BadValue):
        parse_whole(typed, "the places", 0, 5000)


def test_the_summary_follows_the_page_and_links_to_what_is_on_it_alone() -> None:
    form = Form(raw={"version": ["odd"], "start": ["1"]})
    form.whole("end", label="the last year")
    form.date("start", label="the first day")
    form.whole("version", label="the version")
    hidden, *shown = form.summary('<input name="version"><input id="start-day"><input id="end">')
    assert "href" not in hidden, "nobody can go to a hidden field"
    assert shown == [
        {"text": "Enter the first day", "href": "#start-day"},
        {"text": "Enter the last year", "href": "#end"},
    ]
