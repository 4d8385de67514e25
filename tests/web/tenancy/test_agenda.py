"""What an area's front page says is due and missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.web.strict import wrap
from backend.web.tenancy import agenda

TODAY = date(2026, 11, 22)


def cycle(**changed: object) -> Any:
    values = {"id": "C1", "dutyTitle": "Section 175 return", "label": "2026-27", "opensOn": "2026-09-01",
              "dueOn": "2026-12-18", "asked": 10, "returned": 7, "accepted": 7, "declined": 1}
    return wrap({**values, **changed})


def flag(**changed: object) -> Any:
    return wrap({"id": "F1", "title": "No agreement on funding", "replyDueOn": None, "reviewOn": None, **changed})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ["Section 175 return, 2026-27: 2 answers still to come"]),
        ({"returned": 8}, ["Section 175 return, 2026-27: 1 answer still to come"]),
        ({"returned": 9}, []),
        ({"opensOn": "2026-11-23"}, []),
        ({"dueOn": "2027-03-01"}, []),
    ],
)
def test_a_cycle_is_due_while_answers_are_to_come(changed: dict[str, object], said: list[str]) -> None:
    assert [item.text for item in agenda.due(cycles=[cycle(**changed)], flags=[], slug="x", today=TODAY)] == said


def test_what_is_late_comes_first_and_says_so() -> None:
    items = agenda.due(
        cycles=[cycle(), cycle(dueOn="2026-11-21", label="mini")],
        flags=[flag(replyDueOn="2026-11-30", reviewOn="2027-01-05")],
        slug="x",
        today=TODAY,
    )
    assert [(item.on.isoformat(), item.late) for item in items] == [
        ("2026-11-21", True), ("2026-11-30", False), ("2026-12-18", False), ("2027-01-05", False),
    ]


def test_what_agencies_sent_waits_for_a_reply_questions_first() -> None:
    question = wrap({"id": "R1", "agencyName": "Alder School", "title": "Section 175 return", "cycleLabel": "2026-27"})
    found = agenda.replies(
        cycles=[cycle(), cycle(id="C2", accepted=6), cycle(id="C3", returned=2_007)], questions=[question], slug="x"
    )
    assert [(reply.text, reply.href) for reply in found] == [
        ("Alder School asked about Section 175 return, 2026-27", "/area/x/requests/R1"),
        ("Section 175 return, 2026-27: 1 return", "/area/x/cycles/C2?state=submitted"),
        ("Section 175 return, 2026-27: 2,000 returns", "/area/x/cycles/C3?state=submitted"),
    ]


COMPLETE = wrap({"complete": True, "missing": []})


@pytest.mark.parametrize(
    ("budgets", "said"),
    [
        ([], ["There is no budget for 2026-27."]),
        ([{"year": 2025, "state": "agreed"}], ["There is no budget for 2026-27."]),
        ([{"year": 2026, "state": "draft"}],
         ["The budget for 2026-27 is not agreed by every lead safeguarding partner."]),
        ([{"year": 2026, "state": "agreed"}], []),
    ],
)
def test_this_years_budget_is_there_and_agreed_or_said_to_be_missing(budgets: list[Any], said: list[str]) -> None:
    gaps = agenda.missing(completeness=COMPLETE, budgets=wrap(budgets), slug="x", today=TODAY)
    assert [gap.text for gap in gaps] == said


def test_a_gap_of_membership_names_its_source() -> None:
    lacking = wrap({"complete": False, "missing": [{"sentence": "No chair.", "source": "WT2023", "statutory": False}]})
    agreed = wrap([{"year": 2026, "state": "agreed"}])
    gaps = agenda.missing(completeness=lacking, budgets=agreed, slug="x", today=TODAY)
    assert [(gap.text, gap.source) for gap in gaps] == [("No chair.", "WT2023")]


@pytest.mark.parametrize(("day", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2027-01-01", 2026)])
def test_a_financial_year_begins_on_1_april(day: str, year: int) -> None:
    assert agenda.financial_year(date.fromisoformat(day)) == year


@pytest.mark.parametrize(
    ("things", "said"),
    [
        ([], None),
        ([("budget", "Budget 2026-27")], "The budget 2026-27 waits for your agreement"),
        ([("contribution", "Police")], "1 contribution waits for your agreement"),
        ([("contribution", "Police"), ("contribution", "ICB")], "2 contributions wait for your agreement"),
        (
            [("budget", "Budget 2026-27"), ("budget", "Budget 2025-26"), ("contribution", "Police")],
            "The budget 2026-27, the budget 2025-26 and 1 contribution wait for your agreement",
        ),
    ],
)
def test_what_waits_for_the_viewers_own_agreement_is_said_in_one_sentence(
    things: list[tuple[str, str]], said: str | None
) -> None:
    rows = [wrap({"item": {"what": what, "title": title}}) for what, title in things]
    assert agenda.waiting(rows) == said
