"""The figures as a file that a spreadsheet program opens, and the template to send some in."""

from __future__ import annotations

from collections.abc import Sequence

from infra.export import Cell, to_csv, to_xlsx
from tenants.indicators.queries.rows import DefinitionRow, Place, Point
from tenants.indicators.rules.catalogue import PROPOSED
from tenants.indicators.rules.periods import last_day
from tenants.indicators.rules.template import COLUMNS
from tenants.indicators.rules.values import QUALITY_LABELS, SYMBOLS, UNIT_LABELS

HEADER = (
    "Code",
    "Indicator",
    "Version",
    "Place",
    "Period",
    "From",
    "To",
    "Value",
    "Symbol",
    "Unit",
    "Quality",
    "Break in the series",
    "Sent by",
)


def template(codes: Sequence[str] = ()) -> bytes:
    """Return the template with its headings and one empty line for each indicator (the proposed ones when none)."""
    wanted = codes or [each.code for each in PROPOSED]
    return to_csv(header=COLUMNS, rows=[[code, *[""] * (len(COLUMNS) - 1)] for code in wanted])


def as_csv(points: Sequence[Point], *, measures: Sequence[DefinitionRow], places: Sequence[Place]) -> bytes:
    """Return the figures as CSV; what is withheld has its symbol and no value."""
    return to_csv(header=HEADER, rows=_rows(points, measures, places))


def as_xlsx(points: Sequence[Point], *, measures: Sequence[DefinitionRow], places: Sequence[Place]) -> bytes:
    """Return the figures as an XLSX workbook."""
    return to_xlsx(sheet="Figures", header=HEADER, rows=_rows(points, measures, places))


def _rows(points: Sequence[Point], measures: Sequence[DefinitionRow], places: Sequence[Place]) -> list[list[Cell]]:
    titles = {each.code: each.title for each in measures}
    names = {each.place: each.name for each in places}
    return [_row(each, title=titles.get(each.code, each.code), place=names.get(each.place, each.place))
            for each in points]  # fmt: skip


def _row(each: Point, *, title: str, place: str) -> list[Cell]:
    return [
        each.code,
        title,
        each.edition,
        place,
        each.period.value,
        each.starts_on,
        last_day(each.period, each.starts_on),
        each.value if each.value is None or each.value != int(each.value) else int(each.value),
        SYMBOLS[each.suppression],
        UNIT_LABELS[each.unit],
        QUALITY_LABELS[each.quality],
        "Yes" if each.breaks else "",
        each.source,
    ]
