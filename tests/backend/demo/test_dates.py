"""The days of the invented nation fit together whatever day it is built on."""

from datetime import date, timedelta

from backend.demo.dates import ARRANGEMENTS_BEGAN, Days

DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 366)]


def test_its_history_begins_before_the_last_academic_year_on_every_day_of_four_years() -> None:
    """In the summer it began five months after: who had been appointed by then had no seat, and nothing was built."""
    for days in (Days(today=day) for day in DAYS):
        assert ARRANGEMENTS_BEGAN < days.two_years_ago < days.last_academic_year < days.academic_year < days.today
        assert days.two_years_ago <= days.last_financial_year < days.financial_year <= days.today


def test_the_academic_year_under_way_has_run_for_75_days() -> None:
    assert Days(today=date(2026, 11, 14)).academic_year == date(2025, 9, 1)
    assert Days(today=date(2026, 11, 15)).academic_year == date(2026, 9, 1)
