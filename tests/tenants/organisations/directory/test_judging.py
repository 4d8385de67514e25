"""What a directory's word changes, and what a person's word keeps."""

from __future__ import annotations

from uuid import UUID

import pytest

from tenants.organisations.directory.rules import Held, Listed, Verdict, judge, may
from tenants.organisations.rules import Kind, Status

ID = UUID(int=1)
OPEN, CLOSED = Status.OPEN, Status.CLOSED


def listed(name: str = "Listed", status: Status = OPEN) -> Listed:
    return Listed(code="QZ1", kind=Kind.INTEGRATED_CARE_BOARD, name=name, status=status)


def held(name: str, status: str = "open", *, name_then: str | None = None, status_then: str | None = None) -> Held:
    return Held(organisation_id=ID, name=name, status=status, listed_name=name_then, listed_status=status_then)


def test_an_unknown_body_is_entered_only_while_it_is_open() -> None:
    assert judge(listed(), None) == Verdict(enter=True)
    assert judge(listed(status=CLOSED), None) == Verdict()


@pytest.mark.parametrize(
    ("known", "name"),
    [
        (held("Old", name_then="Old", status_then="open"), "Listed"),
        (held("Listed", name_then="Listed", status_then="open"), None),
        (held("What a person wrote", name_then="Old", status_then="open"), None),
        (held("What a person wrote"), None),
    ],
)
def test_a_name_follows_the_directory_until_a_person_writes_another(known: Held, name: str | None) -> None:
    assert judge(listed(), known).name == name


@pytest.mark.parametrize(
    ("known", "says", "status"),
    [
        (held("Listed", name_then="Listed", status_then="open"), CLOSED, CLOSED),
        (held("Listed"), CLOSED, CLOSED),
        (held("Listed", "closed", name_then="Listed", status_then="closed"), OPEN, OPEN),
        (held("Listed", "closed", name_then="Listed", status_then="open"), OPEN, None),
        (held("Listed", "closed"), OPEN, None),
        (held("Listed", "open", name_then="Listed", status_then="closed"), CLOSED, None),
    ],
    ids=[
        "it closes",
        "first word: closed",
        "it opens again",
        "a person closed it",
        "closed by hand",
        "reopened by hand",
    ],
)
def test_open_and_closed_follow_the_directory_but_not_against_a_person(
    known: Held, says: Status, status: Status | None
) -> None:
    assert judge(listed(status=says), known).status == status


def test_what_a_connection_may_not_change_is_left_out() -> None:
    both = Verdict(name="New", status=CLOSED)
    assert may(both, names=False, status=True) == Verdict(status=CLOSED)
    assert may(both, names=True, status=False) == Verdict(name="New")
    assert may(Verdict(enter=True), names=False, status=False) == Verdict(enter=True)
