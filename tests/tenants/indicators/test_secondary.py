"""Withholding: examples as an analyst would draw them, and the property that no sum gives a withheld count away."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.indicators.rules.periods import Period, months_later
from tenants.indicators.rules.secondary import Adds, Cell, also_withheld
from tenants.indicators.rules.values import AREA, Figure, Suppression, Unit, figure, withheld

JULY = date(2026, 7, 1)
MONTHS = [(Period.MONTH, months_later(JULY, n)) for n in range(3)]
QUARTER = (Period.QUARTER, JULY)
PLACES = ("101", "102")


def count(value: int) -> Figure:
    return figure(Decimal(value), unit=Unit.COUNT)


def months(values: list[int], *, place: str = AREA) -> dict[Cell, Figure]:
    """A place's three months, and its quarter."""
    cells = {Cell(place, *MONTHS[n]): count(value) for n, value in enumerate(values)}
    return {**cells, Cell(place, *QUARTER): count(sum(values))}


def shown(figures: Mapping[Cell, Figure], hidden: frozenset[Cell]) -> dict[Cell, Figure]:
    return {cell: withheld(Suppression.SECONDARY) if cell in hidden else one for cell, one in figures.items()}


def texts(values: list[int], *, over_time: bool = True) -> list[str]:
    """The months and the quarter as published."""
    figures = months(values)
    hidden = also_withheld(figures, adds=Adds(over_time=over_time))
    return [
        "c" if one.value is None else str(one.value)
        for cell in (*(Cell(AREA, *each) for each in MONTHS), Cell(AREA, *QUARTER))
        for one in [shown(figures, hidden)[cell]]
    ]


@pytest.mark.parametrize(
    ("values", "published"),
    [
        ([10, 20, 30], ["10", "20", "30", "60"]),  # nothing small, nothing withheld
        ([3, 20, 30], ["c", "c", "30", "53"]),  # one small: the quarter would give it away, so the next smallest goes
        ([3, 4, 30], ["c", "c", "30", "37"]),  # two small ones cover each other: 7 may be 2 and 5
        ([1, 1, 30], ["c", "c", "c", "32"]),  # not when their sum can be made in one way: 1 and 1
        ([5, 5, 30], ["c", "c", "c", "40"]),  # nor 5 and 5
        ([3, 0, 30], ["c", "0", "c", "33"]),  # a zero covers nothing and stays
        ([3, 0, 0], ["c", "0", "0", "c"]),  # the quarter is small itself
        ([2, 2, 2], ["c", "c", "c", "6"]),  # 6 in three ways at least
        ([1, 1, 1], ["c", "c", "c", "c"]),
        ([5, 5, 5], ["c", "c", "c", "c"]),  # 15 can only be 5, 5 and 5: the quarter goes as well
        ([0, 0, 0], ["0", "0", "0", "0"]),
    ],
)
def test_a_quarter_and_its_months(values: list[int], published: list[str]) -> None:
    assert texts(values) == published


def test_what_does_not_add_up_needs_no_cover() -> None:
    assert texts([3, 20, 30], over_time=False) == ["c", "20", "30", "53"]


def test_one_small_authority_is_covered_by_another() -> None:
    month = MONTHS[0]
    figures = {Cell("101", *month): count(4), Cell("102", *month): count(9), Cell(AREA, *month): count(13)}
    hidden = also_withheld(figures, adds=Adds(over_time=False, places=PLACES))
    assert hidden == {Cell("102", *month)}


def test_an_area_of_one_authority_does_not_say_it_under_another_name() -> None:
    month = MONTHS[0]
    figures = {Cell("101", *month): withheld(Suppression.SMALL_NUMBER), Cell(AREA, *month): count(13)}
    assert also_withheld(figures, adds=Adds(over_time=False, places=("101",))) == frozenset()  # it contradicts itself
    same = {Cell("101", *month): count(4), Cell(AREA, *month): count(4)}
    assert also_withheld(same, adds=Adds(over_time=False, places=("101",))) == frozenset()


def test_a_month_that_nobody_sent_covers_nothing_that_the_others_give_away() -> None:
    """The area's quarter minus its authorities' months gives a month away although no total of that month was sent."""
    figures = {Cell(AREA, *QUARTER): count(63)}
    for place, values in (("101", [2, 10, 11]), ("102", [12, 13, 15])):
        figures |= {Cell(place, *MONTHS[n]): count(value) for n, value in enumerate(values)}
    hidden = also_withheld(figures, adds=Adds(over_time=True, places=PLACES))
    assert len(hidden) == 1


