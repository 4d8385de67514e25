"""Figures revised together: a total that changed by so much says by how much its one changed part did. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tenants.indicators.rules.feasible import Sum
from tenants.indicators.rules.grids import NO_PLACE, Adds, Cell, cells_of, grids
from tenants.indicators.rules.values import Figure, Suppression


def withheld_of_revised(
    before: Mapping[Cell, Figure], after: Mapping[Cell, Figure], *, readings: Sequence[Adds]
) -> frozenset[Cell]:
    """Return the totals to withhold as well: revised ones, of which both values would be known and also those of every
    revised part, but for one that is or was 1 to 5.
    """
    sums = [each for adds in readings for grid in grids(after, adds) for each in grid]
    return frozenset(each.total for each in sums if _told(before, after, each.total) and _tells(before, after, each))


def _tells(before: Mapping[Cell, Figure], after: Mapping[Cell, Figure], each: Sum[Cell]) -> bool:
    if any(cell.place.startswith(NO_PLACE) for cell in cells_of([each])):
        return False
    unknown = [part for part in each.parts if _changed(before, after, part) and not _told(before, after, part)]
    kinds = {figures[part].suppression for part in unknown for figures in (before, after) if part in figures}
    return len(unknown) == 1 and Suppression.SMALL_NUMBER in kinds


def _changed(before: Mapping[Cell, Figure], after: Mapping[Cell, Figure], cell: Cell) -> bool:
    """Return whether the figure is another, as far as a table can say: `c` after `c` is the same."""
    was, now = before.get(cell), after.get(cell)
    if was is None or now is None:
        return was is not now
    return was.value != now.value or was.hidden != now.hidden


def _told(before: Mapping[Cell, Figure], after: Mapping[Cell, Figure], cell: Cell) -> bool:
    """Return whether the figure is another, and both are shown."""
    was, now = before.get(cell), after.get(cell)
    return bool(was and now and was.value is not None and now.value is not None and was.value != now.value)
