"""Bank holidays of England that come round every year, computed: for years that no announcement covers yet.

Christmas Day and Good Friday are holidays at common law; Easter Monday, the last Mondays in May and August, and 26 or
27 December are in the Banking and Financial Dealings Act 1971, schedule 1; New Year's Day and the first Monday in May
are proclaimed every year. A day that falls at a weekend is moved to the next working day. What is proclaimed once,
for a coronation say, cannot be known before it is announced.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def standing(year: int) -> frozenset[date]:
    """Return the weekdays of that year on which nobody works by standing law and custom."""
    easter = easter_sunday(year)
    return frozenset(
        {
            _on_a_weekday(date(year, 1, 1), taken=frozenset()),
            easter - 2 * _DAY,
            easter + _DAY,
            _monday_from(date(year, 5, 1)),
            _monday_from(date(year, 5, 25)),
            _monday_from(date(year, 8, 25)),
            *_christmas(year),
        }
    )


def easter_sunday(year: int) -> date:
    """Return the day of Easter in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    leaps, odd = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * odd + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


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
