"""Working days, cross-checked against dates that anyone can look up."""

from __future__ import annotations

from datetime import date

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from infra.working_days import (
    BeyondCalendar,
    add_working_days,
    announced_years,
    is_working_day,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "works", "because"),
    [
        (date(2026, 11, 20), True, "a Friday"),
        (date(2026, 11, 21), False, "a Saturday"),
        (date(2026, 11, 22), False, "a Sunday"),
        (date(2026, 4, 3), False, "Good Friday"),
        (date(2026, 4, 6), False, "Easter Monday"),
        (date(2026, 5, 4), False, "early May bank holiday"),
        (date(2026, 8, 31), False, "summer bank holiday in England"),
        (date(2026, 8, 3), True, "a bank holiday in Scotland only"),
        (date(2026, 3, 17), True, "St Patrick's Day, a bank holiday in Northern Ireland only"),
        (date(2026, 12, 28), False, "Boxing Day on a Saturday gives Monday"),
        (date(2023, 5, 8), False, "the coronation"),
        (date(2022, 9, 19), False, "the state funeral"),
    ],
)
def test_a_working_day(day: date, works: bool, because: str) -> None:
    assert is_working_day(day) is works, because


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 4, 2), 5, date(2026, 4, 13)),
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
    ],
)
def test_counting_on_from_a_day(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count) == end


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 27), 5),
        (date(2026, 12, 23), date(2026, 12, 30), 3),
        (date(2026, 11, 27), date(2026, 11, 20), -5),
    ],
)
def test_counting_between_days(start: date, end: date, count: int) -> None:
    assert working_days_between(start, end) == count


def test_before_the_listed_holidays_it_refuses_to_guess() -> None:
    first, _ = announced_years()
    with pytest.raises(BeyondCalendar, match=f"known from {first} on"):
        add_working_days(date(first, 1, 4), -5)


def test_after_the_announced_holidays_those_of_every_year_are_counted() -> None:
    _, last = announced_years()
    assert last < 2031, "the days below are announced by now: choose later ones"
    assert add_working_days(date(2031, 4, 10), 1) == date(2031, 4, 15), "Good Friday and Easter Monday"
    assert add_working_days(date(2032, 12, 24), 1) == date(2032, 12, 29), "Christmas on a Saturday"
    assert working_days_between(date(2031, 4, 30), date(2031, 5, 31)) == 20, "two Mondays of May"


def test_every_bank_holiday_that_the_package_knows_is_none() -> None:
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    days = [holiday["date"] for holiday in listed]
    assert len(days) > 100
    assert not any(is_working_day(day) for day in days)
    assert announced_years() == (min(days).year, max(days).year)
