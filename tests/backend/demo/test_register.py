"""The nation's register files: the same bytes every time, in two editions between which schools changed."""

from __future__ import annotations

import csv
from pathlib import Path

from backend.demo.plan import SMALL
from backend.demo.register import write_extracts
from tenants.organisations.imports.service import FileKind


def _rows(folder: Path, *, older: bool) -> dict[str, dict[str, str]]:
    path = write_extracts(folder, scale=SMALL, older=older)[FileKind.ESTABLISHMENTS]
    with path.open(encoding="cp1252", newline="") as file:
        return {row["URN"]: row for row in csv.DictReader(file)}


def test_the_same_nation_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_extracts(tmp_path / name, scale=SMALL) for name in ("one", "other"))
    assert {kind: path.read_bytes() for kind, path in one.items()} == {
        kind: path.read_bytes() for kind, path in other.items()
    }


def test_between_the_editions_schools_changed_name_and_trust(tmp_path: Path) -> None:
    before, now = _rows(tmp_path / "before", older=True), _rows(tmp_path / "now", older=False)
    for column in ("EstablishmentName", "Trusts (code)"):
        assert [urn for urn in now if now[urn][column] != before[urn][column]], column


def test_the_older_edition_alone_has_the_bad_row(tmp_path: Path) -> None:
    before, now = _rows(tmp_path / "before", older=True), _rows(tmp_path / "now", older=False)
    assert [(urn, before[urn]["OpenDate"]) for urn in before.keys() - now.keys()] == [("980000", "31-02-2019")]


def test_an_academy_follows_a_school_that_closed(tmp_path: Path) -> None:
    files = write_extracts(tmp_path, scale=SMALL)
    schools = _rows(tmp_path / "now", older=False)
    with files[FileKind.LINKS].open(encoding="cp1252", newline="") as file:
        links = list(csv.DictReader(file))
    assert links
    for link in links:
        closed = link["URN"] if link["LinkType"] == "Successor" else link["LinkURN"]
        assert schools[closed]["EstablishmentStatus (name)"] == "Closed"
