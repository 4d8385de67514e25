"""The second rule of withholding: no total minus the others may give away a count that is withheld. Pure.

The cells of one indicator and one quarter stand in a grid: the whole area and each local authority, by quarter and
month. Where the indicator adds up over places, the area is the sum of its authorities; where it adds up over time, the
quarter is the sum of its months. As long as a withheld cell has one possible value only, the smallest shown cell that
it hangs together with is withheld as well. Where everything but zeros is withheld there is nothing left to do; whoever
sees one symbol for both kinds of withholding can still work none of it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tenants.indicators.rules.covered import Column
from tenants.indicators.rules.feasible import Range, Sum, first_exposed, narrowed
from tenants.indicators.rules.periods import Period, months_later, quarter_of
from tenants.indicators.rules.values import AREA, SMALL, Figure, Suppression


class Cell(NamedTuple):
    """Where a figure stands: the place, how long, from when."""

    place: str
    period: Period
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class Adds:
    """How an indicator adds up: over time, and over these places to the whole area (none: it does not).

    `at` says which places they are in a period, where that differs from `places`. `doubted` marks one of several ways
    to read them: once figures of a quarter contradict it, each of its other sums is looked at by itself only.
    """

    over_time: bool
    places: tuple[str, ...] = ()
    at: Mapping[Column, tuple[str, ...]] = field(default_factory=dict)
    doubted: bool = False

    def of(self, column: Column) -> tuple[str, ...]:
        """Return the places that add up to the whole area in the period."""
        return self.at.get(column, self.places)


def also_withheld(figures: Mapping[Cell, Figure], *, adds: Adds, keep: Iterable[Cell] = ()) -> frozenset[Cell]:
    """Return the cells to withhold beside those already withheld, so that none of these can be worked out.

    `keep` are cells withheld for that reason before: they stay so while their grid holds a small number, or else who
    remembers the earlier table could put the two together.
    """
    kept, found = frozenset(keep), set[Cell]()
    for grid in _grids(figures, adds):
        cells = {cell for each in grid for cell in (each.total, *each.parts)}
        small = [cell for cell in cells if _is(figures, cell, Suppression.SMALL_NUMBER)]
        if small:
            again = {cell for cell in cells & kept if cell in figures and figures[cell].value}
            found |= _close(figures, grid, again)
    return frozenset(found)


def withheld_in_any(
    figures: Mapping[Cell, Figure], *, readings: Sequence[Adds], keep: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """Return the cells to withhold beside those already withheld, so that none can be worked out in any reading of how
    the indicator adds up; what is withheld for one reading is withheld in all.
    """
    kept, found = frozenset(keep), frozenset[Cell]()
    while True:
        before = found
        for adds in readings:
            found |= also_withheld(figures, adds=adds, keep=kept | found)
        if found == before or len(readings) == 1:
            return found


def _close(figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], begun: set[Cell]) -> set[Cell]:
    hidden = set(begun)
    while True:
        open_to = _ranges(figures, grid, hidden)
        withheld = [cell for cell in sorted(open_to) if _withheld(figures, cell, hidden)]
        exposed = first_exposed(withheld, open_to, grid)
        if exposed is None:
            return hidden
        more = _nearest(figures, grid, hidden, exposed)
        if more is None:
            return hidden
        hidden.add(more)


def _nearest(
    figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], hidden: set[Cell], exposed: Cell
) -> Cell | None:
    """Return the smallest cell still shown in a sum with the exposed one, else in the grid; never a zero."""
    beside = {cell for each in grid if exposed in (each.total, *each.parts) for cell in (each.total, *each.parts)}
    anywhere = {cell for each in grid for cell in (each.total, *each.parts)}
    for near in (beside, anywhere):
        shown = [(figures[cell].value, cell) for cell in near - hidden if cell in figures and figures[cell].value]
        if shown:
            return min(shown)[1]
    return None


def _ranges(figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], hidden: set[Cell]) -> dict[Cell, Range]:
    cells = {cell for each in grid for cell in (each.total, *each.parts)}
    shown = sum(int(figures[cell].value or 0) for cell in cells if cell in figures)
    most = shown + SMALL.stop * len(cells) + 100
    return {cell: _range(figures.get(cell), cell in hidden, most) for cell in cells}


def _range(figure: Figure | None, hidden: bool, most: int) -> Range:
    """Return what is known of a cell: more than the table shows, which has one symbol for both kinds."""
    if figure is not None and figure.value is not None and not hidden:
        return int(figure.value), int(figure.value)
    if figure is not None and figure.suppression is Suppression.SMALL_NUMBER:
        return SMALL.start, SMALL.stop - 1
    if hidden or (figure is not None and figure.suppression is Suppression.SECONDARY):
        return SMALL.stop, most
    return 0, most


def _grids(figures: Mapping[Cell, Figure], adds: Adds) -> Iterator[list[Sum[Cell]]]:
    """Yield the sums that hang together, without those that the figures shown break: they tell nothing."""
    if not adds.over_time:
        for column in sorted({(cell.period, cell.starts_on) for cell in figures}):
            yield from _whole(figures, _over_places([column], adds))
        return
    for quarter in sorted({quarter_of(cell.starts_on) for cell in figures if cell.period is not Period.YEAR}):
        columns = [(Period.QUARTER, quarter), *((Period.MONTH, months_later(quarter, n)) for n in range(3))]
        together = _over_places(columns, adds)
        covered = sorted({place for each in columns for place in adds.of(each)})
        inside = {place: _over_time(figures, columns, adds, place) for place in (AREA, *covered)} if together else {}
        if adds.doubted and len(_held(figures, together)) < len(together):
            yield from ([each] for each in _held(figures, [*inside.values(), *together]))
        elif together:
            yield from _whole(figures, [*inside.values(), *together])
        for place in sorted({cell.place for cell in figures} - set(inside)):
            months = tuple(Cell(place, *each) for each in columns[1:])
            yield from _whole(figures, [Sum(Cell(place, *columns[0]), months)])


def _over_time(figures: Mapping[Cell, Figure], columns: Sequence[Column], adds: Adds, place: str) -> Sum[Cell]:
    """Return the quarter as the sum of the months in which the place was covered, or for which it has a figure."""
    months = [Cell(place, *each) for each in columns[1:] if place == AREA or place in adds.of(each)
              or Cell(place, *each) in figures]  # fmt: skip
    return Sum(Cell(place, *columns[0]), tuple(months))


def _over_places(columns: Sequence[Column], adds: Adds) -> list[Sum[Cell]]:
    return [Sum(Cell(AREA, *each), tuple(Cell(place, *each) for place in adds.of(each)))
            for each in columns if adds.of(each)]  # fmt: skip


def _whole(figures: Mapping[Cell, Figure], sums: list[Sum[Cell]]) -> Iterator[list[Sum[Cell]]]:
    """Yield the grid; where no values fit it (figures of different editions), each sum by itself."""
    held = _held(figures, sums)
    if not held:
        return
    if narrowed(_ranges(figures, held, set()), held) is not None:
        yield held
    else:
        yield from ([each] for each in held)


def _held(figures: Mapping[Cell, Figure], sums: Sequence[Sum[Cell]]) -> list[Sum[Cell]]:
    return [each for each in sums if narrowed(_ranges(figures, [each], set()), [each]) is not None]


def _is(figures: Mapping[Cell, Figure], cell: Cell, reason: Suppression) -> bool:
    return cell in figures and figures[cell].suppression is reason


def _withheld(figures: Mapping[Cell, Figure], cell: Cell, hidden: set[Cell]) -> bool:
    return cell in hidden or (cell in figures and figures[cell].hidden)
