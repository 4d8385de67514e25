"""Answers: what counts as one, what is missing, and what last year already said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tenants.cooperation.rules.duties import Kind, Question
from tenants.tenancy import checks
from tenants.tenancy.child_data import child_data_in

MOST_TEXT = 4000
_LINK = re.compile(r"^https?://[^\s/]+\.[^\s]+$")
_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer: yes or no, an ISO date, text or a link in `value`; for a named person the name, post and email."""

    value: str = ""
    post: str = ""
    email: str = ""

    @property
    def given(self) -> bool:
        """Return whether anything was answered at all."""
        return bool(self.value or self.post or self.email)


Answers = Mapping[str, Answer]
_PARTS = ("value", "post", "email")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong with the answer to one question; `part` of it, which says more for a named person."""

    key: str
    message: str
    part: str = "value"


def tidy(answers: Answers) -> dict[str, Answer]:
    """Return the answers tidied, and without those that say nothing."""
    clean = {
        key: Answer(value=checks.tidy(a.value), post=checks.tidy(a.post), email=checks.tidy(a.email))
        for key, a in answers.items()
    }
    return {key: answer for key, answer in clean.items() if answer.given}


def faults(questions: Sequence[Question], answers: Answers, *, complete: bool) -> list[Fault]:
    """Return what is wrong, in the order of the questions, each naming its question; `complete` also asks for what is
    required, and for values that make sense: a draft may be half finished.

    Answers to questions that are not asked are a fault too: the form was not this duty's.
    """
    found = [
        Fault(
            key=question.key,
            message=message.format(asked=f"“{question.text}”"),
            part=_part(question, answers.get(question.key), complete=complete),
        )
        for question in questions
        if (message := _fault(question, answers.get(question.key), complete=complete))
    ]
    asked = {question.key for question in questions}
    return found + [
        Fault(key=key, message="This question is not part of what you were asked.")
        for key in answers
        if key not in asked
    ]


def _fault(question: Question, answer: Answer | None, *, complete: bool) -> str | None:
    if answer is None or not answer.given:
        return _MISSING[Kind(question.kind)] if complete and question.required else None
    if too_much := _too_much(answer) or _child_data(answer):
        return too_much
    return _FAULTS[Kind(question.kind)](answer) if complete else None  # a draft may be half finished


def _part(question: Question, answer: Answer | None, *, complete: bool) -> str:
    """Return the part of a wrong answer without which nothing were wrong, else `value`."""
    if answer is None or not answer.value:
        return "value"
    without = ((part, replace(answer, **{part: ""})) for part in ("post", "email"))
    return next((part for part, rest in without if _fault(question, rest, complete=complete) is None), "value")


def _too_much(answer: Answer) -> str | None:
    if len(answer.value) > MOST_TEXT:
        return f"Shorten your answer to {{asked}} to {MOST_TEXT:,} characters or fewer."
    if max(len(answer.post), len(answer.email)) > 200:
        return "Shorten the job title and the email for {asked} to 200 characters or fewer each."
    return None


def _child_data(answer: Answer) -> str | None:
    for part in (answer.value, answer.post, answer.email):
        if held := child_data_in(part):
            return f"Remove what looks like {held} from {{asked}}. Never put a child's details in a return."
    return None


def _yes_no(answer: Answer) -> str | None:
    return None if answer.value in ("yes", "no") else "Select yes or no for {asked}."


def _date(answer: Answer) -> str | None:
    try:
        day = date.fromisoformat(answer.value)
    except ValueError:
        return "Enter a real date, like 27 3 2026, for {asked}."
    return None if 1990 <= day.year <= 2100 else "Enter a date with a year between 1990 and 2100 for {asked}."


def _text(answer: Answer) -> str | None:
    return None if answer.value else "Enter an answer to {asked}."


def _link(answer: Answer) -> str | None:
    if len(answer.value) <= 500 and _LINK.match(answer.value):
        return None
    return "Enter a web address in full, like https://www.example.org/policy, for {asked}."


def _person(answer: Answer) -> str | None:
    if not answer.value:
        return "Enter the person's name for {asked}."
    if len(answer.value) > 200:
        return "Enter a name of 200 characters or fewer for {asked}."
    if answer.email and not _EMAIL.match(answer.email):
        return "Enter an email address in the correct format, like name@example.com, for {asked}."
    return None


_FAULTS = {Kind.YES_NO: _yes_no, Kind.DATE: _date, Kind.TEXT: _text, Kind.LINK: _link, Kind.NAMED_PERSON: _person}
_MISSING = {
    Kind.YES_NO: "Select yes or no for {asked}.",
    Kind.DATE: "Enter a date for {asked}.",
    Kind.TEXT: "Enter an answer to {asked}.",
    Kind.LINK: "Enter a web address for {asked}.",
    Kind.NAMED_PERSON: "Enter the person's name for {asked}.",
}


def prefilled(questions: Sequence[Question], before: Answers) -> dict[str, Answer]:
    """Return the answers of the last return that still fit a question now asked, by the question's key."""
    return {
        question.key: before[question.key]
        for question in questions
        if question.key in before and _fault(question, before[question.key], complete=True) is None
    }


def still_unconfirmed(*, prefilled_keys: Sequence[str], before: Answers, now: Answers) -> list[str]:
    """Return the prefilled questions whose answer the person has not changed."""
    return [key for key in prefilled_keys if key in now and now[key] == before.get(key)]


def to_json(answers: Answers) -> dict[str, Any]:
    """Return the answers as they are stored."""
    return {key: {name: text for name in _PARTS if (text := getattr(answer, name))} for key, answer in answers.items()}


def from_json(stored: Mapping[str, Any]) -> dict[str, Answer]:
    """Return stored answers."""
    return {key: Answer(**parts) for key, parts in stored.items()}
