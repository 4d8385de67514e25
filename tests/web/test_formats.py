"""Money, dates and figures as pages write them."""

from datetime import UTC, date, datetime

import pytest

from backend.web import formats


@pytest.mark.parametrize(
    ("pence", "text"),
    [(0, "£0"), (7, "£0.07"), (125_000, "£1,250"), (125_050, "£1,250.50"), (-50_000, "−£500"), (None, "Not given")],
)
def test_money(pence: int | None, text: str) -> None:
    assert formats.money(pence) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 9, 3), "3 September 2026"),
        ("2026-09-03", "3 September 2026"),
        ("2026-06-30T23:30:00+00:00", "1 July 2026"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),
        (None, "Not set"),
    ],
)
def test_a_date_is_the_day_in_london(value: date | str | None, text: str) -> None:
    assert formats.long_date(value) == text


@pytest.mark.parametrize(
    ("value", "day"),
    [("2026-06-30T23:30:00+00:00", date(2026, 7, 1)), ("2026-06-30", date(2026, 6, 30)), (None, None)],
)
def test_also_as_a_date_for_programs(value: str | None, day: date | None) -> None:
    assert formats.day(value) == day


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-07-01T13:05:00+00:00", "1 July 2026 at 2:05pm"),
        ("2026-01-01T00:00:00+00:00", "1 January 2026 at 12:00am"),
        ("2026-01-01T12:00:00+00:00", "1 January 2026 at 12:00pm"),
        (None, "Never"),
    ],
)
def test_an_instant(value: str | None, text: str) -> None:
    assert formats.instant(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, "–"), (0, 9, "0%"), (1, 1000, "1%"), (999, 1000, "99%"), (1000, 1000, "100%"), (1, 3, "33%")],
)
def test_a_share_is_whole_only_when_it_is(part: int, whole: int, text: str) -> None:
    assert formats.percent(part, whole) == text


def test_counts() -> None:
    assert formats.plural(1, "school") == "1 school"
    assert formats.plural(1200, "school") == "1,200 schools"
    assert formats.plural(2, "agency", "agencies") == "2 agencies"
