"""The bank holidays of every year, held against all that have been announced, and against dates anyone can look up."""

from __future__ import annotations

from datetime import date

import pytest

from infra.bank_holidays import standing
from infra.working_days import announced_years, is_working_day

#: announced otherwise than every year: jubilees, a funeral, a coronation, and the May days that gave way to them
ONCE = {date(2012, 5, 28), date(2012, 6, 4), date(2012, 6, 5), date(2020, 5, 4), date(2020, 5, 8)} | {
    date(2022, 5, 30), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)
}  # fmt: skip


def test_they_are_those_that_were_announced_but_for_what_was_proclaimed_once() -> None:
    first, last = announced_years()
    for year in range(first, last + 1):
        days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
        announced = {day for day in days if day.weekday() < 5 and not is_working_day(day)}
        assert announced ^ standing(year) <= ONCE, year


def test_every_year_has_eight_and_none_of_them_at_a_weekend() -> None:
    for year in range(2012, 2100):
        assert len(standing(year)) == 8
        assert all(day.weekday() < 5 and day.year == year for day in standing(year))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2029, [(25, "a Tuesday"), (26, "a Wednesday")]),
        (2033, [(26, "Christmas Day is a Sunday: Boxing Day keeps its Monday"), (27, "for Christmas Day")]),
        (2032, [(27, "Christmas Day is a Saturday"), (28, "and Boxing Day a Sunday")]),
        (2037, [(25, "a Friday"), (28, "for Boxing Day, a Saturday")]),
    ],
)
def test_christmas(year: int, days: list[tuple[int, str]]) -> None:
    assert sorted(day.day for day in standing(year) if day.month == 12) == [day for day, _ in days]


@pytest.mark.parametrize(
    ("friday", "monday"),
    [
        (date(2008, 3, 21), date(2008, 3, 24)),
        (date(2026, 4, 3), date(2026, 4, 6)),
        (date(2038, 4, 23), date(2038, 4, 26)),
    ],
)
def test_good_friday_and_easter_monday(friday: date, monday: date) -> None:
    assert {friday, monday} <= standing(friday.year)
