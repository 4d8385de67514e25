"""Running totals: no two that are shown differ by 1 to 5, and no month's small count can be worked out of them."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.indicators import service
from tenants.indicators.rules.periods import Period, financial_year, months_later
from tenants.indicators.rules.running import withheld_of_running
from tenants.indicators.rules.secondary import Cell
from tenants.indicators.rules.values import AREA, Figure, Unit, figure
from tenants.tenancy.errors import Problems
from tests.support.cluster import Cluster
from tests.support.indicators import DEFINITION, act, all_points, card, send_figures
from tests.support.world import AreaMade, make_area, manager

APRIL = date(2026, 4, 1)
RUNNING = {**DEFINITION, "running_total": True}


def totals(counts: list[int], *, place: str = AREA) -> dict[Cell, Figure]:
    """A place's running totals from each month's own count."""
    return {
        Cell(place, Period.MONTH, months_later(APRIL, n)): figure(Decimal(total), unit=Unit.COUNT)
        for n, total in enumerate(itertools.accumulate(counts))
    }


def published(figures: dict[Cell, Figure]) -> list[str]:
    hidden = withheld_of_running(figures)
    return ["c" if cell in hidden or one.value is None else str(one.value) for cell, one in sorted(figures.items())]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([10, 10, 10], ["10", "20", "30"]),
        ([10, 3, 10], ["10", "c", "23"]),  # 13 would say 3
        ([10, 3, 2], ["10", "c", "c"]),  # so would 15 say 5, of two months
        ([10, 3, 3], ["10", "c", "16"]),  # 6 in two months is no small count
        ([3, 4, 10], ["c", "7", "17"]),  # 7 may be 2 and 5
        ([10, 0, 10], ["10", "10", "20"]),  # zero is shown
        ([0, 0, 8], ["0", "0", "8"]),
        ([1, 0, 0], ["c", "c", "c"]),
    ],
)
def test_a_total_that_differs_by_a_small_number_from_an_earlier_one_is_withheld(
    counts: list[int], shown: list[str]
) -> None:
    assert published(totals(counts)) == shown


def test_the_figures_of_all_places_are_withheld_together() -> None:
    """The area's 45 minus the one authority's 32 would say the other's 13, three more than before."""
    figures = totals([10, 3], place="101") | totals([12, 20], place="102") | totals([22, 23])
    assert published(figures) == ["10", "c", "12", "c", "22", "c"]


def test_a_quarters_total_is_that_of_its_last_month() -> None:
    figures = totals([10, 10, 10]) | {Cell(AREA, Period.QUARTER, APRIL): figure(Decimal(34), unit=Unit.COUNT)}
    assert published(figures) == ["10", "20", "c", "c"]


def test_a_new_year_begins_at_nothing_on_1_april() -> None:
    figures = {Cell(AREA, Period.MONTH, day): figure(Decimal(n), unit=Unit.COUNT)
               for day, n in ((date(2026, 3, 1), 14), (APRIL, 12))}  # fmt: skip
    assert published(figures) == ["14", "12"]
    assert financial_year(date(2026, 3, 31)) == date(2025, 4, 1)


counts_of = st.lists(st.integers(min_value=0, max_value=7), min_size=2, max_size=2)


@settings(max_examples=60, deadline=None)
@given(st.lists(counts_of, min_size=2, max_size=2))
def test_no_small_count_of_a_month_has_one_possible_value_only(counts: list[list[int]]) -> None:
    truth = (*counts[0], *counts[1])
    table = shown_of(truth)
    possible = [other for other in itertools.product(range(8), repeat=4) if agrees(other, table)]
    for n, value in enumerate(truth):
        assert value not in range(1, 6) or len({other[n] for other in possible}) > 1


def of_both(counts: tuple[int, ...]) -> dict[Cell, Figure]:
    one, other = list(counts[:2]), list(counts[2:])
    area = [mine + theirs for mine, theirs in zip(one, other, strict=True)]
    return totals(one, place="101") | totals(other, place="102") | totals(area)


def shown_of(counts: tuple[int, ...]) -> dict[Cell, Decimal | None]:
    figures = of_both(counts)
    hidden = withheld_of_running(figures)
    return {cell: None if cell in hidden else one.value for cell, one in figures.items()}


def agrees(other: tuple[int, ...], table: dict[Cell, Decimal | None]) -> bool:
    """Whether the months could be these: what is shown is the same, and what is withheld is no zero."""
    one, theirs = other[:2], other[2:]
    rows = {"101": one, "102": theirs, AREA: tuple(map(sum, zip(one, theirs, strict=True)))}
    sums = {(place, n): sum(row[: n + 1]) for place, row in rows.items() for n in range(2)}
    return all(
        (total > 0) if value is None else total == value
        for cell, value in table.items()
        for total in [sums[cell.place, cell.starts_on.month - 4]]
    )


async def defined(**changed: object) -> AreaMade:
    area = await make_area()
    await act(manager(area), service.define, area.id, **{**RUNNING, **changed})
    return area


def line(month: int, value: int, *, place: str = "") -> str:
    return f"early_help_open,{place},month,2026-{month:02d}-01,{value},final"


async def texts(area: AreaMade) -> list[str]:
    return ["c" if point.value is None else str(int(point.value)) for point in await all_points(area)]


async def test_what_the_next_quarter_would_give_away_is_withheld_though_it_comes_in_a_file_of_its_own(
    database: Cluster,
) -> None:
    area = await defined()
    await send_figures(area, line(6, 20))
    done = await send_figures(area, line(7, 23))
    assert (done.written or {})["withheld"] == 1
    assert await texts(area) == ["20", "c"]
    assert [each.running_total for each in (await card(area)).measures] == [True]


async def test_a_month_that_comes_late_is_withheld_for_the_one_after_it_has_been_seen(database: Cluster) -> None:
    area = await defined()
    await send_figures(area, line(7, 23))
    await send_figures(area, line(6, 20))
    assert await texts(area) == ["c", "23"]


async def test_figures_of_an_indicator_that_is_no_running_total_may_be_near_each_other(database: Cluster) -> None:
    area = await defined(running_total=False)
    await send_figures(area, line(6, 20), line(7, 23))
    assert await texts(area) == ["20", "23"]


async def test_a_later_version_that_is_none_does_not_undo_it(database: Cluster) -> None:
    area = await defined()
    await act(manager(area), service.define, area.id, **{**DEFINITION, "edition": "2"})
    await send_figures(area, line(6, 20), line(7, 23))
    assert await texts(area) == ["20", "c"]


@pytest.mark.parametrize("wrong", [{"unit": "percent"}, {"adds_over_time": True}])
async def test_a_running_total_is_a_number_that_does_not_add_up_over_time(
    database: Cluster, wrong: dict[str, object]
) -> None:
    with pytest.raises(Problems) as refused:
        await defined(**wrong)
    assert [problem.field for problem in refused.value.problems] == ["runningTotal"]
