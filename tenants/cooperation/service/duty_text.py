"""What an author may write as a duty: every field checked, all problems told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from infra.working_days import BeyondCalendar, add_working_days
from tenants.cooperation.rules.duties import (
    DEFAULT_REMINDERS,
    DEFAULT_STEPS,
    LEGAL_BASES,
    Cycle,
    Kind,
    Question,
    Step,
)
from tenants.tenancy import checks
from tenants.tenancy.errors import Invalid, Problem, Problems

MOST_QUESTIONS = 60
_KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyText:
    """A duty as its author wrote it. Reminder days and steps are in working days from the due day."""

    title: str
    body: str
    legal_basis: Sequence[str]
    cycle: str
    categories: Sequence[str]
    questions: Sequence[Question]
    legal_note: str | None = None
    opens_on: date | None = None
    due_on: date | None = None
    reminder_days: Sequence[int] = DEFAULT_REMINDERS
    follow_up: Sequence[Step] = DEFAULT_STEPS


def checked(text: DutyText, *, categories: Sequence[str]) -> dict[str, Any]:
    """Return the columns of a duty; raises `Problems` with everything that is wrong."""
    problems: list[Problem] = []

    def take(check: Callable[[], Any]) -> Any:
        try:
            return check()
        except Problem as problem:
            problems.append(problem)
            return None

    values = {
        "title": take(lambda: checks.text(text.title, name="a title", field="title", least=3)),
        "body": take(lambda: checks.text(text.body, name="what you ask, in plain English", field="body", most=10000)),
        "legal_note": take(
            lambda: checks.optional_text(text.legal_note, name="the legal note", field="legalNote", most=1000)
        ),
        "cycle": take(lambda: checks.choice(text.cycle, of=list(Cycle), field="cycle", name="how often it is asked")),
        "legal_basis": take(lambda: _some(text.legal_basis, LEGAL_BASES, "legalBasis", "at least one legal basis")),
        "categories": take(lambda: _some(text.categories, categories, "categories", "at least one category")),
        "questions": take(lambda: _questions(text.questions)),
        "reminder_days": take(lambda: _reminders(text.reminder_days)),
        "follow_up": take(lambda: _steps(text.follow_up)),
        "opens_on": text.opens_on,
        "due_on": text.due_on,
    }
    take(lambda: check_dates(opens_on=text.opens_on, due_on=text.due_on))
    if problems:
        raise Problems(problems)
    return values


def check_dates(*, opens_on: date | None, due_on: date | None) -> None:
    """Raise `Invalid` when the due day comes before the opening day or where working days are not known."""
    if opens_on:
        checks.day(opens_on, name="the date it opens", field="opensOn")
    if due_on:
        checks.day(due_on, name="the due date", field="dueOn")
    if opens_on and due_on and due_on < opens_on:
        raise Invalid("The due date must be on or after the date it opens.", field="dueOn")
    if due_on:
        try:
            add_working_days(due_on, 1)
        except BeyondCalendar as beyond:
            raise Invalid(str(beyond), field="dueOn") from None


def _some(values: Sequence[str], known: Any, field: str, name: str) -> list[str]:
    if not values:
        raise Invalid(f"Select {name}.", field=field)
    return [checks.choice(value, of=known, field=field, name=name) for value in dict.fromkeys(values)]


def _questions(questions: Sequence[Question]) -> list[dict[str, Any]]:
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise Invalid(f"Ask between 1 and {MOST_QUESTIONS} questions.", field="questions")
    if len({question.key for question in questions}) < len(questions):
        raise Invalid("Each question needs a key of its own.", field="questions")
    return [asdict(_question(number, question)) for number, question in enumerate(questions, start=1)]


def _question(number: int, question: Question) -> Question:
    field = f"questions.{number}"
    if not _KEY.match(question.key):
        raise Invalid("A question's key must be lower-case letters, digits and underscores.", field=field)
    checks.choice(question.kind, of=list(Kind), field=field, name="what kind of answer it needs")
    text = checks.text(question.text, name=f"the text of question {number}", field=field, most=500)
    help_text = checks.optional_text(question.help, name=f"the help text of question {number}", field=field, most=1000)
    for part in (text, help_text):
        checks.no_child_data(part, field=field)
    return Question(key=question.key, kind=question.kind, text=text, help=help_text or "", required=question.required)


def _reminders(days: Sequence[int]) -> list[int]:
    if len(days) > 10 or any(not -60 <= day <= 60 for day in days):
        raise Invalid(
            "Give at most 10 reminder days, each within 60 working days of the due date.", field="reminderDays"
        )
    return sorted(set(days))


def _steps(steps: Sequence[Step]) -> list[dict[str, Any]]:
    if len(steps) > 20:
        raise Invalid("Give at most 20 follow-up steps.", field="followUp")
    days = [step.working_days for step in steps]
    if days != sorted(set(days)) or any(not 1 <= day <= 250 for day in days):
        raise Invalid(
            "Each follow-up step must come later than the one before, 1 to 250 working days after the due date.",
            field="followUp",
        )
    titles = [checks.text(step.title, name="what happens at each step", field="followUp") for step in steps]
    return [asdict(Step(title=title, working_days=day)) for title, day in zip(titles, days, strict=True)]
