"""What figures say of an area: a standing, a few words, and the reasons with how we know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tenants.cooperation.queries.progress import CooperationRate
from tenants.intervention.queries import AreaFlags
from tenants.membership.rules import Completeness, Finding
from tenants.overview.rules import (
    NOT_REPORTED,
    Dated,
    Difference,
    Standing,
    Subject,
    budget_fact,
    cooperation_fact,
    differences,
    flags_fact,
    membership_fact,
    share,
)
from tenants.resourcing.queries.rows import AreaBudget

GAP = Finding(code="NO_CHAIR", sentence="Nobody chairs.", source="Working Together", statutory=False)
NOTE = Finding(code="SCRUTINEERS_TIED", sentence="A tie is declared.", source="Section 16G", statutory=True)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 9, "0%"), (9, 9, "100%"), (1, 3, "33%"), (999, 1000, "99%"), (1, 1000, "1%")],
)
def test_all_is_all_and_none_is_none(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


def test_what_is_missing_comes_before_what_one_should_know_and_its_number_is_the_amount() -> None:
    fact = membership_fact(Completeness(missing=(GAP, GAP), notes=(NOTE,)))
    assert (fact.standing, fact.words, fact.amount) == (Standing.ATTENTION, "2 missing", 2)
    assert [(reason.sentence, reason.statutory) for reason in fact.reasons] == [
        ("Nobody chairs.", False),
        ("Nobody chairs.", False),
        ("A tie is declared.", True),
    ]


def test_a_complete_membership_may_have_something_to_know() -> None:
    fact = membership_fact(Completeness(missing=(), notes=(NOTE,)))
    assert (fact.standing, fact.words, fact.amount) == (Standing.MET, "Complete", 0)
    assert [reason.sentence for reason in fact.reasons] == ["A tie is declared."]


@pytest.mark.parametrize(
    ("state", "standing", "words", "amount"),
    [("agreed", Standing.MET, "Agreed 2026-27", 1), ("draft", Standing.ATTENTION, "Not agreed 2026-27", 0)],
)
def test_a_budget_is_agreed_or_not_and_its_size_never_judged(
    state: str, standing: Standing, words: str, amount: float
) -> None:
    budget = AreaBudget(area_id=1, year=2026, state=state, agreed_on=None, planned_pence=1, promised_pence=None,
                        received_pence=None)  # fmt: skip
    fact = budget_fact(budget)
    assert (fact.standing, fact.words, fact.amount) == (standing, words, amount)


@pytest.mark.parametrize(
    ("asked", "returned", "late", "standing", "words"),
    [
        (4, 4, 0, Standing.MET, "100% answered in the last year"),
        (4, 1, 0, Standing.MET, "25% answered in the last year"),
        (4, 1, 2, Standing.ATTENTION, "25% answered in the last year, 2 late"),
    ],
)
def test_only_late_answers_need_attention(asked: int, returned: int, late: int, standing: Standing, words: str) -> None:
    fact = cooperation_fact(CooperationRate(area_id=1, asked=asked, returned=returned, accepted=0, late=late))
    assert (fact.standing, fact.words, fact.amount) == (standing, words, returned / asked)


@pytest.mark.parametrize(
    ("asked", "late", "before", "words", "sentences"),
    [
        (4, 0, 1, "25% answered in the last year, 1 late from before", 2),
        (4, 2, 3, "25% answered in the last year, 2 late, 3 late from before", 2),
        (0, 0, 3, "None asked for in the last year, 3 late from before", 1),
    ],
)
def test_an_answer_that_is_late_stays_late_when_its_year_is_over(
    asked: int, late: int, before: int, words: str, sentences: int
) -> None:
    rate = CooperationRate(area_id=1, asked=asked, returned=asked // 4, accepted=0, late=late, late_before=before)
    fact = cooperation_fact(rate)
    assert (fact.standing, fact.words, len(fact.reasons)) == (Standing.ATTENTION, words, sentences)
    assert fact.reasons[-1].sentence.startswith(f"{before} answer")


def test_open_flags_say_how_many_wait_for_the_department() -> None:
    assert flags_fact(None).words == "None open"
    assert flags_fact(AreaFlags(area_id=1, open=2, awaiting_department=0)).words == "2 open"
    assert flags_fact(AreaFlags(area_id=1, open=2, awaiting_department=1)).words == "2 open, 1 for the Department"


FLAGLESS = Dated(fact=flags_fact(None), recheck_on=date(2027, 1, 5))


def test_rows_that_say_the_same_differ_in_nothing() -> None:
    both = {Subject.FLAGS: FLAGLESS}
    assert differences(kept=both, computed={**both, Subject.BUDGET: Dated(fact=NOT_REPORTED)}) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"standing": Standing.ATTENTION}, "attention: None open"),
        ({"words": "Zero open"}, "met: Zero open"),
        ({"amount": 1}, "met: None open"),
    ],
)
def test_a_difference_is_any_difference_of_what_is_shown(other: dict[str, Any], words: str) -> None:
    computed = replace(FLAGLESS, fact=replace(FLAGLESS.fact, **other))
    assert differences(kept={Subject.FLAGS: FLAGLESS}, computed={Subject.FLAGS: computed}) == [
        Difference(
            subject=Subject.FLAGS,
            kept="met: None open (0 reasons, until 2027-01-05)",
            computed=f"{words} (0 reasons, until 2027-01-05)",
        )
    ]


def test_a_row_that_would_be_shown_too_long_differs_too() -> None:
    (found,) = differences(kept={Subject.FLAGS: replace(FLAGLESS, recheck_on=None)}, computed={Subject.FLAGS: FLAGLESS})
    assert (found.kept, found.computed) == (
        "met: None open (0 reasons)",
        "met: None open (0 reasons, until 2027-01-05)",
    )
