"""The sums that hold between the figures of one indicator: a grid of places and periods, for each quarter. Pure.

Where the indicator adds up over places, the area is the sum of its authorities; where it adds up over time, the quarter
is the sum of its months. Where it does not, the quarter may still be that of its last month, or have bounds in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tenants.indicators.rules.covered import Column
from tenants.indicators.rules.feasible import Range, Sum, narrowed
from tenants.indicators.rules.periods import Period, months_later, quarter_of
from tenants.indicators.rules.values import AREA, SMALL, Figure, Suppression

NO_PLACE = "beside "  #: begins the place of a cell that is only the difference between two others


class Cell(NamedTuple):
    """Where a figure stands: the place, how long, from when."""

    place: str
    period: Period
    starts_on: date


Hidden = dict[Cell, int | None]  #: cells withheld for others' sake, with the most that each can be, if that is known


class Quarters(StrEnum):
    """What the quarter of an indicator that does not add up over time may be."""

    APART = "apart"  #: nothing that the months say
    LAST = "last"  #: a stock: that of the last month
    ONCE = "once"  #: each child counted once: no month's is larger, and all months' together are not smaller


@dataclass(frozen=True, kw_only=True)
class Adds:
    """How an indicator adds up: over time, and over these places to the whole area (none: it does not).

    `quarters` says what a quarter has to do with its months where they do not add up. `at` says which places they are
    in a period, where that differs from `places`. `doubted` marks one of several ways to read them: once figures of a
    quarter contradict it, each of its other sums is looked at by itself only.
    """

    over_time: bool
    quarters: Quarters = Quarters.APART
    places: tuple[str, ...] = ()
    at: Mapping[Column, tuple[str, ...]] = field(default_factory=dict)
    doubted: bool = False

    def of(self, column: Column) -> tuple[str, ...]:
        """Return the places that add up to the whole area in the period."""
        return self.at.get(column, self.places)


def cells_of(grid: Sequence[Sum[Cell]]) -> set[Cell]:
    """Return the cells that the sums are of."""
    return {cell for each in grid for cell in (each.total, *each.parts)}


def ranges(figures: Mapping[Cell, Figure], grid: Sequence[Sum[Cell]], hidden: Hidden) -> dict[Cell, Range]:
    """Return what each cell of the grid can be at the least and at the most, by itself."""
    cells = cells_of(grid)
    shown = sum(int(figures[cell].value or 0) for cell in cells if cell in figures)
    most = shown + SMALL.stop * len(cells) + 100
    return {cell: _range(figures.get(cell), cell in hidden, hidden.get(cell) or most) for cell in cells}


def _range(figure: Figure | None, hidden: bool, most: int) -> Range:
    """Return what is known of a cell: more than the table shows, which has one symbol for both kinds."""
    if figure is not None and figure.value is not None and not hidden:
        return int(figure.value), int(figure.value)
    if figure is not None and figure.suppression is Suppression.SMALL_NUMBER:
        return SMALL.start, SMALL.stop - 1
    if hidden or (figure is not None and figure.suppression is Suppression.SECONDARY):
        return SMALL.stop, most
    return 0, most


def grids(figures: Mapping[Cell, Figure], adds: Adds) -> Iterator[list[Sum[Cell]]]:
    """Yield the sums that hang together, without those that the figures shown break: they tell nothing."""
    if not adds.over_time:
        for column in sorted({(cell.period, cell.starts_on) for cell in figures}):
            yield from _whole(figures, _over_places([column], adds))
        if adds.quarters is not Quarters.APART:
            for quarter in sorted({cell.starts_on for cell in figures if cell.period is Period.QUARTER}):
                yield from _whole(figures, _beside(figures, adds, quarter))
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


def _beside(figures: Mapping[Cell, Figure], adds: Adds, quarter: date) -> list[Sum[Cell]]:
    """Return what holds between a quarter, its months and its places, where the months do not add up."""
    columns = [(Period.QUARTER, quarter), *((Period.MONTH, months_later(quarter, n)) for n in range(3))]
    together = _over_places(columns, adds)
    for place in sorted({cell.place for cell in figures if (cell.period, cell.starts_on) in columns}):
        total, *months = (Cell(place, *each) for each in columns)
        if adds.quarters is Quarters.LAST:
            together.append(Sum(total, (months[-1],)))
        else:
            more, again = (Cell(f"{NO_PLACE}{place}{each}", *columns[0]) for each in "+-")
            others = [Sum(total, (month, Cell(f"{NO_PLACE}{place}", *month[1:]))) for month in months]
            together += [Sum(more, tuple(months)), Sum(more, (total, again)), *others]
    return together


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
    if narrowed(ranges(figures, held, {}), held) is not None:
        yield held
    else:
        yield from ([each] for each in held)


def _held(figures: Mapping[Cell, Figure], sums: Sequence[Sum[Cell]]) -> list[Sum[Cell]]:
    return [each for each in sums if narrowed(ranges(figures, [each], {}), [each]) is not None]
