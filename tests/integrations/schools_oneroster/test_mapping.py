"""OneRoster's rows in our words: which school, which posts on a day, and who is never read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from integrations.school_people.model import School, Tenure
from integrations.schools_oneroster.mapping import (
    Stray,
    Unusable,
    changed_at,
    is_stray,
    person_of,
    school_of,
    urn_of,
)

LEAD, TOKEN = "designated_safeguarding_lead", "ext:designatedSafeguardingLead"
POSTS = {TOKEN: LEAD, "principal": "headteacher"}
DAY = date(2026, 11, 22)


def org(**changed: Any) -> dict[str, Any]:
    return {
        "sourcedId": "s-1", "status": "active", "type": "school", "name": " Meadow School ", "identifier": "900001",
        **changed,
    }  # fmt: skip


def role(name: str = TOKEN, *, school: str = "s-1", **changed: Any) -> dict[str, Any]:
    return {"roleType": "primary", "role": name, "org": {"sourcedId": school, "type": "org"}, **changed}


def user(*roles: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "sourcedId": "u-1", "status": "active", "enabledUser": "true", "givenName": "Ada", "familyName": "Okafor",
        "email": " ada@school.example ", "phone": "", "roles": list(roles), **changed,
    }  # fmt: skip


def posts(row: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each.school, each.post) for each in person_of(row, posts=POSTS, on=DAY).tenures}


def test_a_school_and_an_organisation_that_is_none() -> None:
    assert school_of(org()) == School(id="s-1", urn=900001, name="Meadow School")
    assert school_of(org(status="tobedeleted")) == School(id="s-1", urn=900001, name="Meadow School", gone=True)
    assert school_of(org(type="district")) is None


@pytest.mark.parametrize(
    ("row", "field", "urn"),
    [
        ({"identifier": "900001"}, None, 900001),
        ({"identifier": " 900001 "}, None, 900001),
        ({"identifier": 900001}, None, 900001),
        ({"identifier": "E06-12", "metadata": {"urn": "900001"}}, None, 900001),
        ({"metadata": {"DfE URN": 900001}}, None, 900001),
        ({"metadata": {"laestab": "9012001"}}, None, None),
        ({"metadata": {"laestab": "900001"}}, "metadata.laestab", 900001),
        ({"identifier": "900001", "code": "900002"}, "code", 900002),
        ({"identifier": "0"}, None, None),
        ({"identifier": "not a number"}, None, None),
        ({"identifier": "12345678901234567890"}, None, None),
        ({}, None, None),
    ],
)
def test_where_the_urn_is(row: dict[str, Any], field: str | None, urn: int | None) -> None:
    assert urn_of(row, field) == urn


def test_a_person_with_a_post() -> None:
    found = person_of(user(role("teacher"), role(), role("aide")), posts=POSTS, on=DAY)
    assert (found.id, found.name, found.email, found.phone) == ("u-1", "Ada Okafor", "ada@school.example", None)
    assert found.tenures == (Tenure(school="s-1", post=LEAD, word=TOKEN.lower()),)


def test_of_a_person_without_a_post_nothing_is_kept_but_the_id() -> None:
    found = person_of(user(role("teacher")), posts=POSTS, on=DAY)
    assert (found.id, found.name, found.email, found.tenures) == ("u-1", "", None, ())


@pytest.mark.parametrize(
    ("dates", "holds"),
    [
        ({}, True),
        ({"beginDate": "2026-11-22"}, True),
        ({"beginDate": "2026-11-23"}, False),
        ({"endDate": "2026-11-23"}, True),
        ({"endDate": "2026-11-22"}, False),
        ({"beginDate": "2025-09-01T00:00:00Z", "endDate": "2027-07-31"}, True),
    ],
)
def test_a_post_is_held_until_the_day_before_its_end(dates: dict[str, str], holds: bool) -> None:
    assert bool(posts(user(role(**dates)))) is holds


def test_two_posts_two_schools_and_the_same_twice() -> None:
    row = user(role(), role("principal"), role(school="s-2"), role(), role(school="s-1", roleType="secondary"))
    assert posts(row) == {("s-1", LEAD), ("s-1", "headteacher"), ("s-2", LEAD)}


@pytest.mark.parametrize("changed", [{"status": "tobedeleted"}, {"status": "inactive"}, {"enabledUser": "false"}])
def test_who_left_has_no_post(changed: dict[str, str]) -> None:
    assert posts(user(role(), **changed)) == set()


def test_a_deletion_may_say_nothing_but_the_id() -> None:
    assert person_of({"sourcedId": "u-1", "status": "tobedeleted"}, posts=POSTS, on=DAY).tenures == ()


@pytest.mark.parametrize("other", ["student", "guardian", "parent", "relative"])
def test_a_pupil_or_a_pupils_family_is_never_read_even_with_a_post(other: str) -> None:
    row = user(role(other), role())
    assert is_stray(row)
    with pytest.raises(Stray):
        person_of(row, posts={**POSTS, other: LEAD}, on=DAY)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, "not an object"),
        ([], "not an object"),
        (user(role(), sourcedId=""), "no sourcedId"),
        (user(role(), sourcedId="a b"), "no sourcedId"),
        (user(role(), sourcedId="x" * 121), "no sourcedId"),
        (user(role(), sourcedId=7), "no sourcedId"),
        (user(role(), status="perhaps"), "status"),
        (user(roles="none"), "roles"),
        (user(roles=["none"]), "roles"),
        (user(role(), givenName=None, familyName=" "), "no name"),
    ],
)
def test_what_cannot_be_taken_says_why_and_names_nobody(row: Any, words: str) -> None:
    with pytest.raises(Unusable, match=words) as refusal:
        person_of(row, posts=POSTS, on=DAY)
    assert "Ada" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-10-02T08:00:00.000Z", datetime(2026, 10, 2, 8, tzinfo=UTC)),
        ("2026-10-02T09:00:00+01:00", datetime(2026, 10, 2, 8, tzinfo=UTC)),
        ("2026-10-02T08:00:00", datetime(2026, 10, 2, 8, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
    ],
)
def test_when_a_row_was_changed(text: str | None, when: datetime | None) -> None:
    assert changed_at({"dateLastModified": text}) == when
