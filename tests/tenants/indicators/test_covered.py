"""Which authorities a period's figures are of, in each way that a changed cover can be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tenants.indicators.rules.covered import Covered, columns_of, readings
from tenants.indicators.rules.periods import Period
from tenants.indicators.rules.secondary import Adds, Cell, withheld_in_any
from tenants.indicators.rules.values import AREA, Unit, figure

JULY, TODAY = date(2026, 7, 1), date(2026, 11, 2)
COLUMNS = columns_of([JULY])
QUARTER, FIRST, SECOND, THIRD = COLUMNS
ALWAYS = Covered(place="101", first=date(2020, 1, 1), last=None)


def covered(place: str, *, first: date = date(2020, 1, 1), last: date | None = None) -> Covered:
    return Covered(place=place, first=first, last=last)


def test_a_cover_that_did_not_change_is_read_in_one_way() -> None:
    assert readings([ALWAYS, covered("102")], COLUMNS, on=TODAY) == [dict.fromkeys(COLUMNS, ("101", "102"))]


def test_one_that_left_between_months_was_part_of_the_months_before() -> None:
    first, *others = readings([ALWAYS, covered("102", last=date(2026, 7, 31))], COLUMNS, on=TODAY)
    assert first == {QUARTER: ("101", "102"), FIRST: ("101", "102"), SECOND: ("101",), THIRD: ("101",)}
    assert dict.fromkeys(COLUMNS, ("101",)) in others  # a total counted anew for today's cover


def test_one_that_changed_within_a_month_is_read_as_counted_and_as_not() -> None:
    leaves, joins = covered("102", last=date(2026, 7, 15)), covered("103", first=date(2026, 7, 16))
    ways = {one[FIRST] for one in readings([ALWAYS, leaves, joins], COLUMNS, on=TODAY)}
    assert ways == {("101", "102", "103"), ("101",), ("101", "102"), ("101", "103")}


def test_one_that_will_join_after_the_period_is_no_part_of_it_but_in_the_reading_of_today() -> None:
    first, other = readings([ALWAYS, covered("102", first=date(2026, 10, 1))], COLUMNS, on=TODAY)
    assert set(first.values()) == {("101",)}
    assert set(other.values()) == {("101", "102")}


def test_an_authority_of_one_month_has_no_other_months_to_hide_in() -> None:
    """The quarter's area minus the other authority is the one month of the one that left."""
    counts = {(AREA, QUARTER): 63, ("101", QUARTER): 60, ("102", FIRST): 3}
    cells = {Cell(place, Period(column[0]), column[1]): figure(Decimal(n), unit=Unit.COUNT)
             for (place, column), n in counts.items()}  # fmt: skip
    ways = readings([ALWAYS, covered("102", last=date(2026, 7, 31))], COLUMNS, on=TODAY)
    hidden = withheld_in_any(cells, readings=[Adds(over_time=True, at=at, doubted=True) for at in ways])
    assert hidden == {Cell("101", *QUARTER)}
