"""Which lines are taken without reading them, and which never are."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import pytest

from integrations.gias import formats, forms, lines, opening, register
from integrations.gias.lines import Lines
from tenants.organisations.rules import KnownRows, RegisterEntry, RejectedRow
from tests.integrations.gias.extracts import read, school, schools_file


def read_knowing(path: Path, *known: bytes) -> tuple[list[KnownRows | int | None], list[RejectedRow]]:
    """What a reader makes of a file when it knows these lines: runs of known rows, and the URNs of those read."""
    rejected: list[RejectedRow] = []
    numbers = {sha256(line).digest(): int(line[:6]) for line in known}
    rows = register.establishments(opening.look_at(path), on_reject=rejected.append, known=numbers)
    return [row if isinstance(row, KnownRows) else row.urn for row in rows], rejected


def three_schools(folder: Path) -> tuple[Path, list[bytes]]:
    path = schools_file(folder, *(school(URN=900_100 + number) for number in range(3)))
    return path, path.read_bytes().splitlines(keepends=True)[1:]


def test_known_lines_are_taken_together_with_the_line_they_start_on(tmp_path: Path) -> None:
    path, rows = three_schools(tmp_path)
    assert read_knowing(path, *rows) == ([KnownRows(line=2, numbers=[900_100, 900_101, 900_102])], [])
    assert read_knowing(path, rows[1], rows[2]) == ([900_100, KnownRows(line=3, numbers=[900_101, 900_102])], [])
    assert read_knowing(path, rows[0])[0] == [KnownRows(line=2, numbers=[900_100]), 900_101, 900_102]


@pytest.mark.parametrize("change", [(b"210", b"211"), (b"\r\n", b"\n"), (b"Primary", b"Primary ")])
def test_a_line_that_differs_in_one_byte_is_read(tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    path, rows = three_schools(tmp_path)
    assert read_knowing(path, rows[0].replace(*change), *rows[1:])[0][0] == 900_100


def test_a_known_line_inside_a_text_of_several_lines_is_part_of_that_text(tmp_path: Path) -> None:
    path, rows = three_schools(tmp_path)
    plain = rows[1].replace(b'"', b"")
    broken = rows[0].replace(b'"Northmere"', b'"North\r\n' + plain + b'mere"')
    path.write_bytes(path.read_bytes().replace(rows[0], broken).replace(rows[1], plain))
    assert read_knowing(path, plain)[0] == [900_100, KnownRows(line=5, numbers=[900_101]), 900_102]


def test_a_known_line_after_a_quotation_that_is_never_closed_is_known_again(tmp_path: Path) -> None:
    path, rows = three_schools(tmp_path)
    plain = [row.replace(b'"', b"") for row in rows]
    broken = plain[0].replace(b"Northmere", b'"Northmere', 1)
    path.write_bytes(path.read_bytes().split(b"\r\n")[0] + b"\r\n" + broken + plain[1] + plain[2])
    taken, rejected = read_knowing(path, *plain)
    assert taken == [KnownRows(line=3, numbers=[900_101, 900_102])]
    assert [(one.line, one.reason) for one in rejected] == [(2, "A quotation mark in this row is never closed.")]


def test_a_quotation_open_until_the_file_ends_costs_that_row_only(tmp_path: Path) -> None:
    """The rows behind it are read, also when the file is too short for the text to get too long."""
    path, rows = three_schools(tmp_path)
    plain = [row.replace(b'"', b"") for row in rows]
    broken = plain[0].replace(b"Northmere", b'"Northmere', 1)
    path.write_bytes(path.read_bytes().split(b"\r\n")[0] + b"\r\n" + broken + plain[1] + plain[2])
    taken, rejected = read(path, register.establishments)
    assert ([entry.urn for entry in taken], [one.line for one in rejected]) == ([900_101, 900_102], [2])


def test_only_a_line_that_ends_by_itself_gets_a_digest_to_be_known_by(tmp_path: Path) -> None:
    """The last line here is a row only because the file ends: with others behind it, it would swallow them."""
    path, rows = three_schools(tmp_path)
    over_two_lines = rows[1].replace(b'"Northmere"', b'"North\r\nmere"')
    last, comma, _ = rows[2].rpartition(b",")
    path.write_bytes(path.read_bytes().replace(rows[1], over_two_lines).replace(rows[2], last + comma + b'"'))
    entries = [row for row in read(path, register.establishments)[0] if isinstance(row, RegisterEntry)]
    assert [entry.urn for entry in entries] == [900_100, 900_101, 900_102]
    assert [entry.line_digest for entry in entries] == [sha256(rows[0]).digest(), None, None]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1_000])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\n\r"])
def test_lines_are_those_of_a_text_file_wherever_the_reading_stops(
    monkeypatch: pytest.MonkeyPatch, chunk: int, end: bytes
) -> None:
    monkeypatch.setattr(lines, "CHUNK", chunk)
    content = end.join((b"a,\x85b", b"", b"c\x0b\x1c\x0cd", b"\xe2\x80\xa8e", b"last"))
    for whole in (content, content + end, end, b""):
        text = io.TextIOWrapper(io.BytesIO(whole), encoding="cp1252", errors="surrogateescape", newline="")
        assert list(Lines(io.BytesIO(whole), encoding="cp1252", known={})) == list(text)


def test_the_form_of_a_file_is_its_columns_its_encoding_and_our_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def form(content: bytes, wanted: formats.FileFormat = formats.ESTABLISHMENTS) -> bytes:
        path = tmp_path / "a.csv"
        path.write_bytes(content)
        return forms.form_of(opening.look_at(path), wanted)

    told = [form(b"URN,Name\n1,a\n"), form(b"Name,URN\n1,a\n"), form(b"URN,Name,\n1,a\n")]
    told += [form("URN,Name\n1,é\n".encode()), form(b"URN,Name\n1,a\n", formats.GROUPS)]
    monkeypatch.setattr(forms, "rules_version", lambda: "other rules")
    told.append(form(b"URN,Name\n1,a\n"))
    assert len(set(told)) == len(told)
    assert form(b"URN,Name\n1,a\n") == form(b'"URN","Name"\r\n2,b\r\n')
