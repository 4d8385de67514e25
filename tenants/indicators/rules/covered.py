"""Which local authorities a period's figures are of, when the area's cover changed: every way to read it. Pure.

A total of a period is of the authorities that the area covered then, not of those it covers today. Where the cover
changed within the period, or the total was counted anew for a later cover, nobody says which authorities it counts.
What could be worked out in any of these readings is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tenants.indicators.rules.periods import Period, last_day, months_later

Column = tuple[Period, date]  #: a period: how long, from when


@dataclass(frozen=True, kw_only=True)
class Covered:
    """A local authority that the area covers from a day to a day (inclusive; None: still)."""

    place: str
    first: date
    last: date | None

    def on(self, day: date) -> bool:
        """Return whether the area covers the authority on the day."""
        return self.first <= day and (self.last is None or day <= self.last)


_Way = Callable[[Covered, tuple[date, date]], bool]  #: whether the authority counts, by the period's first and last day


def columns_of(quarters: Iterable[date]) -> list[Column]:
    """Return the quarters that begin on these days, and their months."""
    return [
        each
        for quarter in sorted(quarters)
        for each in ((Period.QUARTER, quarter), *((Period.MONTH, months_later(quarter, n)) for n in range(3)))
    ]


def readings(
    covers: Sequence[Covered], columns: Sequence[Column], *, on: date
) -> list[Mapping[Column, tuple[str, ...]]]:
    """Return the authorities of each period in every way to read its cover, each different way once.

    Those covered on any day of it come first; then on all days, on its first, on its last, and on the day `on`.
    """
    ways: tuple[_Way, ...] = (
        lambda one, days: one.first <= days[1] and (one.last is None or days[0] <= one.last),
        lambda one, days: all(one.on(day) for day in days),
        lambda one, days: one.on(days[0]),
        lambda one, days: one.on(days[1]),
        lambda one, _: one.on(on),
    )
    found: list[Mapping[Column, tuple[str, ...]]] = []
    for way in ways:
        one = {each: _places(covers, each, way) for each in columns}
        if one not in found:
            found.append(one)
    return found


def _places(covers: Sequence[Covered], column: Column, way: _Way) -> tuple[str, ...]:
    days = column[1], last_day(*column)
    return tuple(sorted({one.place for one in covers if way(one, days)}))
