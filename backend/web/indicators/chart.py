"""The chart of one series: a bar for each period, a symbol where there is none, targets and breaks marked.

Geometry is in attributes and colour in classes, as in `backend.web.charts`; the same figures stand in a table beneath.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from backend.web.charts import BOTTOM, GAP, HEIGHT, LEFT, PLOT_HEIGHT, PLOT_WIDTH, RIGHT, TOP, WIDTH, scale_top

MOST_LABELS = 8


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One period of the series: its value or its symbol, what was aimed for, whether the series breaks before it."""

    label: str
    value: float | None
    symbol: str
    target: float | None
    breaks: bool


@dataclass(frozen=True, kw_only=True)
class SeriesChart:
    """A drawing with its title, and a sentence that says what it shows."""

    id: str
    title: str
    message: str
    marks: tuple[Mark, ...]

    @property
    def has_targets(self) -> bool:
        """Whether anything was aimed for in these periods."""
        return any(mark.target is not None for mark in self.marks)

    @property
    def has_breaks(self) -> bool:
        """Whether the series breaks anywhere."""
        return any(mark.breaks for mark in self.marks)

    @property
    def symbols(self) -> list[str]:
        """The symbols to explain, in the order of the key."""
        return [symbol for symbol in ("c", ":", "z") if any(mark.symbol == symbol for mark in self.marks)]

    @property
    def svg(self) -> Markup:
        """The drawing."""
        values = [value for mark in self.marks for value in (mark.value, mark.target) if value is not None]
        top = scale_top(math.ceil(max(values, default=0)) or 1)
        parts = [*_head(self), *_grid(top), *_bars(self.marks, top), *_targets(self.marks, top), *_breaks(self.marks)]
        return Markup("").join([*parts, *_labels(self.marks), Markup("</g></svg>")])


def _head(chart: SeriesChart) -> Iterator[Markup]:
    yield Markup(
        '<svg class="app-chart" role="img" aria-labelledby="{id}-title {id}-desc" viewBox="0 0 {w} {h}"'
        ' width="{w}" height="{h}" focusable="false">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc><g aria-hidden="true">'
    ).format(id=chart.id, w=WIDTH, h=HEIGHT, title=chart.title, desc=chart.message)


def _grid(top: int) -> Iterator[Markup]:
    for step in range(5):
        value, y = top * step // 4, _y(top * step / 4, top)
        name = "app-chart__base" if step == 0 else "app-chart__grid"
        yield Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(name, LEFT, WIDTH - RIGHT, y, y)
        yield _text(f"{value:,}", x=LEFT - 10, y=y + 5, anchor="end")


def _bars(marks: tuple[Mark, ...], top: int) -> Iterator[Markup]:
    slot = PLOT_WIDTH / max(len(marks), 1)
    for index, mark in enumerate(marks):
        if mark.value is None:
            yield _text(mark.symbol, x=_middle(marks, index), y=HEIGHT - BOTTOM - 8, anchor="middle")
            continue
        x, y = LEFT + slot * (index + GAP), _y(mark.value, top)
        yield Markup('<rect class="app-chart__bar" x="{}" y="{}" width="{}" height="{}"/>').format(
            round(x, 1), y, round(slot * (1 - 2 * GAP), 1), round(TOP + PLOT_HEIGHT - y, 1)
        )


def _targets(marks: tuple[Mark, ...], top: int) -> Iterator[Markup]:
    """Yield a level line over each run of periods with the same target."""
    slot = PLOT_WIDTH / max(len(marks), 1)
    begun = 0
    for index, mark in enumerate(marks):
        after = marks[index + 1].target if index + 1 < len(marks) else None
        if mark.target == after and index + 1 < len(marks):
            continue
        if mark.target is not None:
            y = _y(mark.target, top)
            yield Markup('<line class="app-chart__target" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
                round(LEFT + slot * begun, 1), round(LEFT + slot * (index + 1), 1), y, y
            )
        begun = index + 1


def _breaks(marks: tuple[Mark, ...]) -> Iterator[Markup]:
    slot = PLOT_WIDTH / max(len(marks), 1)
    for index, mark in enumerate(marks):
        if mark.breaks:
            x = round(LEFT + slot * index, 1)
            yield Markup('<line class="app-chart__break" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
                x, x, TOP, TOP + PLOT_HEIGHT
            )


def _labels(marks: tuple[Mark, ...]) -> Iterator[Markup]:
    every = math.ceil(len(marks) / MOST_LABELS)
    for index, mark in enumerate(marks):
        if index % every == 0:
            yield _text(mark.label, x=_middle(marks, index), y=HEIGHT - BOTTOM + 26, anchor="middle")


def _text(text: str, *, x: float, y: float, anchor: str) -> Markup:
    return Markup('<text class="app-chart__tick" x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def _middle(marks: tuple[Mark, ...], index: int) -> float:
    return round(LEFT + PLOT_WIDTH / len(marks) * (index + 0.5), 1)


def _y(value: float, top: int) -> float:
    return round(TOP + PLOT_HEIGHT * (1 - max(value, 0) / top), 1)
