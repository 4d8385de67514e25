"""What counts as an answer, by example."""

from __future__ import annotations

import pytest

from tenants.cooperation.rules.answers import (
    Answer,
    faults,
    from_json,
    prefilled,
    still_unconfirmed,
    tidy,
    to_json,
)
from tenants.cooperation.rules.duties import Question


def asks(kind: str, *, required: bool = True) -> Question:
    return Question(key="q", kind=kind, text="A question?", required=required)


def said(kind: str, answer: Answer, *, complete: bool = True, required: bool = True) -> str | None:
    found = faults([asks(kind, required=required)], tidy({"q": answer}), complete=complete)
    return found[0].message if found else None


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("yes_no", Answer(value="yes")),
        ("yes_no", Answer(value="no")),
        ("date", Answer(value="2026-09-14")),
        ("date", Answer(value=" 2024-02-29 ")),
        ("date", Answer(value="1990-01-01")),
        ("date", Answer(value="2100-12-31")),
        ("text", Answer(value="x" * 4000)),
        ("link", Answer(value="https://www.meadow.example.org/policy.pdf")),
        ("named_person", Answer(value="Maya Thornton", post="Deputy head", email="maya@meadow.example.org")),
        ("link", Answer(value="https://x.example/" + "a" * 482)),  # 500 characters
        ("named_person", Answer(value="Maya Thornton")),
        ("named_person", Answer(value="x" * 200, post="x" * 200)),
    ],
)
def test_a_good_answer_has_no_fault(kind: str, answer: Answer) -> None:
    assert said(kind, answer) is None


@pytest.mark.parametrize(
    ("kind", "answer", "says"),
    [
        ("yes_no", Answer(), "Select yes or no for “A question?”."),
        ("yes_no", Answer(value="maybe"), "Select yes or no for “A question?”."),
        ("date", Answer(), "Enter a date for “A question?”."),
        ("date", Answer(value="2026-02-30"), "Enter a real date"),
        ("date", Answer(value="last week"), "Enter a real date"),
        ("date", Answer(value="0026-09-14"), "a year between 1990 and 2100"),
        ("date", Answer(value="1989-12-31"), "a year between 1990 and 2100"),
        ("date", Answer(value="2101-01-01"), "a year between 1990 and 2100"),
        ("text", Answer(value="   "), "Enter an answer to “A question?”."),
        ("text", Answer(value="x" * 4001), "4,000 characters or fewer"),
        ("link", Answer(value="www.meadow.example.org"), "Enter a web address in full"),
        ("link", Answer(value="javascript:alert(1)"), "Enter a web address in full"),
        ("link", Answer(value="https://x.example/" + "a" * 483), "Enter a web address in full"),
        ("named_person", Answer(post="Deputy head"), "Enter the person's name for “A question?”."),
        ("named_person", Answer(value="Maya", email="maya at meadow"), "email address in the correct format"),
        ("named_person", Answer(value="x" * 201), "200 characters or fewer"),
        ("named_person", Answer(value="Maya", post="x" * 201), "200 characters or fewer"),
        ("text", Answer(value="NHS number 943 476 5919"), "Remove what looks like an NHS number from “A question?”."),
        ("named_person", Answer(value="Maya", post="dob 3/9/2014"), "a date of birth from “A question?”."),
    ],
)
def test_a_fault_says_what_to_do(kind: str, answer: Answer, says: str) -> None:
    message = said(kind, answer)
    assert message is not None
    assert says in message
    assert "“A question?”" in message, "a summary of ten messages says which question each is about"


def test_a_question_may_hold_what_a_template_would_take_for_a_gap() -> None:
    asked = Question(key="q", kind="date", text="When did {it} end?")
    assert [fault.message for fault in faults([asked], {}, complete=True)] == ["Enter a date for “When did {it} end?”."]


@pytest.mark.parametrize("kind", ["yes_no", "date", "text", "link", "named_person"])
def test_what_is_not_required_may_be_left_out(kind: str) -> None:
    assert said(kind, Answer(), required=False) is None


def test_a_draft_may_be_half_finished_but_never_hold_a_child() -> None:
    assert said("date", Answer(value="14/9"), complete=False) is None
    assert said("link", Answer(value="www."), complete=False) is None
    assert said("yes_no", Answer(), complete=False) is None
    assert "NHS number" in (said("text", Answer(value="943 476 5919"), complete=False) or "")


def test_an_answer_to_a_question_that_was_not_asked_is_a_fault() -> None:
    found = faults([asks("text", required=False)], {"other": Answer(value="x")}, complete=False)
    assert [(fault.key, fault.message) for fault in found] == [
        ("other", "This question is not part of what you were asked.")
    ]


def test_last_years_answers_are_carried_over_where_they_still_fit() -> None:
    questions = [asks("yes_no"), Question(key="when", kind="date", text="When?")]
    before = {"q": Answer(value="yes"), "when": Answer(value="in the spring"), "gone": Answer(value="x")}
    assert prefilled(questions, before) == {"q": Answer(value="yes")}


def test_a_changed_answer_counts_as_confirmed() -> None:
    before = {"a": Answer(value="1"), "b": Answer(value="2"), "c": Answer(value="3")}
    now = {"a": Answer(value="1"), "b": Answer(value="changed")}
    assert still_unconfirmed(prefilled_keys=["a", "b", "c"], before=before, now=now) == ["a"]


def test_answers_are_stored_without_what_is_empty_and_come_back_the_same() -> None:
    answers = {"q": Answer(value="yes"), "lead": Answer(value="Maya", post="Head")}
    assert to_json(answers) == {"q": {"value": "yes"}, "lead": {"value": "Maya", "post": "Head"}}
    assert from_json(to_json(answers)) == answers
    assert tidy({"q": Answer(value=" yes "), "when": Answer(value="  ")}) == {"q": Answer(value="yes")}


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        (Answer(value="Maya", email="maya at meadow"), "email"),
        (Answer(value="Maya", post="x" * 201), "post"),
        (Answer(value="x" * 201, email="maya@meadow.example.org"), "value"),
        (Answer(email="maya at meadow"), "value"),
    ],
)
def test_a_fault_names_the_part_of_a_person_that_is_wrong(answer: Answer, part: str) -> None:
    (found,) = faults([asks("named_person")], {"q": answer}, complete=True)
    assert found.part == part
