"""Wonde's rows in our words, wherever a school's system puts the role."""

from __future__ import annotations

from typing import Any

import pytest

from integrations.school_people.model import School
from integrations.school_people.posts import DEFAULT_TEXTS
from integrations.schools_wonde.mapping import Unusable, deleted_of, domain_of, person_of, plain_address, school_of


def employee(*roles: Any, **changed: Any) -> dict[str, Any]:
    return {
        "id": "A7", "forename": "Ada", "surname": "Okafor", "roles": {"data": list(roles)},
        "employment_details": {"data": {"current": True}},
        "contact_details": {"data": {"emails": {"email": "ada@home.example", "work": "ada@school.example"}}}, **changed,
    }  # fmt: skip


def posts(row: dict[str, Any]) -> list[str]:
    return [each.post for each in person_of(row, school="A1", posts=DEFAULT_TEXTS).tenures]


def test_a_school() -> None:
    row = {"id": "A1", "name": "Meadow School", "urn": 900001}
    assert school_of(row) == School(id="A1", urn=900001, name="Meadow School")
    told = {"id": "A1", "name": "Meadow School", "region": {"identifiers": {"urn": "900001"}}}
    assert school_of(told).urn == 900001
    assert school_of({"id": "A1", "name": "Meadow School"}).urn is None


def test_an_employee_with_a_post_by_their_work_address() -> None:
    found = person_of(employee({"name": "designated safeguarding LEAD"}), school="A1", posts=DEFAULT_TEXTS)
    assert (found.id, found.name, found.email) == ("A1 A7", "Ada Okafor", "ada@school.example")
    assert [(each.school, each.post) for each in found.tenures] == [("A1", "designated_safeguarding_lead")]


@pytest.mark.parametrize("role", [{"name": "Headteacher"}, {"description": "Headteacher"}])
def test_a_role_is_named_or_described(role: dict[str, str]) -> None:
    assert posts(employee(role)) == ["headteacher"]


@pytest.mark.parametrize(
    "row",
    [
        employee({"name": "Teacher"}),
        employee(),
        employee({"name": "Headteacher"}, employment_details={"data": {"current": False}}),
        employee({"name": 7}, "Headteacher", None),
        employee(roles=None),
    ],
)
def test_of_everybody_else_nothing_is_kept(row: dict[str, Any]) -> None:
    found = person_of(row, school="A1", posts=DEFAULT_TEXTS)
    assert (found.name, found.email, found.tenures) == ("", None, ())


@pytest.mark.parametrize(
    "row", [None, {}, {"id": 7}, {"id": "a b"}, employee({"name": "Headteacher"}, forename="", surname="")]
)
def test_what_cannot_be_taken(row: Any) -> None:
    with pytest.raises(Unusable):
        person_of(row, school="A1", posts=DEFAULT_TEXTS)


def test_a_deletion_is_of_an_employee_or_nothing_to_us() -> None:
    gone = deleted_of({"id": "A7", "type": "employee"}, school="A1")
    assert gone is not None
    assert (gone.id, gone.tenures) == ("A1 A7", ())
    assert deleted_of({"id": "A7", "type": "student"}, school="A1") is None


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://api.wonde.com/v1.0", "api.wonde.com"),
        ("https://api.wonde.com/", "api.wonde.com"),
        ("api.wonde.com", "api.wonde.com"),
        ("http://127.0.0.1:1/wonde/uk", "127.0.0.1:1/wonde/uk"),
    ],
)
def test_two_ways_of_writing_a_region_are_the_same(address: str, plain: str) -> None:
    assert plain_address(address) == plain
    assert domain_of({"region": {"domain": address}}) == plain
