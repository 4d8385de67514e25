"""The register's codes in our terms."""

from datetime import date
from pathlib import Path

import pytest

from integrations.gias import mapping, register
from integrations.gias.rows import GroupLinkRow, GroupRow, LinkRow
from tenants.organisations.rules import RegisterLink, RelevantAgencyCategory
from tests.integrations.gias.extracts import read, school, schools_file


@pytest.mark.parametrize(
    ("type_code", "category"),
    [
        (1, "maintained_school_governing_body"),  # community
        (2, "maintained_school_governing_body"),  # voluntary aided
        (14, "pupil_referral_unit_committee"),
        (15, "maintained_nursery_governing_body"),
        (34, "academy_proprietor"),  # converter
        (35, "academy_proprietor"),  # free school
        (38, "alternative_provision_academy_proprietor"),
        (39, "academy_16_19_proprietor"),
        (11, "independent_institution_proprietor"),
        (8, "non_maintained_special_proprietor"),
        (32, "special_post_16_proprietor"),
        (18, "further_education_governing_body"),
        (29, "higher_education_governing_body"),
    ],
)
def test_the_type_decides_who_is_the_relevant_agency(type_code: int, category: str) -> None:
    assert mapping.category_of(type_code) == RelevantAgencyCategory(category)


@pytest.mark.parametrize("type_code", [25, 30, 37, 999])
def test_an_establishment_outside_the_schedule_has_no_category(type_code: int) -> None:
    assert mapping.category_of(type_code) is None


@pytest.mark.parametrize(
    ("code", "status", "proposed_to_close"),
    [(1, "open", False), (2, "closed", False), (3, "open", True), (4, "proposed", False)],
)
def test_status_codes(tmp_path: Path, code: int, status: str, proposed_to_close: bool) -> None:
    path = schools_file(tmp_path, school(EstablishmentStatus_code=code))
    (entry,), _ = read(path, register.establishments)
    assert (entry.status, entry.proposed_to_close) == (status, proposed_to_close)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"URN": ""}, "“URN” is empty."),
        ({"URN": "12A"}, "“URN” is “12A”, which is not a whole number."),
        ({"EstablishmentName": "  "}, "“EstablishmentName” is empty."),
        ({"EstablishmentName": "x" * 201}, "“EstablishmentName” has 201 characters"),
        ({"EstablishmentStatus_code": 9}, "“EstablishmentStatus (code)” is 9, which is not a known status."),
        ({"OpenDate": "2012-09-01"}, "“OpenDate” is “2012-09-01”; a date is written dd-mm-yyyy."),
        ({"CloseDate": "31-02-2012"}, "“CloseDate” is “31-02-2012”"),
        ({"LA_code": ""}, "“LA (code)” is empty."),
        ({"LA_code": 1234}, "“LA (code)” is “1234”; a local authority has three digits."),
        ({"EstablishmentName": "A"}, "“EstablishmentName” is “A”, too short for a name."),
    ],
)
def test_a_bad_row_is_rejected_alone_with_its_line_and_reason(
    tmp_path: Path, changes: dict[str, str | int], reason: str
) -> None:
    path = schools_file(tmp_path, school(URN=900100), school(**{"URN": 900101, **changes}), school(URN=900102))
    taken, rejected = read(path, register.establishments)
    assert [entry.urn for entry in taken] == [900100, 900102]
    assert [one.line for one in rejected] == [3]
    assert rejected[0].reason.startswith(reason)


def test_only_an_academy_is_tied_to_its_trust(tmp_path: Path) -> None:
    supported = {"Trusts_code": 90001, "Trusts_name": "A foundation trust"}
    path = schools_file(
        tmp_path,
        school(URN=900100, EstablishmentTypeGroup_code=4, **supported),
        school(URN=900101, EstablishmentTypeGroup_code=10, **supported),
    )
    (maintained, academy), _ = read(path, register.establishments)
    assert (maintained.trust_uid, academy.trust_uid) == (None, 90001)


def test_the_content_hash_changes_with_what_is_read_and_with_nothing_else(tmp_path: Path) -> None:
    def hash_of(**changes: str | int) -> bytes:
        (entry,), _ = read(schools_file(tmp_path, school(**changes)), register.establishments)
        return bytes(entry.content_hash)

    assert hash_of() == hash_of(SchoolCapacity=9, LastChangedDate="02-04-2026")
    assert hash_of() != hash_of(Postcode="ZZ9 9ZZ")


@pytest.mark.parametrize(
    ("link_type", "expected"),
    [
        ("Successor", (1, 2, "successor")),
        ("Predecessor", (2, 1, "successor")),
        ("Successor - merged", (1, 2, "merger")),
        ("Predecessor - amalgamated", (2, 1, "amalgamation")),
        ("Result of Amalgamation", (1, 2, "amalgamation")),
        ("Successor - Split School", (1, 2, "split")),
    ],
)
def test_both_sides_of_a_link_tell_the_same_succession(link_type: str, expected: tuple[int, int, str]) -> None:
    link = mapping.succession(LinkRow(2, 1, 2, link_type, None))
    assert link == RegisterLink(2, *expected, None)


@pytest.mark.parametrize("link_type", ["Sixth Form Centre Link", "Other", "Closure", "Expansion"])
def test_other_links_are_not_succession(link_type: str) -> None:
    assert mapping.succession(LinkRow(2, 1, 2, link_type, None)) is None


def _group(kind: str, status: str = "Open") -> GroupRow:
    return GroupRow(
        line=2,
        uid=90001,
        group_id="TR00001",
        name="Foxley Learning Trust",
        companies_house="09000001",
        type_label=kind,
        closed_on=None,
        status_label=status,
        street=None,
        locality=None,
        town=None,
        postcode=None,
        ukprn=None,
        opened_on=date(2011, 3, 15),
        content_hash=b"0" * 16,
    )


@pytest.mark.parametrize("kind", ["Multi-academy trust", "Single-academy trust", "Secure single-academy trust"])
def test_academy_trusts_are_trusts(kind: str) -> None:
    trust = mapping.trust(_group(kind))
    assert trust is not None
    assert (trust.uid, trust.status, trust.companies_house) == (90001, "open", "09000001")


@pytest.mark.parametrize("kind", ["Federation", "School sponsor", "Trust", "Children's centres group"])
def test_other_groups_are_passed_over(kind: str) -> None:
    assert mapping.trust(_group(kind)) is None
    assert mapping.membership(GroupLinkRow(2, 1, 90001, kind, None)) is None


def test_a_group_of_unknown_status_is_rejected() -> None:
    with pytest.raises(ValueError, match="“Group Status” is “Asleep”"):
        mapping.trust(_group("Multi-academy trust", "Asleep"))
