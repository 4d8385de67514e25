"""Bar charts drawn on the server as SVG: geometry in attributes, colour in classes, no inline style.

The figures are also in a table beside each chart (see components/chart.html), so the drawing itself is one
image with a title and a message for people who do not see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 96, 12, 16, 44
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
GAP = 0.18
BAR_CLASSES = ("app-chart__bar", "app-chart__bar app-chart__bar--second")


@dataclass(frozen=True)
class Series:
    """A named row of whole numbers (pence, counts), one for each label."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """One or two series of bars over labels, with an optional dashed line.

    `message` says what the chart shows in a sentence; `format` writes a value as people read it.
    """

    id: str
    title: str
    message: str
    labels: tuple[str, ...]
    bars: tuple[Series, ...]
    line: Series | None = None
    label_heading: str = "Period"
    format: Callable[[int], str] = str

    @property
    def columns(self) -> tuple[Series, ...]:
        """Every series, in the order of the key and of the table."""
        return self.bars if self.line is None else (*self.bars, self.line)

    @property
    def svg(self) -> Markup:
        """The drawing."""
        return draw(self)


def draw(chart: BarChart) -> Markup:
    """Returns the SVG of the chart; labels and names are escaped."""
    top = scale_top(max((value for series in chart.columns for value in series.values), default=0))
    parts = [*_head(chart), *_grid(chart, top), *_bars(chart, top), *_line(chart, top), *_labels(chart)]
    return Markup("").join([*parts, Markup("</g></svg>")])


def scale_top(highest: int) -> int:
    """Returns the smallest 4, 6, 8, 10, 12, 16, 20 or 30 × 10ⁿ, not below `highest`, with four whole steps."""
    power = 1
    while True:
        for lead in (4, 6, 8, 10, 12, 16, 20, 30):
            if lead * power >= highest and lead * power % 4 == 0:
                return lead * power
        power *= 10


def _head(chart: BarChart) -> Iterator[Markup]:
    yield Markup(
        '<svg class="app-chart" role="img" aria-labelledby="{id}-title {id}-desc" viewBox="0 0 {w} {h}"'
        ' width="{w}" height="{h}" focusable="false">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc><g aria-hidden="true">'
    ).format(id=chart.id, w=WIDTH, h=HEIGHT, title=chart.title, desc=chart.message)


def _grid(chart: BarChart, top: int) -> Iterator[Markup]:
    for step in range(5):
        value = top * step // 4
        y = _y(value, top)
        name = "app-chart__base" if step == 0 else "app-chart__grid"
        yield Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(name, LEFT, WIDTH - RIGHT, y, y)
        yield _text(chart.format(value), x=LEFT - 10, y=y + 5, anchor="end")


def _bars(chart: BarChart, top: int) -> Iterator[Markup]:
    slot = PLOT_WIDTH / max(len(chart.labels), 1)
    width = slot * (1 - 2 * GAP) / max(len(chart.bars), 1)
    for order, series in enumerate(chart.bars):
        for index, value in enumerate(series.values):
            x = LEFT + slot * (index + GAP) + width * order
            y = _y(value, top)
            yield Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                BAR_CLASSES[order], round(x, 1), y, round(width, 1), round(TOP + PLOT_HEIGHT - y, 1)
            )


def _line(chart: BarChart, top: int) -> Iterator[Markup]:
    if chart.line is None:
        return
    points = " ".join(f"{_middle(chart, i)},{_y(value, top)}" for i, value in enumerate(chart.line.values))
    yield Markup('<polyline class="app-chart__target" points="{}"/>').format(points)


def _labels(chart: BarChart) -> Iterator[Markup]:
    for index, label in enumerate(chart.labels):
        yield _text(label, x=_middle(chart, index), y=HEIGHT - BOTTOM + 26, anchor="middle")


def _text(text: str, *, x: float, y: float, anchor: str) -> Markup:
    return Markup('<text class="app-chart__tick" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        x, y, anchor, escape(text)
    )


def _middle(chart: BarChart, index: int) -> float:
    return round(LEFT + PLOT_WIDTH / len(chart.labels) * (index + 0.5), 1)


def _y(value: int, top: int) -> float:
    return round(TOP + PLOT_HEIGHT * (1 - max(value, 0) / top), 1)
