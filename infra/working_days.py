"""Working days in England: not Saturday, Sunday, Christmas Day, Good Friday or a bank holiday.

No safeguarding instrument defines a working day; this is the form of SI 2006/1738. Bank holidays come from the GOV.UK
list (https://www.gov.uk/bank-holidays.json, England and Wales) as packaged with `govuk-bank-holidays`, never fetched;
after its last year, from what comes round every year (`infra.bank_holidays`).
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from infra.bank_holidays import standing

_DAY = timedelta(days=1)


class BeyondCalendar(ValueError):
    """The day lies before the years whose bank holidays are listed: what was proclaimed then once is not known."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"Bank holidays are known from {announced_years()[0]} on, so working days around "
            f"{day.day} {day:%B %Y} cannot be counted."
        )


@lru_cache(maxsize=1)
def _holidays() -> frozenset[date]:
    # the file alone: the package's own reader brings a client for HTTP into every process
    listed = json.loads(files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text(encoding="utf-8"))
    return frozenset(date.fromisoformat(holiday["date"]) for holiday in listed["england-and-wales"]["events"])


def announced_years() -> tuple[int, int]:
    """Return the first and the last year whose bank holidays have been announced."""
    days = _holidays()
    return min(days).year, max(days).year


def is_working_day(day: date) -> bool:
    """Return whether people work on that day; raises `BeyondCalendar`."""
    first, last = announced_years()
    if day.year < first:
        raise BeyondCalendar(day)
    return day.weekday() < 5 and day not in (_holidays() if day.year <= last else standing(day.year))


def add_working_days(day: date, count: int) -> date:
    """Return the day that is `count` working days after `day` (before it when negative); 0 is the day itself.

    The day itself is not counted. Raises `BeyondCalendar`.
    """
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days follow `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + _DAY * n) for n in range(1, (end - start).days + 1))
