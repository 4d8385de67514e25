"""Reading the template: any order and either encoding, each problem by its line, never a word of the file repeated."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.indicators.rules.cells import Known
from tenants.indicators.rules.secondary import Cell
from tenants.indicators.rules.template import COLUMNS, MOST_BYTES, MOST_LINES, Reading, read
from tenants.indicators.rules.values import Figure, Quality, Suppression, Unit
from tests.tenants.indicators.test_personal import nhs_numbers, upns

ON = date(2026, 11, 2)
KNOWN = {
    "missing": Known(unit=Unit.COUNT, edition="2", editions=frozenset({"1", "2"})),
    "attended": Known(unit=Unit.PERCENT, edition="1", editions=frozenset({"1"})),
}
GOOD = {"indicator": "missing", "local_authority": "101", "period_type": "month", "period_start": "2026-09-01",
        "value": "12"}  # fmt: skip


def lines(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, mark: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return out.getvalue()


def reading(text: str | bytes) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return read(content, known=KNOWN, places=["101", "102"], on=ON)


def said(found: Reading) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in found.problems]


def test_a_line_becomes_a_figure() -> None:
    [row] = reading(lines(GOOD)).rows
    assert (row.code, row.edition, row.quality, row.recording_change) == ("missing", "2", Quality.PROVISIONAL, False)
    assert row.cell == Cell("101", "month", date(2026, 9, 1))  # type: ignore[arg-type]
    assert row.figure == Figure(value=Decimal(12), suppression=Suppression.NONE)


@given(st.permutations(COLUMNS), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]), st.sampled_from(",;\t"))
def test_columns_come_in_any_order_and_either_encoding(columns: list[str], encoding: str, mark: str) -> None:
    whole = {**GOOD, "quality": "Final", "recording_change": "Yes", "definition_version": "1"}
    [row] = reading(lines(whole, columns=tuple(columns), mark=mark).encode(encoding)).rows
    assert (row.edition, row.quality, row.recording_change) == ("1", Quality.FINAL, True)


@pytest.mark.parametrize(
    ("value", "suppression", "kept"),
    [
        ("0", "", (Decimal(0), "none")),
        ("1", "", (None, "small_number")),
        ("5", "", (None, "small_number")),
        ("6", "", (Decimal(6), "none")),
        ("1,204", "", (Decimal(1204), "none")),
        ("c", "", (None, "small_number")),
        ("C", "secondary", (None, "secondary")),
        (":", "", (None, "not_available")),
        ("z", "", (None, "not_applicable")),
        ("", "not available", (None, "not_available")),
        ("240", "secondary", (None, "secondary")),  # what its sender withholds is not kept because it was sent
    ],
)
def test_what_is_kept_of_a_value(value: str, suppression: str, kept: tuple[Decimal | None, str]) -> None:
    [row] = reading(lines({**GOOD, "value": value, "suppression": suppression})).rows
    assert (row.figure.value, row.figure.suppression) == kept


def test_small_numbers_are_counted_for_the_sender() -> None:
    more = [{**GOOD, "value": str(n), "period_start": f"2026-0{n + 1}-01"} for n in range(1, 8)]
    assert reading(lines(*more)).withheld == 5


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"indicator": "crime"}, "not one of this area’s"),
        ({"definition_version": "3"}, "definition version"),
        ({"local_authority": "103"}, "local authority"),
        ({"period_type": "week"}, "must be month or quarter"),
        ({"period_type": "year"}, "must be month or quarter"),
        ({"period_start": "soon"}, "must be a date"),
        ({"period_start": "2026-02-30"}, "not a day that exists"),
        ({"period_start": "2026-09-02"}, "first day"),
        ({"period_type": "quarter"}, "1 July"),
        ({"period_start": "2026-12-01"}, "must have begun"),
        ({"period_start": "1999-12-01"}, "not before 2000"),
        ({"value": ""}, "Give a value"),
        ({"value": "12.5"}, "whole number"),
        ({"value": "-1"}, "whole number"),
        ({"value": "1e3"}, "whole number"),
        ({"value": "=1+1"}, "whole number"),
        ({"value": "99999999999"}, "whole number"),
        ({"indicator": "attended", "value": "100.5"}, "between 0 and 100"),
        ({"indicator": "attended", "value": "12", "suppression": "secondary"}, "has no value"),
        ({"quality": "good"}, "provisional, final, revised"),
        ({"recording_change": "perhaps"}, "yes or no"),
        ({"suppression": "hidden"}, "suppression must be"),
    ],
)
def test_a_bad_line_is_left_out_and_named(wrong: dict[str, str], words: str) -> None:
    other = {**GOOD, "local_authority": "102"}
    found = reading(lines(other, {**GOOD, **wrong}))
    assert [row.cell.place for row in found.rows] == ["102"]
    [(line, message)] = said(found)
    assert (line, words in message) == (3, True), message


def test_a_figure_given_twice_names_the_first_line() -> None:
    found = reading(lines(GOOD, {**GOOD, "value": "13"}))
    assert said(found) == [(3, "Line 2 has a figure for the same indicator, place and period.")]


def test_a_line_is_counted_where_it_begins_though_cells_and_gaps_have_line_breaks() -> None:
    text = lines(GOOD).rstrip() + '\r\n\r\n"a\nb",,,,,,,,\r\nnonsense,,,,,,,,\r\n'
    assert [line for line, _ in said(reading(text))] == [4, 6]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"\xff\xfei\x00n\x00", 1, "not a CSV file"),
        (b"PK\x03\x04\x00\x00", 1, "not a CSV file"),
        (b"indicator\x81,value", 1, "letters cannot be read"),
        (b"indicator,value\r\nmissing,1\r\n", 1, "period_type is missing"),
        (b"indicator,value,notes\r\n", 1, "Column 3 is not one of the template"),
        (b"value,value\r\n", 1, "Column 2 has the heading of an earlier one"),
        (b"x" * (MOST_BYTES + 1), 1, "larger than"),
        (b"value\r\n" * (MOST_LINES + 3), MOST_LINES + 3, "more than 5,000 lines"),
        (",".join(COLUMNS).encode(), 2, "no figures below"),
    ],
)
def test_what_is_no_table_of_figures_is_refused_whole(content: bytes, line: int, words: str) -> None:
    found = reading(content)
    assert found.rows == []
    assert found.problems[0].line == line
    assert words in found.problems[0].message


def test_a_title_where_the_code_should_be_costs_its_line_and_not_the_file() -> None:
    found = reading(lines(GOOD, {**GOOD, "indicator": "Missing Episodes"}))
    assert (found.refused, len(found.rows)) == (False, 1)
    assert [(line, "not one of this area’s" in message) for line, message in said(found)] == [(3, True)]


@pytest.mark.parametrize("name", ["Testshire Council", "London Borough of Testham", "testshire county council"])
def test_a_councils_name_where_its_digits_should_be_costs_its_line_and_not_the_file(name: str) -> None:
    found = reading(lines(GOOD, {**GOOD, "local_authority": name}))
    assert (found.refused, len(found.rows)) == (False, 1)
    assert [(line, "Use its three digits" in message) for line, message in said(found)] == [(3, True)]


@pytest.mark.parametrize(
    "more",
    [
        {"local_authority": "Amelia Brackenbury"},
        {"local_authority": "Testshire Council Amelia Brackenbury", "period_start": "14/03/2015"},
        {"indicator": "amelia brackenbury", "period_start": "14/03/2015"},
        {"indicator": "Amelia Brackenbury", "period_start": "42077"},
        {"quality": "amelia brackenbury", "local_authority": "42077"},
        {"local_authority": "'0009990000018"},
    ],
)
def test_a_line_about_a_child_refuses_the_file_whatever_its_letters_and_dates(more: dict[str, str]) -> None:
    found = reading(lines(GOOD, {**GOOD, **more}))
    assert (found.refused, found.rows, [line for line, _ in said(found)]) == (True, [], [3])


secrets = st.one_of(nhs_numbers, upns, st.just("amelia brackenbury 14/03/2015"),
                    st.just("Amelia Brackenbury, 14/03/2015"), st.just("ZZ99 3VZ 14/03/2015"))


@settings(max_examples=200)
@given(secrets, st.integers(0, 4), st.sampled_from(COLUMNS), st.booleans())
def test_no_file_with_a_child_in_it_gives_a_single_row(secret: str, at: int, column: str, beside: bool) -> None:
    rows = [{**GOOD, "period_start": f"2026-0{n + 1}-01"} for n in range(5)]
    columns = (*COLUMNS, "value2") if beside else COLUMNS
    rows[at] = {**rows[at], ("value2" if beside else column): secret}
    found = reading(lines(*rows, columns=columns))
    assert (found.refused, found.rows, len(found.problems)) == (True, [], 1)
    assert found.problems[0].line == at + 2
    assert not any(part in found.problems[0].message for part in secret.replace(",", " ").split())


@given(st.binary(max_size=400), st.integers())
def test_whatever_bytes_come_they_are_read_or_refused_in_words(noise: bytes, seed: int) -> None:
    content = bytearray(lines(GOOD, {**GOOD, "local_authority": "102"}).encode())
    at = random.Random(seed).randrange(len(content))
    found = reading(bytes(content[:at]) + noise + bytes(content[at:]))
    assert found.rows or found.problems
    assert all(problem.line >= 1 and problem.message.endswith(".") for problem in found.problems)
