"""Who a row of DfE Sign-in is, and which role of ours it comes to."""

from typing import Any

import pytest

from integrations.dfe_sign_in.mapping import Body, Person, body_of, person_of, roles_of, wrong_roles

OPTIONS = {"role_codes": {"SG_LEAD": "establishment_contact"}, "approver_role": "trust_lead"}
ROW = {
    "organisation": {"id": "23f2", "Category": "001", "URN": "900016"},
    "userId": "5d1e",
    "userStatus": 1,
    "email": "lead@example.sch.uk",
    "givenName": "Ada",
    "familyName": "Okafor",
}


@pytest.mark.parametrize(
    ("organisation", "body"),
    [
        ({"Category": "001", "URN": "900016"}, Body(by="urn", number="900016")),
        ({"category": {"id": "001", "name": "Establishment"}, "urn": "900016"}, Body(by="urn", number="900016")),
        ({"Category": "002", "EstablishmentNumber": "999"}, Body(by="la_code", number="999")),
        ({"category": {"id": "010"}, "uid": 90001}, Body(by="uid", number="90001")),
        ({"Category": "013", "UID": "90001"}, Body(by="uid", number="90001")),
        ({"Category": "050", "URN": "900016"}, None),
        ({"Category": "001", "URN": None}, None),
        ({"Category": "001", "URN": "900016; drop"}, None),
        ({"Category": "001", "URN": "٩٠٠"}, None),
        ({"Category": "001", "URN": "9" * 30}, None),
        ({}, None),
    ],
)
def test_an_organisation_is_known_by_its_number_in_either_spelling(
    organisation: dict[str, Any], body: Body | None
) -> None:
    assert body_of(organisation) == body


def test_a_row_is_a_person_at_an_organisation() -> None:
    person = person_of(ROW)
    assert person is not None
    assert (person.user_id, person.organisation_id, person.name) == ("5D1E", "23F2", "Ada Okafor")
    assert person.is_active


@pytest.mark.parametrize(
    "changed",
    [{"organisation": None}, {"organisation": "x"}, {"email": None}, {"email": "nobody"}, {"userId": None},
     {"givenName": None, "familyName": " "}],
)  # fmt: skip
def test_a_row_that_names_nobody_is_passed_over(changed: dict[str, Any]) -> None:
    assert person_of(ROW | changed) is None


def person(**changed: Any) -> Person:
    made = person_of(ROW)
    assert made is not None
    parts = {name: getattr(made, name) for name in made.__slots__}
    return Person(**(parts | changed))


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        (person(codes=("SG_LEAD",)), ("establishment_contact",)),
        (person(codes=("SG_LEAD", "SG_LEAD", "OTHER")), ("establishment_contact",)),
        (person(codes=("OTHER",)), ()),
        (person(is_approver=True), ("trust_lead",)),
        (person(is_active=False), ("establishment_contact", "trust_lead")),
    ],
)
def test_roles_are_those_the_administrators_mapped(who: Person, roles: tuple[str, ...]) -> None:
    assert roles_of(who, options=OPTIONS) == roles


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Say which of their role codes"),
        ({"role_codes": {"X": "official"}}, "“official” is not a role that an agency holds"),
        ({"approver_role": "platform_administrator"}, "is not a role that an agency holds"),
        ({"role_codes": "X"}, "are lines of"),
    ],
)
def test_no_role_beyond_an_agencys_can_be_mapped(options: dict[str, Any], words: str) -> None:
    assert any(words in each for each in wrong_roles(options))


def test_a_good_mapping_has_nothing_wrong() -> None:
    assert wrong_roles(OPTIONS) == []
