"""Charts: geometry that fits, words that are escaped, no style."""

import re
from xml.etree import ElementTree

import pytest

from backend.web.charts import BarChart, Series, draw, scale_top


def chart(**changed: object) -> BarChart:
    values: dict[str, object] = {
        "id": "c",
        "title": "Given & received",
        "message": "More was given than received",
        "labels": ("2025", "2026"),
        "bars": (Series("Given", (50, 100)), Series("Received", (25, 0))),
    }
    return BarChart(**{**values, **changed})  # type: ignore[arg-type]


def parsed(drawn: BarChart) -> ElementTree.Element:
    return ElementTree.fromstring(drawn.svg)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (3, 4), (5, 8), (45, 60), (100, 100), (101, 120), (45_000_000, 60_000_000), (7, 8)]
)
def test_the_scale_ends_just_above_the_highest_value_in_four_whole_steps(highest: int, top: int) -> None:
    assert scale_top(highest) == top
    assert top % 4 == 0


def test_bars_stand_on_the_base_line_in_proportion() -> None:
    heights = [float(bar.get("height", "")) for bar in parsed(chart()).iter("rect")]
    assert heights == [130.0, 260.0, 65.0, 0.0]


def test_everything_stays_inside_the_drawing() -> None:
    for bar in parsed(chart()).iter("rect"):
        assert 0 <= float(bar.get("x", "")) <= float(bar.get("x", "")) + float(bar.get("width", "")) <= 760


def test_it_is_one_image_with_title_and_message_for_those_who_do_not_see_it() -> None:
    svg = parsed(chart())
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "c-title c-desc")
    assert [svg.findtext("title"), svg.findtext("desc")] == ["Given & received", "More was given than received"]


def test_labels_are_escaped() -> None:
    drawn = str(draw(chart(labels=("<b>", "&"), title='"><script>')))
    assert "<script>" not in drawn
    assert "&lt;b&gt;" in drawn


def test_there_is_no_style_for_the_policy_to_refuse() -> None:
    assert not re.search(r"style|onload|href", str(draw(chart(line=Series("Budget", (60, 60))))))


def test_a_line_joins_the_middles_and_is_a_column_of_the_table() -> None:
    drawn = chart(line=Series("Budget", (60, 80)))
    line = parsed(drawn).find(".//polyline")
    assert line is not None
    assert len(line.get("points", "").split()) == 2
    assert [column.name for column in drawn.columns] == ["Given", "Received", "Budget"]


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    assert parsed(chart(labels=(), bars=())).get("role") == "img"