def test_a_cell_withheld_for_cover_stays_so_while_there_is_something_to_cover() -> None:
    figures = months([3, 20, 30])
    kept = Cell(AREA, *MONTHS[2])
    assert also_withheld(figures, adds=Adds(over_time=True), keep=[kept]) == {kept}
    mended = months([8, 20, 30])
    assert also_withheld(mended, adds=Adds(over_time=True), keep=[kept]) == frozenset()


small = st.integers(min_value=0, max_value=9)
months_of_one = st.lists(small, min_size=3, max_size=3)


@settings(max_examples=300, deadline=None)
@given(months_of_one)
def test_no_quarter_gives_a_month_away(values: list[int]) -> None:
    figures = months(values)
    table = shown(figures, also_withheld(figures, adds=Adds(over_time=True)))
    gives_nothing_away(table, truth=dict(zip(_basic((AREA,)), values, strict=True)))


@settings(max_examples=150, deadline=None)
@given(st.lists(months_of_one, min_size=2, max_size=2), st.data())
def test_no_sum_of_a_whole_grid_gives_a_count_away(values: list[list[int]], data: st.DataObject) -> None:
    figures = months([sum(column) for column in zip(*values, strict=True)])
    for place, row in zip(PLACES, values, strict=True):
        figures |= months(row, place=place)
    absent = data.draw(st.sets(st.sampled_from(sorted(figures)), max_size=4))
    sent = {cell: one for cell, one in figures.items() if cell not in absent}
    table = shown(sent, also_withheld(sent, adds=Adds(over_time=True, places=PLACES)))
    truth = dict(zip(_basic(PLACES), [*values[0], *values[1]], strict=True))
    gives_nothing_away(table, truth=truth)


def gives_nothing_away(table: Mapping[Cell, Figure], *, truth: dict[Cell, int]) -> None:
    """Nobody who sees the table learns a withheld count; nor who knows which of them are small, while any is shown."""
    assert given_away(table, truth=truth, kinds_known=False) == []
    if any(one.value for one in table.values()):
        assert given_away(table, truth=truth, kinds_known=True) == []


def test_where_everything_is_withheld_the_one_symbol_is_what_protects() -> None:
    """Two authorities with 3, 1 and 1: who knew that the whole area's 6 and 10 are above 5 could work it all out."""
    figures = months([6, 2, 2])
    for place in PLACES:
        figures |= months([3, 1, 1], place=place)
    table = shown(figures, also_withheld(figures, adds=Adds(over_time=True, places=PLACES)))
    truth = dict(zip(_basic(PLACES), [3, 1, 1, 3, 1, 1], strict=True))
    assert {one.value for one in table.values()} == {None}
    assert given_away(table, truth=truth, kinds_known=False) == []
    assert len(given_away(table, truth=truth, kinds_known=True)) == 12


def given_away(table: Mapping[Cell, Figure], *, truth: dict[Cell, int], kinds_known: bool) -> list[Cell]:
    """The withheld cells for which no other table, like this one in all that is shown, has another value.

    Every month is moved by one or left. That finds them all: sums of rows and columns are totally unimodular, so that
    where a cell can have another value at all, it can have one that is one away by moving others by one.
    """
    full = _summed(truth)
    left = {cell for cell, one in table.items() if one.hidden}
    for moves in itertools.product((-1, 0, 1), repeat=len(truth)):
        other = _summed({cell: value + move for (cell, value), move in zip(truth.items(), moves, strict=True)})
        agrees = all(_agrees(table.get(cell), value, kinds_known) for cell, value in other.items())
        if agrees and min(other.values()) >= 0:
            left = {cell for cell in left if other[cell] == full[cell]}
    return sorted(left)


def _basic(places: tuple[str, ...]) -> list[Cell]:
    return [Cell(place, *month) for place in places for month in MONTHS]


def _agrees(one: Figure | None, value: int, kinds_known: bool) -> bool:
    if one is None:
        return True
    if one.value is not None:
        return value == int(one.value)
    if not kinds_known:
        return value >= 1
    return (1 <= value <= 5) if one.suppression is Suppression.SMALL_NUMBER else value >= 6


def _summed(basic: dict[Cell, int]) -> dict[Cell, int]:
    full = dict(basic)
    places = {cell.place for cell in basic}
    if AREA not in places:
        full |= {Cell(AREA, *month): sum(basic[Cell(place, *month)] for place in places) for month in MONTHS}
    sums = {
        Cell(place, *QUARTER): sum(full[Cell(place, *month)] for month in MONTHS)
        for place in {cell.place for cell in full}
    }
    return full | sums
