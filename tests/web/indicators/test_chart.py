"""The drawing of a series: bars, symbols where there are none, targets, breaks; and the sentence above it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from backend.web.indicators.card import cards
from backend.web.indicators.chart import Mark, SeriesChart


def mark(value: float | None, *, symbol: str = "", target: float | None = None, breaks: bool = False) -> Mark:
    return Mark(label="Sep 26", value=value, symbol=symbol, target=target, breaks=breaks)


def drawn(*marks: Mark) -> str:
    return str(SeriesChart(id="c", title="<Missing>", message="m & n", marks=marks).svg)


def heights(svg: str) -> list[float]:
    return [float(found) for found in re.findall(r'app-chart__bar"[^>]*height="([\d.]+)"', svg)]


def test_bars_stand_in_proportion_and_words_are_escaped() -> None:
    svg = drawn(mark(10), mark(20), mark(0))
    tall = heights(svg)
    assert (len(tall), tall[2]) == (3, 0)
    assert abs(tall[1] - 2 * tall[0]) < 0.2
    assert "&lt;Missing&gt;" in svg
    assert "m &amp; n" in svg


def test_a_withheld_figure_is_its_symbol_and_no_bar() -> None:
    svg = drawn(mark(10), mark(None, symbol="c"), mark(None, symbol=":"))
    assert len(heights(svg)) == 1
    assert ">c</text>" in svg
    assert ">:</text>" in svg


def test_targets_are_level_over_each_run_and_breaks_stand_between() -> None:
    svg = drawn(mark(10), mark(11, target=8), mark(12, target=8, breaks=True), mark(9, target=6))
    assert svg.count("app-chart__target") == 2
    assert svg.count("app-chart__break") == 1


def test_a_series_of_nothing_but_symbols_is_drawn() -> None:
    assert heights(drawn(mark(None, symbol="c"))) == []


def test_two_years_of_months_have_few_labels() -> None:
    assert drawn(*[mark(7)] * 25).count(">Sep 26</text>") == 7


def point(starts_on: str, value: float | None, **more: Any) -> SimpleNamespace:
    text = "c" if value is None else f"{value:g}"
    kept = {"code": "x", "period": "month", "periodLabel": starts_on, "periodShort": "", "breaks": False}
    return SimpleNamespace(
        startsOn=starts_on, value=value, text=text, symbol="c" if value is None else "", **{**kept, **more}
    )


def card(points: list[Any], *, place: str = "area", targets: list[Any] | None = None,
         benchmarks: list[Any] | None = None) -> Any:  # fmt: skip
    measure = SimpleNamespace(code="x", title="X")
    places = [SimpleNamespace(place=each) for each in ("area", "101", "102")]
    [made] = cards(SimpleNamespace(measures=[measure], points=points, targets=targets or [],
                                   benchmarks=benchmarks or [], place=place, places=places))  # fmt: skip
    return made


def target(from_on: str, value: float, direction: str = "at_most") -> SimpleNamespace:
    return SimpleNamespace(code="x", fromOn=from_on, value=value, direction=direction)


def test_the_sentence_compares_with_a_year_before_unless_the_counting_changed() -> None:
    year = [point("2025-09-01", 12), point("2026-08-01", 5), point("2026-09-01", 14)]
    assert card(year).chart.message == "2026-09-01: 14. A year before: 12."
    year[1].breaks = True
    assert card(year).chart.message.endswith("The two do not compare: the counting changed between them.")
    assert card([point("2026-09-01", None)]).chart.message == "2026-09-01: withheld."


def test_a_target_holds_from_its_day_and_for_the_whole_area() -> None:
    points = [point("2026-03-01", 9), point("2026-04-01", 9), point("2026-05-01", 6), point("2026-06-01", None)]
    targets = [target("2026-04-01", 8), target("2026-05-01", 5, "at_least")]
    assert [line.met for line in card(points, targets=targets).lines] == ["–", "Yes", "No", "–"]
    assert {line.met for line in card(points, targets=targets, place="101").lines} == {"–"}


def test_months_are_drawn_before_quarters_and_both_are_in_the_table() -> None:
    quarter = point("2026-07-01", 60, period="quarter")
    made = card([point("2026-07-01", 20), quarter])
    assert (len(made.chart.marks), len(made.lines)) == (1, 2)
    assert len(card([quarter]).chart.marks) == 1


def published(place: str, year: int, text: str) -> SimpleNamespace:
    return SimpleNamespace(code="x", place=place, placeName=place.title(), period="year", startsOn=f"{year}-04-01",
                           periodLabel=f"Year {year}", text=text, source=f"Release {year}")  # fmt: skip


def test_each_place_is_compared_with_once_however_many_years_are_published() -> None:
    made = card([], benchmarks=[published("england", 2024, "40"), published("england", 2025, "42"),
                                published("elsewhere", 2025, "c")])  # fmt: skip
    assert [each["text"] for each in made.columns] == ["Place", "Year 2025", "Year 2024", "Source"]
    assert made.compared == [
        ["England", "42", "40", "Release 2024; Release 2025"],
        ["Elsewhere", "c", "–", "Release 2025"],
    ]
