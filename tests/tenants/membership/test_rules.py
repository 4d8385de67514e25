"""Complete membership and vacancies, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tenants.membership.rules import (
    S16E,
    S16G,
    WT2023,
    EducationLevel,
    Facts,
    Kind,
    Office,
    OfficeFacts,
    Period,
    ahead_words,
    completeness,
    vacant_since,
)

TODAY = date(2026, 6, 1)
BODY = Period(first=date(2019, 9, 29))
HELD = Period(first=date(2024, 1, 1))


def office(name: str, which: Office, *held: Period) -> OfficeFacts:
    return OfficeFacts(partner_name=name, office=which, body=BODY, held=held)


COMPLETE = Facts(
    kinds=frozenset(Kind),
    offices=[
        office(name, which, HELD)
        for name in ("Northshire Council", "North ICB", "Northshire Police")
        for which in (Office.LEAD, Office.DELEGATED)
    ],
    has_chair=True,
    scrutineer_ties=[False],
    education_held=frozenset(EducationLevel),
)


@pytest.mark.parametrize(
    ("on", "covered"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 4, 30), True),
        (date(2026, 5, 1), False),
    ],
)
def test_a_period_has_its_first_and_its_last_day(on: date, covered: bool) -> None:
    assert Period(first=date(2026, 4, 1), last=date(2026, 4, 30)).covers(on) is covered


def test_a_period_without_a_last_day_goes_on() -> None:
    assert HELD.covers(date(2099, 1, 1))
    assert not HELD.covers(date(2023, 12, 31))


def test_an_area_with_everyone_in_place_is_complete() -> None:
    reading = completeness(COMPLETE, on=TODAY)
    assert (reading.complete, reading.missing, reading.notes) == (True, (), ())


@pytest.mark.parametrize(
    ("changed", "code", "sentence", "source", "statutory"),
    [
        (
            replace(COMPLETE, kinds=frozenset({Kind.LOCAL_AUTHORITY, Kind.POLICE})),
            "NO_INTEGRATED_CARE_BOARD",
            "No integrated care board is listed as a safeguarding partner.",
            S16E,
            True,
        ),
        (
            replace(COMPLETE, offices=[office("North ICB", Office.LEAD)]),
            "NO_LEAD_SAFEGUARDING_PARTNER",
            "North ICB has had no lead safeguarding partner since 29 September 2019.",
            WT2023,
            False,
        ),
        (
            replace(COMPLETE, offices=[office("North ICB", Office.DELEGATED, Period(first=TODAY, last=TODAY), HELD)]),
            None,
            None,
            None,
            None,
        ),
        (
            replace(COMPLETE, scrutineer_ties=[]),
            "NO_SCRUTINEER",
            "No independent scrutineer is in term.",
            S16G,
            True,
        ),
        (
            replace(COMPLETE, has_chair=False),
            "NO_CHAIR",
            "None of the delegated safeguarding partners chairs the partnership.",
            WT2023,
            False,
        ),
        (
            replace(COMPLETE, education_held=frozenset({EducationLevel.STRATEGIC})),
            "NO_OPERATIONAL_EDUCATION",
            "Nobody represents education at operational level.",
            WT2023,
            False,
        ),
    ],
)
def test_what_is_missing_is_said_with_its_source(
    changed: Facts, code: str | None, sentence: str | None, source: str | None, statutory: bool | None
) -> None:
    missing = completeness(changed, on=TODAY).missing
    said = [(item.code, item.sentence, item.source, item.statutory) for item in missing]
    assert said == ([] if code is None else [(code, sentence, source, statutory)])


def test_an_empty_area_lacks_everything_but_no_body_can_have_a_vacancy() -> None:
    codes = [finding.code for finding in completeness(Facts(), on=TODAY).missing]
    assert codes == [
        "NO_LOCAL_AUTHORITY",
        "NO_INTEGRATED_CARE_BOARD",
        "NO_POLICE",
        "NO_SCRUTINEER",
        "NO_CHAIR",
        "NO_STRATEGIC_EDUCATION",
        "NO_OPERATIONAL_EDUCATION",
    ]


@pytest.mark.parametrize(("ties", "notes"), [([True], 1), ([True, True], 1), ([True, False], 0), ([], 0)])
def test_a_declared_tie_is_noted_but_does_not_make_membership_incomplete(ties: list[bool], notes: int) -> None:
    reading = completeness(replace(COMPLETE, scrutineer_ties=ties), on=TODAY)
    assert len(reading.notes) == notes
    assert reading.complete is bool(ties)


@pytest.mark.parametrize(
    ("held", "since"),
    [
        ([], date(2019, 9, 29)),
        ([Period(first=date(2020, 1, 1))], None),
        ([Period(first=date(2020, 1, 1), last=TODAY)], None),
        ([Period(first=date(2020, 1, 1), last=date(2026, 5, 31))], TODAY),
        ([Period(first=date(2020, 1, 1), last=date(2025, 12, 31))], date(2026, 1, 1)),
        ([Period(first=date(2020, 1, 1), last=date(2021, 1, 1)), Period(first=date(2022, 1, 1), last=date(2023, 1, 1))],
         date(2023, 1, 2)),
        # someone is appointed, but starts later
        ([Period(first=date(2020, 1, 1), last=date(2026, 4, 30)), Period(first=date(2026, 7, 1))], date(2026, 5, 1)),
    ],
)  # fmt: skip
def test_since_when_an_office_is_vacant(held: list[Period], since: date | None) -> None:
    assert vacant_since(office=BODY, held=held, on=TODAY) == since


@pytest.mark.parametrize(
    ("what", "begins", "more", "words"),
    [
        ("partner", True, {}, "Oak becomes a partner"),
        ("partner", False, {}, "Last day of Oak as a partner"),
        ("partner", False, {"other": "Elm"}, "Last day of Oak as a partner; Elm follows"),
        ("appointment", True, {"office": Office.LEAD, "of": "Elm"}, "Oak becomes lead safeguarding partner of Elm"),
        ("appointment", False, {"office": Office.SCRUTINEER}, "Last day of Oak as independent scrutineer"),
        ("appointment", True, {"office": Office.SEAT, "of": "Housing"}, "Oak becomes holder of the seat Housing"),
        ("chair", True, {}, "Oak becomes partnership chair"),
        ("chair", False, {}, "Last day of Oak as partnership chair"),
        ("group", True, {}, "The group Oak begins"),
        ("seat", False, {}, "Last day of the seat Oak"),
    ],
)
def test_what_is_ahead_is_a_line_beside_its_day(what: str, begins: bool, more: dict[str, str], words: str) -> None:
    assert ahead_words(what=what, begins=begins, name="Oak", **more) == words  # type: ignore[arg-type]
