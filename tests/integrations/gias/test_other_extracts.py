"""Links and groups, on invented files and on the Department's own file where it is at hand."""

import os
from datetime import date
from pathlib import Path

import pytest

from integrations.gias import invented, opening, register, synthetic
from tests.integrations.gias.extracts import read

REAL_LINKS = Path(os.environ.get("CONCORDAT_TEST_GIAS_LINKS", "links_edubasealldata20250109.csv"))


def test_links_give_each_succession_from_both_sides(tmp_path: Path) -> None:
    made = synthetic.write_extracts(tmp_path, rows=20)
    links, rejected = read(made.links, register.successions)
    assert rejected == []
    assert len(links) == 12
    told_by_old, told_by_new = links[0], links[1]
    assert told_by_old[1:4] == told_by_new[1:4] == (900001, 900006, "successor")
    assert (told_by_old.on_date, told_by_new.on_date) == (date(2012, 8, 31), None)


def test_a_link_without_both_numbers_is_rejected_alone(tmp_path: Path) -> None:
    made = synthetic.write_extracts(tmp_path, rows=10)
    with made.links.open("ab") as file:
        file.write(b'900001,,"Nobody","Successor",""\r\n900001,900001,"Itself","Successor",""\r\n')
    _, rejected = read(made.links, register.successions)
    assert [(one.line, one.reason) for one in rejected] == [
        (9, "“LinkURN” is empty."),
        (10, "It links an establishment to itself."),
    ]


def test_groups_give_the_trusts_with_dates_in_either_writing(tmp_path: Path) -> None:
    made = synthetic.write_extracts(tmp_path, rows=10, trusts=3)
    trusts, rejected = read(made.groups, register.trusts)
    assert rejected == []
    assert [trust.uid for trust in trusts] == [90001, 90002, 90003]
    assert {trust.opened_on for trust in trusts} == {date(2011, 3, 15)}


def test_group_links_say_since_when_a_trust_runs_a_school(tmp_path: Path) -> None:
    made = synthetic.write_extracts(tmp_path, rows=20, trusts=2)
    memberships, _ = read(made.group_links, register.memberships)
    assert [(one.urn, one.uid, one.joined_on) for one in memberships[:4]] == [
        (900006, 90001, date(2012, 9, 1)),
        (900007, 90001, date(2012, 9, 1)),
        (900008, 90001, date(2012, 9, 1)),
        (900016, 90002, date(2012, 9, 1)),
    ]


def test_an_invented_extract_has_the_published_form(tmp_path: Path) -> None:
    made = synthetic.write_extracts(tmp_path, rows=30)
    content = made.establishments.read_bytes()
    heading, first = content.split(b"\r\n")[:2]
    assert heading.count(b",") == 139
    assert heading.startswith(b'"URN","LA (code)","LA (name)","EstablishmentNumber","EstablishmentName"')
    assert first.startswith(b'900001,991,"Northmere",2000,"St Alwyn\x92s')
    assert content.count(b"\n") == content.count(b"\r\n") == 31
    assert opening.look_at(made.establishments).encoding == "cp1252"


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one = synthetic.write_extracts(tmp_path / "one", rows=50)
    two = synthetic.write_extracts(tmp_path / "two", rows=50)
    assert opening.look_at(one.establishments).sha256 == opening.look_at(two.establishments).sha256
    assert len({record["URN"] for record in invented.establishments(50)}) == 50


@pytest.mark.skipif(not REAL_LINKS.exists(), reason="set CONCORDAT_TEST_GIAS_LINKS to a copy of the real file")
def test_the_departments_own_links_file_is_read_without_a_rejection() -> None:
    links, rejected = read(REAL_LINKS, register.successions)
    assert rejected == []
    assert len(links) > 30_000
    assert {link.kind for link in links} == {"successor", "merger", "amalgamation", "split"}
