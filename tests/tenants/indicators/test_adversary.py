"""What someone learns who knows every rule, sees every file's table as it is published, and can count: never a small
number, nor one that nobody sent.

Each example is a system of counts, sent in up to two files. Every other system near it is published by the same rules;
those whose tables look the same are what it could have been. A count of 1 to 5 has two possible values at the least.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.indicators.rules.periods import Period, months_later
from tenants.indicators.rules.running import withheld_of_running
from tenants.indicators.rules.secondary import Adds, Cell, Quarters, withheld_in_any
from tenants.indicators.rules.values import AREA, SMALL, Figure, Suppression, Unit, figure, withheld

Counts = tuple[int, ...]
Truth = Mapping[Cell, int]
Table = dict[Cell, Decimal | None]
APRIL = date(2026, 4, 1)
MONTHS = [(Period.MONTH, months_later(APRIL, n)) for n in range(3)]
QUARTER = (Period.QUARTER, APRIL)
PLACES = ("101", "102", "103")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How the figures come of so many counts, the most of each in the systems that are tried, and whether someone
    who knows every rule is tried, or one who knows what kind each withheld figure is of.
    """

    counts: int
    most: int
    figures: Callable[[Counts], Truth]
    adds: Sequence[Adds]
    running: bool = False
    rules_known: bool = True


def a_quarter(counts: Counts) -> Truth:
    return {**_row(AREA, counts, MONTHS), Cell(AREA, *QUARTER): sum(counts)}


def a_month_of_places(counts: Counts) -> Truth:
    return {**{Cell(place, *MONTHS[0]): n for place, n in zip(PLACES, counts, strict=True)},
            Cell(AREA, *MONTHS[0]): sum(counts)}  # fmt: skip


def two_places(counts: Counts) -> Truth:
    """Two months of two places, and of the area."""
    one, other = counts[:2], counts[2:]
    area = tuple(map(sum, zip(one, other, strict=True)))
    return {**_row("101", one, MONTHS[:2]), **_row("102", other, MONTHS[:2]), **_row(AREA, area, MONTHS[:2])}


def a_stock(counts: Counts) -> Truth:
    """The last month of two places and of the area, and once more as their quarter."""
    rows = (("101", counts[0]), ("102", counts[1]), (AREA, sum(counts)))
    return {Cell(place, *column): n for place, n in rows for column in (MONTHS[2], QUARTER)}


def children_once(counts: Counts) -> Truth:
    """A quarter in which so many children of the first months come again."""
    *months, again = counts
    most = sum(months) - max(months)
    return {**_row(AREA, months, MONTHS), Cell(AREA, *QUARTER): sum(months) - min(max(again, 0), most)}


def totals(counts: Counts) -> Truth:
    """Running totals of the same months as `two_places`."""
    one, other = (list(itertools.accumulate(each)) for each in (counts[:2], counts[2:]))
    area = [mine + theirs for mine, theirs in zip(one, other, strict=True)]
    return {**_row("101", one, MONTHS), **_row("102", other, MONTHS), **_row(AREA, area, MONTHS)}


def _row(place: str, counts: Sequence[int], columns: Sequence[tuple[Period, date]]) -> Truth:
    return {Cell(place, *column): n for column, n in zip(columns, counts, strict=False)}


ALONE = [Adds(over_time=False, quarters=each) for each in Quarters]
SHAPES = {
    "a quarter": Shape(counts=3, most=16, figures=a_quarter, adds=[Adds(over_time=True)]),
    "places": Shape(counts=3, most=16, figures=a_month_of_places, adds=[Adds(over_time=False, places=PLACES)]),
    "two places": Shape(counts=4, most=10, figures=two_places, adds=[Adds(over_time=True, places=PLACES[:2])]),
    "a stock": Shape(counts=2, most=15, figures=a_stock,
                     adds=[Adds(over_time=False, quarters=each, places=PLACES[:2]) for each in Quarters]),
    "children once": Shape(counts=4, most=9, figures=children_once, adds=ALONE, rules_known=False),
}  # fmt: skip


def published(truth: Truth, files: Sequence[frozenset[Cell]], shape: Shape) -> list[Table]:
    """Return the table after each file, as the service writes them."""
    now: dict[Cell, Figure] = {}
    tables = []
    for file in files:
        before, sent = now, {cell: figure(Decimal(truth[cell]), unit=Unit.COUNT) for cell in file}
        now = {**before, **sent}
        kept = [cell for cell, one in before.items() if one.suppression is Suppression.SECONDARY]
        seen = frozenset(cell for cell, one in before.items() if one.value is not None and now[cell] == one)
        between = withheld_of_running(now, adds=shape.adds, seen=seen) if shape.running else frozenset()
        now |= dict.fromkeys(between, withheld(Suppression.SECONDARY))
        hidden = withheld_in_any(now, readings=shape.adds, keep=kept, seen=seen - between)
        now |= dict.fromkeys(hidden, withheld(Suppression.SECONDARY))
        tables.append({cell: one.value for cell, one in now.items()})
    return tables


