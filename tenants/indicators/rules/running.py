"""Running totals: the difference of two of them is a count of its own, and may be a small one. Pure.

Totals since 1 April are looked at in the order of their last days, a day's figures of all places together. They are
shown when for every place the difference from each total shown before it in the year is 0, or 6 or more, and none of
them is withheld; else all of them but zeros are withheld. So no two figures that are shown give a small count away; and
since the figures of a day are withheld together, no place is what is left when the others are taken from the area.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tenants.indicators.rules.periods import financial_year, last_day
from tenants.indicators.rules.secondary import Cell
from tenants.indicators.rules.values import SMALL, Figure


def withheld_of_running(figures: Mapping[Cell, Figure]) -> frozenset[Cell]:
    """Return the cells to withhold beside those already withheld, so that no difference of totals is a count of 1 to 5.

    A quarter's total is that of its last month. `figures` are all that one indicator has of each year looked at.
    """
    days: dict[tuple[date, date], list[Cell]] = defaultdict(list)
    for cell in sorted(figures):
        days[financial_year(cell.starts_on), last_day(cell.period, cell.starts_on)].append(cell)
    before: dict[tuple[date, str], list[Decimal]] = defaultdict(list)
    found = set[Cell]()
    for (year, _), cells in sorted(days.items()):
        if any(figures[cell].hidden for cell in cells) or _small(figures, cells, before, year):
            found |= {cell for cell in cells if figures[cell].value}
        else:
            for cell in cells:
                before[year, cell.place].extend(_known(figures, cell))
    return frozenset(found)


def _small(
    figures: Mapping[Cell, Figure],
    cells: Sequence[Cell],
    before: Mapping[tuple[date, str], Sequence[Decimal]],
    year: date,
) -> bool:
    """Return whether a figure is 1 to 5 from an earlier total of its place, or from the same day's other figure."""
    for place in {cell.place for cell in cells}:
        now = [value for cell in cells if cell.place == place for value in _known(figures, cell)]
        others = [*before.get((year, place), ()), *now]
        if any(abs(value - other) in SMALL for value in now for other in others):
            return True
    return False


def _known(figures: Mapping[Cell, Figure], cell: Cell) -> list[Decimal]:
    value = figures[cell].value
    return [] if value is None else [value]
