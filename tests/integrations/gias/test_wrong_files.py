"""A wrong file is refused whole, with a sentence that says what it is."""

from pathlib import Path

import pytest

from integrations.gias import opening, register, synthetic
from integrations.gias.errors import WrongFile
from integrations.gias.synthetic_columns import COLUMNS
from tests.integrations.gias.extracts import read, school, schools_file


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04rest", "a zip archive or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b'\xff\xfe"\x00U\x00', "UTF-16"),
        (b"\r\n<!DOCTYPE html><title>Sorry</title>", "a web page"),
        (b'{"error": 404}', "a data message"),
        (b'"URN","a\x00b"\r\n', "binary data"),
    ],
)
def test_what_is_not_text_is_named(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(WrongFile, match=sentence):
        opening.look_at(path)


def test_another_file_of_the_register_is_recognised(tmp_path: Path) -> None:
    made = synthetic.write_extracts(tmp_path, rows=20)
    for path, looks_like in (
        (made.links, r"establishment links file \(links_edubasealldata\)"),
        (made.groups, r"groups file \(allgroupsdata\)"),
        (made.group_links, r"group links file \(alllinksdata\)"),
    ):
        with pytest.raises(WrongFile, match=f"This looks like the {looks_like}, not the establishments file"):
            read(path, register.establishments)
    with pytest.raises(WrongFile, match="This looks like the establishments file"):
        read(made.establishments, register.successions)
    with pytest.raises(WrongFile, match="This looks like the group links file"):
        read(made.group_links, register.trusts)


def test_missing_columns_are_listed_by_name(tmp_path: Path) -> None:
    fewer = tuple(name for name in COLUMNS if name not in ("CloseDate", "Postcode"))
    with pytest.raises(WrongFile, match="it has no columns “CloseDate”, “Postcode”") as refused:
        read(schools_file(tmp_path, school(), columns=fewer), register.establishments)
    assert refused.value.code == "missing_columns"


def test_a_column_that_is_read_may_not_appear_twice(tmp_path: Path) -> None:
    path = schools_file(tmp_path, school())
    path.write_bytes(path.read_bytes().replace(b'"SiteName"', b'"URN"'))
    with pytest.raises(WrongFile, match="More than one column is called “URN”"):
        read(path, register.establishments)


def test_semicolons_are_named_as_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("URN;LinkURN;LinkName\r\n1;2;3\r\n")
    with pytest.raises(WrongFile, match="separated by semicolons"):
        read(path, register.successions)


def test_nothing_was_yielded_before_the_refusal(tmp_path: Path) -> None:
    made = synthetic.write_extracts(tmp_path, rows=20)
    rows = register.establishments(opening.look_at(made.links), on_reject=lambda _: None)
    with pytest.raises(WrongFile):
        next(rows)
