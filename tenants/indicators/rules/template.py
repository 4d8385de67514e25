"""Reading the CSV template: columns in any order, each problem with its line, and not one cell repeated. Pure.

A file that looks as if it were about a child is refused whole. Every other line is read or left out by itself.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tenants.indicators.rules import personal
from tenants.indicators.rules.cells import BadCell, Incoming, Known, read_line

COLUMNS = (
    "indicator",
    "definition_version",
    "local_authority",
    "period_type",
    "period_start",
    "value",
    "suppression",
    "quality",
    "recording_change",
)
NEEDED = ("indicator", "period_type", "period_start", "value")
MOST_BYTES = 256 * 1024
MOST_LINES = 5_000
MOST_PROBLEMS = 100  #: more are counted, not listed
EXPECTED = frozenset({
    "small number", "not available", "not applicable", "whole area", "the whole area", "area", "month", "quarter",
    "provisional", "final", "revised", "yes", "no", "true", "false",
})  # fmt: skip
REFUSED = "Nothing of this file was kept. Send counts only, in the template’s columns."


@dataclass(frozen=True, kw_only=True)
class LineProblem:
    """What is wrong with a line of the file, counted from 1; the sentence holds nothing of the file."""

    line: int
    message: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a file came to."""

    rows: list[Incoming] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    withheld: int = 0
    refused: bool = False


class Unreadable(Exception):
    """The file cannot be taken at all: the line and the sentence."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.problem = LineProblem(line=line, message=message)


def read(content: bytes, *, known: Mapping[str, Known], places: Sequence[str], on: date) -> Reading:
    """Return what the file holds for these indicators and local authorities, read on that day.

    A file that looks like one about a child, or that is no table, comes back refused, with no rows.
    """
    try:
        lines = list(_lines(decoded(content)))
        _refuse_persons(lines)
        header = _header(lines)
    except Unreadable as wrong:
        return Reading(problems=[wrong.problem], refused=True)
    return _rows(lines[1:], header, known=known, places=frozenset(places), on=on)


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8 or, as Excel saves it, Windows-1252; raises `Unreadable`."""
    if len(content) > MOST_BYTES:
        raise Unreadable(1, f"The file is larger than {MOST_BYTES // 1024} KB. Send it in parts.")
    if b"\x00" in content:
        raise Unreadable(1, "This is not a CSV file. In Excel, save as “CSV UTF-8 (comma delimited)”.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(1, "This file’s letters cannot be read. In Excel, save as “CSV UTF-8 (comma delimited)”.")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
            if begins > MOST_LINES + 2:
                raise Unreadable(begins, f"The file has more than {MOST_LINES:,} lines. Send it in parts.")
    except csv.Error as wrong:
        raise Unreadable(begins, "This line is not in CSV form.") from wrong


def _refuse_persons(lines: list[tuple[int, list[str]]]) -> None:
    for number, cells in lines[:1]:
        for place, cell in enumerate(cells, start=1):
            if personal.in_header(cell):
                raise Unreadable(number, f"Column {place}: {personal.WORDS[personal.Found.HEADER]}. {REFUSED}")
    layout = _layout(lines)
    for number, cells in lines:
        found = personal.in_row(cells, expected=EXPECTED, layout=layout)
        if found is not None:
            raise Unreadable(number, f"Column {found[0] + 1}: {personal.WORDS[found[1]]}. {REFUSED}")


def _layout(lines: list[tuple[int, list[str]]]) -> personal.Layout:
    names = [_column(cell) for cell in lines[0][1]] if lines else []
    at = {name: place for place, name in enumerate(names)}
    return personal.Layout(
        code=at.get("indicator"),
        authority=at.get("local_authority"),
        start=at.get("period_start"),
        value=at.get("value"),
    )


def _column(heading: str) -> str:
    return re.sub(r"[\W_]+", "_", heading.strip().casefold()).strip("_")


def _header(lines: list[tuple[int, list[str]]]) -> list[str]:
    if not lines:
        raise Unreadable(1, "The file is empty.")
    number, cells = lines[0]
    names = [_column(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    for place, name in enumerate(names, start=1):
        if name not in COLUMNS:
            raise Unreadable(number, f"Column {place} is not one of the template’s. Take it out, or mend its heading.")
        if name in names[: place - 1]:
            raise Unreadable(number, f"Column {place} has the heading of an earlier one.")
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Unreadable(number, f"The first line must have the headings {', '.join(NEEDED)}: {missing[0]} is missing.")
    return names


def _rows(
    lines: list[tuple[int, list[str]]],
    header: list[str],
    *,
    known: Mapping[str, Known],
    places: frozenset[str],
    on: date,
) -> Reading:
    rows: list[Incoming] = []
    problems: list[LineProblem] = []
    seen: dict[object, int] = {}
    for number, cells in lines:
        try:
            row = read_line(_named(cells, header), known=known, places=places, on=on)
            if row.key in seen:
                raise BadCell(f"Line {seen[row.key]} has a figure for the same indicator, place and period.")
        except BadCell as bad:
            problems.append(LineProblem(line=number, message=str(bad)))
        else:
            seen[row.key] = number
            rows.append(row)
    if not rows and not problems:
        problems.append(LineProblem(line=2, message="There are no figures below the headings."))
    return Reading(rows=rows, problems=problems, withheld=sum(row.small for row in rows))


def _named(cells: list[str], header: list[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise BadCell("This line has more cells than the first line has headings.")
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
