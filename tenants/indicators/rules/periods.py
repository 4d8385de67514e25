"""The months, quarters and years that figures are about. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

QUARTER_MONTHS = (1, 4, 7, 10)
EARLIEST = 2000


class Period(StrEnum):
    """How long a figure's period is. Years are of published comparisons only."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LENGTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


def begins(period: Period, day: date) -> bool:
    """Return whether a period of this length may begin on the day: quarters in January, April, July or October."""
    return day.day == 1 and (period is not Period.QUARTER or day.month in QUARTER_MONTHS)


def months_later(day: date, months: int) -> date:
    """Return the first day of the month that many months after the day's month."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def last_day(period: Period, starts_on: date) -> date:
    """Return the last day of the period."""
    return months_later(starts_on, LENGTHS[period]) - timedelta(days=1)


def quarter_of(day: date) -> date:
    """Return the first day of the quarter that the day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def financial_year(day: date) -> date:
    """Return the 1 April with which the financial year of the day begins."""
    return date(day.year - (day.month < 4), 4, 1)


def label(period: Period, starts_on: date) -> str:
    """Return "September 2026", or "July to September 2026", or "April 2025 to March 2026"."""
    first, last = f"{starts_on:%B %Y}", f"{last_day(period, starts_on):%B %Y}"
    if period is Period.MONTH:
        return first
    if first[-4:] == last[-4:]:
        return f"{starts_on:%B} to {last}"
    return f"{first} to {last}"


def short(period: Period, starts_on: date) -> str:
    """Return "Sep 26", "Jul–Sep 26" or "2025–26" for the foot of a chart."""
    last = last_day(period, starts_on)
    match period:
        case Period.MONTH:
            return f"{starts_on:%b %y}"
        case Period.QUARTER:
            return f"{starts_on:%b}–{last:%b %y}"
    return f"{starts_on:%Y}–{last:%y}"
