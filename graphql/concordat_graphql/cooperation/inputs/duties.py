"""What the mutations about duties are given."""

from __future__ import annotations

from datetime import date

import strawberry

from tenants.cooperation.rules.duties import DEFAULT_REMINDERS, DEFAULT_STEPS, Question, Step
from tenants.cooperation.service.duty_text import DutyText


@strawberry.input
class QuestionInput:
    """One question; keep `key` from version to version so that last year's answers find it."""

    key: str
    kind: str
    text: str
    help: str = ""
    required: bool = True


@strawberry.input
class StepInput:
    """A follow-up step."""

    title: str
    working_days: int


@strawberry.input
class DutyTextInput:
    """A duty as its author writes it. Days are working days from the due day."""

    title: str
    body: str
    legal_basis: list[str]
    cycle: str
    categories: list[str]
    questions: list[QuestionInput]
    legal_note: str | None = None
    opens_on: date | None = None
    due_on: date | None = None
    reminder_days: list[int] | None = None
    follow_up: list[StepInput] | None = None

    def text(self) -> DutyText:
        """Return the domain's text."""
        steps = (
            None
            if self.follow_up is None
            else [Step(title=s.title, working_days=s.working_days) for s in self.follow_up]
        )
        return DutyText(
            title=self.title,
            body=self.body,
            legal_basis=self.legal_basis,
            cycle=self.cycle,
            categories=self.categories,
            questions=[
                Question(key=q.key, kind=q.kind, text=q.text, help=q.help, required=q.required) for q in self.questions
            ],
            legal_note=self.legal_note,
            opens_on=self.opens_on,
            due_on=self.due_on,
            reminder_days=DEFAULT_REMINDERS if self.reminder_days is None else self.reminder_days,
            follow_up=DEFAULT_STEPS if steps is None else steps,
        )


@strawberry.input
class DraftDutyInput:
    """A new duty that nobody is asked yet."""

    idempotency_key: str
    area_id: strawberry.ID
    text: DutyTextInput


@strawberry.input
class ReviseDutyInput:
    """What a duty is to say instead, by someone who saw `version`."""

    idempotency_key: str
    duty_id: strawberry.ID
    version: int
    text: DutyTextInput


@strawberry.input
class PublishDutyInput:
    """A duty whose text is to be frozen as the next version."""

    idempotency_key: str
    duty_id: strawberry.ID
    version: int


@strawberry.input
class RetireDutyInput:
    """A duty that is not to be asked any more."""

    idempotency_key: str
    duty_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class OpenCycleInput:
    """A published duty to ask of every included agency in its categories."""

    idempotency_key: str
    duty_id: strawberry.ID
    opens_on: date | None = None
    due_on: date | None = None
    arrangements_version: str | None = None


@strawberry.input
class AskLatecomersInput:
    """A cycle whose later comers are to be asked too."""

    idempotency_key: str
    cycle_id: strawberry.ID
