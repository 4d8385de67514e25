"""The real form of the extracts: Windows-1252, CRLF, columns by name, a bad row rejected alone."""

from datetime import date
from pathlib import Path

import pytest

from integrations.gias import opening, register
from integrations.gias.errors import WrongFile
from integrations.gias.synthetic_columns import COLUMNS
from tests.integrations.gias.extracts import facts, read, school, schools_file


def test_a_school_is_read_with_its_facts(tmp_path: Path) -> None:
    path = schools_file(
        tmp_path,
        school(URN=900123, EstablishmentName="Àrdan & St Alwyn’s School", OpenDate="01-09-2012", LA_code=991),
    )
    (entry,), rejected = read(path, register.establishments)
    assert rejected == []
    assert (entry.line, entry.urn, entry.name) == (2, 900123, "Àrdan & St Alwyn’s School")
    assert (entry.opened_on, entry.closed_on) == (date(2012, 9, 1), date(2012, 8, 31))
    assert (entry.la_code, entry.status, entry.phase) == ("991", "open", "primary")


def test_columns_are_found_by_name_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    shuffled = ("Something new", *reversed(COLUMNS), "Another")
    plain, _ = read(schools_file(tmp_path, school()), register.establishments)
    other, _ = read(schools_file(tmp_path, school(), columns=shuffled), register.establishments)
    assert facts(other) == facts(plain)


def test_case_and_spaces_of_a_heading_do_not_matter(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school())
    path.write_bytes(path.read_bytes().replace(b'"LA (code)"', b'" la  (CODE) "'))
    taken, _ = read(path, register.establishments)
    assert taken[0].la_code == "991"


def test_a_short_code_of_a_local_authority_keeps_its_three_digits(tmp_path: Path) -> None:
    (entry,), _ = read(schools_file(tmp_path, school(LA_code=7)), register.establishments)
    assert entry.la_code == "007"


def test_a_quotation_mark_never_closed_costs_that_row_only(tmp_path: Path) -> None:
    path = schools_file(tmp_path, *(school(URN=900100 + n) for n in range(5)))
    lines = path.read_bytes().split(b"\r\n")
    lines[2] = lines[2].replace(b'Primary School 1"', b"Primary School 1")
    path.write_bytes(b"\r\n".join(lines))
    taken, rejected = read(path, register.establishments)
    assert [entry.urn for entry in taken] == [900100, 900102, 900103, 900104]
    assert [(one.line, one.reference) for one in rejected] == [(3, "900101")]


def test_a_quotation_mark_open_to_the_end_of_a_long_file_costs_that_row_only(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school(URN=900100), school(URN=900101))
    first = path.read_bytes().split(b"\r\n")[1].replace(b'"', b"")
    plain_rows = [first.replace(b"900100", str(901_000 + n).encode()) for n in range(400)]
    broken = first.replace(b"Northmere", b'"Northmere', 1)
    heading = path.read_bytes().split(b"\r\n")[0]
    path.write_bytes(b"\r\n".join([heading, broken, *plain_rows, b""]))
    taken, rejected = read(path, register.establishments)
    assert [entry.urn for entry in taken] == [901_000 + n for n in range(400)]
    assert [(entry.line) for entry in taken][:2] == [3, 4]
    assert [(one.line, one.reason) for one in rejected] == [
        (2, "A quotation mark in this row is never closed."),
    ]


def test_a_row_with_too_few_columns_says_how_many(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school(), school(URN=900200))
    path.write_bytes(path.read_bytes() + b"900300,991\r\n")
    taken, rejected = read(path, register.establishments)
    assert len(taken) == 2
    assert (rejected[0].line, rejected[0].reason) == (4, "It has 2 columns where the heading has 140.")


def test_a_text_over_two_lines_is_one_row_and_later_line_numbers_stay_right(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school(Street="1 High Street\r\nTop floor"), school(URN=900200))
    taken, _ = read(path, register.establishments)
    assert [entry.line for entry in taken] == [2, 4]


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school())
    path.write_bytes(path.read_bytes() + b"\r\n\r\n")
    taken, rejected = read(path, register.establishments)
    assert (len(taken), rejected) == (1, [])


def test_bytes_outside_the_encoding_cost_the_row_and_not_the_file(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school(Town="Somewhere"), school(URN=900200))
    path.write_bytes(path.read_bytes().replace(b"Somewhere", b"Some\x81here\xe0"))
    taken, rejected = read(path, register.establishments)
    assert [entry.urn for entry in taken] == [900200]
    assert "Windows-1252" in rejected[0].reason


def test_a_copy_saved_again_as_utf_8_gives_the_same_names(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school(EstablishmentName="Àrdan’s School"))
    before, _ = read(path, register.establishments)
    text = path.read_bytes().decode("cp1252")
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_bytes(text.encode(encoding))
        assert facts(read(path, register.establishments)[0]) == facts(before)


def test_reading_a_row_at_a_time_does_not_need_the_whole_file(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school(), school(URN=900200))
    opened = opening.look_at(path)
    rows = register.establishments(opened, on_reject=lambda _: None)
    assert next(rows).line == 2


def test_a_heading_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="has a heading but no rows"):
        read(schools_file(tmp_path), register.establishments)
