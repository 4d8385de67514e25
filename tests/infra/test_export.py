"""Exported tables: numbers stay numbers, and no text can become a formula in the reader's spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from infra import export
from infra.export import Cell, TooManyRows, csv_rows, csv_start, to_csv, to_xlsx

HEADER = ["Partner", "Amount", "Received", "Reference"]
ROW: list[Cell] = ["Northshire Council", Decimal("1234.50"), date(2026, 4, 1), None]

ATTACKS = [
    '=HYPERLINK("http://example.org")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "\x00=1+1",
]


def rows_of(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def sheet_of(file: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]


def test_a_csv_row_reads_back() -> None:
    assert rows_of(to_csv(header=HEADER, rows=[ROW])) == [HEADER, ["Northshire Council", "1234.50", "2026-04-01", ""]]


def test_a_negative_number_is_not_mistaken_for_a_formula() -> None:
    assert rows_of(to_csv(header=["Change"], rows=[[Decimal("-2.50")], [-3]]))[1:] == [["-2.50"], ["-3"]]


@pytest.mark.parametrize("attack", ATTACKS)
def test_csv_text_that_looks_like_a_formula_is_made_harmless_in_cells_and_headers(attack: str) -> None:
    for cells in rows_of(to_csv(header=[attack], rows=[[attack]])):
        assert cells[0].startswith("'")


def test_ordinary_text_is_left_alone() -> None:
    plain = 'O\'Brien, A-level lead (50% = half) — "acting"\nsecond line'
    assert rows_of(to_csv(header=["Name"], rows=[[plain]]))[1] == [plain]


def test_an_xlsx_row_keeps_its_types() -> None:
    sheet = sheet_of(to_xlsx(sheet="2026-27", header=HEADER, rows=[ROW]))
    assert [cell.value for cell in sheet[1]] == HEADER
    assert [cell.value for cell in sheet[2]] == ["Northshire Council", 1234.5, datetime(2026, 4, 1), None]
    assert sheet["B2"].number_format == "#,##0.00"


@pytest.mark.parametrize("attack", ATTACKS)
def test_xlsx_text_is_never_a_formula(attack: str) -> None:
    sheet = sheet_of(to_xlsx(sheet="Sheet", header=[attack], rows=[[attack]]))
    assert (sheet["A1"].data_type, sheet["A2"].data_type) == ("s", "s")


def test_a_link_stays_text() -> None:
    sheet = sheet_of(to_xlsx(sheet="Sheet", header=["Link"], rows=[["https://example.org"]]))
    assert sheet["A2"].hyperlink is None


@pytest.mark.parametrize("name", ["Contributions 2026/27: [all]", "'quoted'", "x" * 60])
def test_any_sheet_name_will_do(name: str) -> None:
    assert sheet_of(to_xlsx(sheet=name, header=["A"], rows=[])).title.strip()


def test_a_csv_file_that_is_sent_in_parts_is_the_same_file() -> None:
    rows = [ROW, ["=1+1", 2, None, "a\r\nb"]]
    parts = csv_rows(rows[:1]) + csv_rows([]) + csv_rows(rows[1:])
    assert csv_start(HEADER) + parts == to_csv(header=HEADER, rows=rows)


def test_a_workbook_of_more_rows_than_it_may_have_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    assert sheet_of(to_xlsx(sheet="All", header=HEADER, rows=[ROW] * 2)).max_row == 3
    with pytest.raises(TooManyRows, match="at most 2 rows here, and this one would have 3"):
        to_xlsx(sheet="All", header=HEADER, rows=[ROW] * 3)
