"""Running totals: the difference of two of them is a count of its own, and may be a small one. Pure.

Totals since 1 April are looked at in the order of their last days, those first of which some have been seen already; a
day's figures of all places together. They are shown when for every place the difference from each other total shown of
the year is 0, or 6 or more, and none of them is withheld; else all of them but zeros are withheld. So no two figures
that are shown give a small count away; and since the figures of a day are withheld together, no place is what is left
when the others are taken from the area. What is left of a day on which a place sent nothing counts as that place's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tenants.indicators.rules.grids import Adds, Cell
from tenants.indicators.rules.periods import financial_year, last_day
from tenants.indicators.rules.values import AREA, SMALL, Figure


def withheld_of_running(
    figures: Mapping[Cell, Figure], *, adds: Sequence[Adds] = (), seen: frozenset[Cell] = frozenset()
) -> frozenset[Cell]:
    """Return the cells to withhold beside those already withheld, so that no difference of totals is a count of 1 to 5.

    A quarter's total is that of its last month. `figures` are all that one indicator has of each year looked at; `adds`
    says, in each reading, which places add up to the area. Days with figures `seen` come first: to withhold those takes
    nothing back from who has seen them.
    """
    days: dict[tuple[date, date], list[Cell]] = defaultdict(list)
    for cell in sorted(figures):
        days[financial_year(cell.starts_on), last_day(cell.period, cell.starts_on)].append(cell)
    others: dict[tuple[date, str], list[Decimal]] = defaultdict(list)
    found = set[Cell]()
    for (year, _), cells in sorted(days.items(), key=lambda day: (seen.isdisjoint(day[1]), day[0])):
        now = _totals(figures, cells, adds)
        small = any(_close(mine, [*others[year, place], *mine]) for place, mine in now.items())
        if small or any(figures[cell].hidden for cell in cells):
            found |= {cell for cell in cells if figures[cell].value}
        else:
            for place, mine in now.items():
                others[year, place].extend(mine)
    return frozenset(found)


def _close(mine: Sequence[Decimal], others: Sequence[Decimal]) -> bool:
    """Return whether a figure is 1 to 5 from another day's total of its place, or from the same day's other figure."""
    return any(abs(one - other) in SMALL for one in mine for other in others)


def _totals(figures: Mapping[Cell, Figure], cells: Sequence[Cell], adds: Sequence[Adds]) -> dict[str, list[Decimal]]:
    """Return the day's totals by place: those shown, and the one that they leave where only one is missing."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for cell in cells:
        found[cell.place].extend(_known(figures, cell))
    for column in sorted({(cell.period, cell.starts_on) for cell in cells}):
        for places in sorted({each.of(column) for each in adds if each.of(column)}):
            told = {place: figures[Cell(place, *column)].value for place in (AREA, *places)
                    if Cell(place, *column) in figures}  # fmt: skip
            values = {place: value for place, value in told.items() if value is not None}
            missing = [place for place in (AREA, *places) if place not in values]
            if len(missing) == 1:
                parts = sum((value for place, value in values.items() if place != AREA), Decimal(0))
                found[missing[0]].append(parts if missing == [AREA] else values[AREA] - parts)
    return found


def _known(figures: Mapping[Cell, Figure], cell: Cell) -> list[Decimal]:
    value = figures[cell].value
    return [] if value is None else [value]
