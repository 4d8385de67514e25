"""Tables as CSV and XLSX files in which no cell can act as a formula.

A cell that begins with one of `= + - @`, a tab or a line break is a formula to a spreadsheet program; a name typed by
a stranger would then run in the reader's Excel (OWASP, "CSV Injection"). CSV text gets an apostrophe in front, XLSX
text is written as text. Numbers and dates stay numbers and dates.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlsxwriter

Cell = str | int | Decimal | date | None

_LEADS = tuple("=+-@\t\r\n＝＋－＠")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that XML 1.0, so XLSX, cannot hold
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")

#: rows of one workbook: more would hold the process for seconds and its memory for good
MOST_ROWS = 10_000

CSV_TYPE = "text/csv"  #: the charset (UTF-8) is added to it where it is sent
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TooManyRows(Exception):
    """A workbook would have more than `MOST_ROWS` rows; `said` is a sentence for the person who asked for it."""

    def __init__(self, rows: int) -> None:
        self.said = (
            f"An Excel workbook has at most {MOST_ROWS:,} rows here, and this one would have {rows:,}. "
            "Take the CSV file, which has them all and opens in Excel too, or narrow the list first."
        )
        super().__init__(self.said)


def to_csv(*, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file: UTF-8 with a byte order mark (else Excel guesses), CRLF, dates as 2026-04-01."""
    return csv_start(header) + csv_rows(rows)


def csv_start(header: Sequence[str]) -> bytes:
    """Return how a CSV file begins, for one whose rows are sent part by part."""
    return b"\xef\xbb\xbf" + csv_rows([header])


def csv_rows(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def to_xlsx(*, sheet: str, header: Sequence[str], rows: Collection[Sequence[Cell]]) -> bytes:
    """Return an XLSX workbook with one sheet, its header frozen and bold, decimals shown with two places.

    Raises `TooManyRows`.
    """
    import xlsxwriter  # here: 3 MB that most processes never need

    if len(rows) > MOST_ROWS:
        raise TooManyRows(len(rows))
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(_SHEET_NAME.sub(" ", sheet)[:31])
        formats = _Formats(book)
        for column, name in enumerate(header):
            page.write_string(0, column, _legal(name), formats.header)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(page, number, column, cell, formats)
        page.freeze_panes(1, 0)
        page.autofit()
    return out.getvalue()


class _Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.header = book.add_format({"bold": True})
        self.date = book.add_format({"num_format": "d mmmm yyyy"})
        self.decimal = book.add_format({"num_format": "#,##0.00"})


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    match cell:
        case None:
            page.write_blank(row, column, None)
        case date():
            page.write_datetime(row, column, cell, formats.date)
        case Decimal():
            page.write_number(row, column, cell, formats.decimal)
        case int():
            page.write_number(row, column, cell)
        case str():
            page.write_string(row, column, _legal(cell))


def _csv_cell(cell: Cell) -> str | int | Decimal:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case str():
            return _guarded(cell)
    return cell


def _guarded(text: str) -> str:
    legal = _legal(text)
    # a program that trims cells would see through leading spaces
    return f"'{legal}" if legal.lstrip(" ").startswith(_LEADS) else legal


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