def possible(counts: Counts, files: Sequence[frozenset[Cell]], shape: Shape) -> dict[Cell, set[int]]:
    """Return values that each small count could have had for all that was ever published: two, where there are."""
    mine = shape.figures(counts)
    told = published(mine, files, shape)
    found: dict[Cell, set[int]] = {cell: {n} for cell, n in mine.items() if n in SMALL}
    systems = itertools.product(range(shape.most + 1), repeat=shape.counts)
    for other in sorted(systems, key=lambda other: sum(abs(a - b) for a, b in zip(other, counts, strict=True))):
        truth = shape.figures(other)
        if all(len(values) > 1 or truth[cell] in values for cell, values in found.items()):
            continue
        if any(value not in (None, truth[cell]) for each in told for cell, value in each.items()):
            continue
        if published(truth, files, shape) == told if shape.rules_known else _of_one_kind(truth, counts, told, shape):
            for cell, values in found.items():
                values.add(truth[cell])
        if all(len(values) > 1 for values in found.values()):
            break
    return found


def _of_one_kind(truth: Truth, counts: Counts, told: Sequence[Table], shape: Shape) -> bool:
    """Return whether what is withheld is small, or is not, in one system as in the other."""
    mine = shape.figures(counts)
    return all((truth[cell] in SMALL) == (mine[cell] in SMALL) and (truth[cell] == 0) == (mine[cell] == 0)
               for each in told for cell, value in each.items() if value is None)  # fmt: skip


def learned(counts: Counts, files: Sequence[frozenset[Cell]], shape: Shape) -> list[Cell]:
    """Return the small counts, withheld or never sent, that have one possible value only."""
    return sorted(cell for cell, values in possible(counts, files, shape).items() if len(values) == 1)


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.data())
def test_no_small_count_has_one_possible_value_only(name: str, data: st.DataObject) -> None:
    shape = SHAPES[name]
    counts = tuple(data.draw(st.lists(st.integers(0, 8), min_size=shape.counts, max_size=shape.counts)))
    cells = sorted(shape.figures(counts))
    turns = data.draw(st.lists(st.sampled_from([0, 0, 0, 1, None]), min_size=len(cells), max_size=len(cells)))
    files = [frozenset(cell for cell, turn in zip(cells, turns, strict=True) if turn == n) for n in (0, 1)]
    assert learned(counts, files, shape) == []


def in_turn(shape: Shape, counts: Counts, *files: Sequence[tuple[str, tuple[Period, date]]]) -> list[Cell]:
    return learned(counts, [frozenset(Cell(place, *column) for place, column in file) for file in files], shape)


def test_the_smallest_is_withheld_and_that_alone_does_not_say_how_small() -> None:
    """6, 6 and 4 of 16: c, 6, c and 16 were shown, and the first c, at most 6 and more than 5, said the 4."""
    whole = [(AREA, column) for column in (*MONTHS, QUARTER)]
    assert in_turn(SHAPES["a quarter"], (6, 6, 4), whole) == []


def test_the_last_figure_to_come_is_withheld_where_the_others_have_been_seen() -> None:
    """With the quarter, 53, who remembers 20 and 30 would know the 3."""
    shape, months = SHAPES["a quarter"], [(AREA, column) for column in MONTHS]
    assert in_turn(shape, (3, 10, 9), months, [(AREA, QUARTER)]) == []


def test_what_is_left_of_the_area_by_an_authority_that_sent_nothing_is_no_small_number() -> None:
    shape = SHAPES["places"]
    told = [("101", MONTHS[0]), ("102", MONTHS[0]), (AREA, MONTHS[0])]
    assert in_turn(shape, (9, 7, 3), told) == []


def test_a_stock_of_the_quarter_is_that_of_its_last_month() -> None:
    """September of two places and of the area; of the quarter one place only, which would say the other's September."""
    shape = SHAPES["a stock"]
    told = [(place, MONTHS[2]) for place in ("101", "102", AREA)]
    assert in_turn(shape, (3, 12), told, [("102", QUARTER)]) == []
    assert in_turn(shape, (3, 12), [*told, ("102", QUARTER)]) == []


def test_children_counted_once_give_no_month_away_by_a_quarter_in_which_none_came_twice() -> None:
    shape = SHAPES["children once"]
    assert in_turn(shape, (5, 6, 0, 0), [(AREA, column) for column in (*MONTHS, QUARTER)]) == []


def test_a_running_total_that_the_others_leave_is_no_small_number_more_than_before() -> None:
    """The area's 30 without 10 was 20, and in May the second place sent 23 itself: three more."""
    shape = Shape(counts=4, most=25, figures=totals, adds=[Adds(over_time=False, places=PLACES[:2])], running=True)
    figures = totals((10, 7, 20, 3))
    told = {cell: one for cell, one in figures.items()
            if cell in (Cell("101", *MONTHS[0]), Cell(AREA, *MONTHS[0]), Cell("102", *MONTHS[1]))}  # fmt: skip
    [table] = published(told, [frozenset(told)], shape)
    assert table[Cell("102", *MONTHS[1])] is None
