"""One indicator of the scorecard: the series that is drawn, the rows of its table, what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.web.indicators.chart import Mark, SeriesChart

PERIODS = ("month", "quarter")  #: the shortest that has figures is drawn; the other stands in the table
MET = {True: "Yes", False: "No", None: "–"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the table: a figure, what was aimed for and whether it was met."""

    point: Any
    target: Any | None
    met: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """An indicator with its figures. `chart` is None when it has none for the place.

    `compared` are rows of texts under `columns`: each other place once, with its figures, the latest first.
    """

    measure: Any
    chart: SeriesChart | None
    lines: list[Line]
    columns: list[dict[str, Any]]
    compared: list[list[str]]


def cards(scorecard: Any) -> list[Card]:
    """Returns a card for each indicator: those with figures first, as they come."""
    made = [_card(measure, scorecard) for measure in scorecard.measures]
    return sorted(made, key=lambda card: card.chart is None)


def _card(measure: Any, scorecard: Any) -> Card:
    points = [point for point in scorecard.points if point.code == measure.code]
    targets = [target for target in scorecard.targets if target.code == measure.code and _whole(scorecard)]
    lines = [_line(point, targets) for point in points]
    drawn = next(
        (found for period in PERIODS if (found := [line for line in lines if line.point.period == period])), []
    )
    columns, compared = _compared([each for each in scorecard.benchmarks if each.code == measure.code])
    return Card(
        measure=measure,
        chart=_chart(measure, drawn) if drawn else None,
        lines=sorted(lines, key=lambda line: (line.point.startsOn, line.point.period), reverse=True),
        columns=columns,
        compared=compared,
    )


def _compared(benchmarks: list[Any]) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """Returns the columns of the table and a row for each place, in the order in which they come."""
    labels = {(each.startsOn, each.period): each.periodLabel for each in benchmarks}
    periods = sorted(labels, reverse=True)
    places: dict[str, list[Any]] = {}
    for each in benchmarks:
        places.setdefault(each.place, []).append(each)
    columns = [{"text": "Place"}, *({"text": labels[each], "numeric": True} for each in periods), {"text": "Source"}]
    return columns, [_of_place(mine, periods) for mine in places.values()]


def _of_place(mine: list[Any], periods: list[tuple[str, str]]) -> list[str]:
    at = {(each.startsOn, each.period): each.text for each in mine}
    sources = dict.fromkeys(each.source for each in mine)
    return [mine[0].placeName, *(at.get(each, "–") for each in periods), "; ".join(sources)]


def _whole(scorecard: Any) -> bool:
    """Returns whether the place shown is the whole area, to which targets belong: by name, or as its one authority."""
    return scorecard.place == "area" or len(scorecard.places) == 2


def _line(point: Any, targets: list[Any]) -> Line:
    held = [target for target in targets if target.fromOn <= point.startsOn]
    target = held[-1] if held and point.period == PERIODS[0] else None
    met = None
    if target is not None and point.value is not None:
        met = point.value <= target.value if target.direction == "at_most" else point.value >= target.value
    return Line(point=point, target=target, met=MET[met])


def _chart(measure: Any, drawn: list[Line]) -> SeriesChart:
    marks = tuple(
        Mark(
            label=line.point.periodShort,
            value=line.point.value,
            symbol=line.point.symbol,
            target=None if line.target is None else line.target.value,
            breaks=line.point.breaks,
        )
        for line in drawn
    )
    return SeriesChart(id=f"chart-{measure.code}", title=measure.title, message=_message(drawn), marks=marks)


def _message(drawn: list[Line]) -> str:
    last = drawn[-1].point
    said = "withheld" if last.symbol == "c" else "not given" if last.symbol else last.text
    text = f"{last.periodLabel}: {said}."
    before = next((line.point for line in drawn if line.point.startsOn == _year_before(last.startsOn)), None)
    if before is not None and before.value is not None and last.value is not None:
        text += f" A year before: {before.text}."
        if any(line.point.breaks for line in drawn if before.startsOn < line.point.startsOn <= last.startsOn):
            text += " The two do not compare: the counting changed between them."
    return text


def _year_before(day: str) -> str:
    return f"{int(day[:4]) - 1}{day[4:]}"
