"""Bank holidays of England that come round every year, computed: for years that no announcement covers yet.

Christmas Day and Good Friday are holidays at common law; Easter Monday, the last Mondays in May and August, and 26 or
27 December are in the Banking and Financial Dealings Act 1971, schedule 1; New Year's Day and the first Monday in May
are proclaimed every year. A day that falls at a weekend is moved to the next working day. What is proclaimed once,
for a coronation say, cannot be known before it is announced.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def standing(year: int) -> frozenset[date]:
    """Return the weekdays of that year on which nobody works by standing law and custom."""
    sunday = easter(year)
    return frozenset(
        {
            _on_a_weekday(date(year, 1, 1), taken=frozenset()),
            sunday - 2 * _DAY,
            sunday + _DAY,
            _monday_from(date(year, 5, 1)),
            _monday_from(date(year, 5, 25)),
            _monday_from(date(year, 8, 25)),
            *_christmas(year),
        }
    )


def _christmas(year: int) -> tuple[date, date]:
    """Boxing Day keeps its own weekday; the day that fell at the weekend is the one that is moved."""
    kept = frozenset(day for day in (date(year, 12, 25), date(year, 12, 26)) if day.weekday() < 5)
    first = _on_a_weekday(date(year, 12, 25), taken=kept - {date(year, 12, 25)})
    return first, _on_a_weekday(date(year, 12, 26), taken=kept - {date(year, 12, 26)} | {first})


def _on_a_weekday(day: date, *, taken: frozenset[date]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += _DAY
    return day


def _monday_from(day: date) -> date:
    return day + _DAY * (-day.weekday() % 7)
