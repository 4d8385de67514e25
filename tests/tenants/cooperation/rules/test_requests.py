"""The states of a request, by example."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.cooperation.rules.requests import RequestState, academic_year, is_late, next_state, why_not

VERBS = ("save", "submit", "withdraw", "accept", "ask_more", "decline", "cancel")
ALLOWED = {
    "not_started": {"save": "draft", "submit": "submitted", "decline": "declined", "cancel": "cancelled"},
    "draft": {"save": "draft", "submit": "submitted", "decline": "declined", "cancel": "cancelled"},
    "submitted": {"withdraw": "draft", "accept": "accepted", "ask_more": "more_needed"},
    "accepted": {},
    "more_needed": {"save": "draft", "submit": "submitted", "decline": "declined", "cancel": "cancelled"},
    "declined": {"save": "draft", "submit": "submitted", "cancel": "cancelled"},
    "cancelled": {},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(RequestState))
def test_each_verb_in_each_state(state: RequestState, verb: str) -> None:
    assert next_state(state, verb) == ALLOWED[state.value].get(verb)


@pytest.mark.parametrize("state", list(RequestState))
def test_each_refusal_has_a_sentence(state: RequestState) -> None:
    assert why_not(state).endswith((".", "draft."))


@pytest.mark.parametrize(
    ("state", "due_on", "late"),
    [
        ("not_started", date(2026, 11, 20), True),
        ("draft", date(2026, 11, 20), True),
        ("more_needed", date(2026, 11, 20), True),
        ("not_started", date(2026, 11, 21), False),
        ("submitted", date(2026, 11, 20), False),
        ("accepted", date(2026, 11, 20), False),
        ("declined", date(2026, 11, 20), False),
        ("cancelled", date(2026, 11, 20), False),
    ],
)
def test_late_is_the_day_after_the_due_day_for_those_who_owe_an_answer(state: str, due_on: date, late: bool) -> None:
    assert is_late(state=state, due_on=due_on, on=date(2026, 11, 21)) is late


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 9, 1), "2026-27"),
        (date(2026, 8, 31), "2025-26"),
        (date(2027, 2, 12), "2026-27"),
        (date(1999, 10, 1), "1999-00"),
    ],
)
def test_the_academic_year_runs_from_september_to_august(day: date, year: str) -> None:
    assert academic_year(day) == year
