"""What the mutations of cooperation are given."""

from __future__ import annotations

from datetime import date

import strawberry

from tenants.cooperation.rules.answers import Answer
from tenants.cooperation.rules.duties import DEFAULT_REMINDERS, DEFAULT_STEPS, Question, Step
from tenants.cooperation.service.duty_text import DutyText


@strawberry.input
class ChooseAgencyInput:
    """An organisation to put on the area's list. `chosen: false` records that it was considered and not chosen."""

    idempotency_key: str
    area_id: strawberry.ID
    organisation_id: strawberry.ID
    reason: str
    category: str | None = None
    expectation: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    chosen: bool = True


@strawberry.input
class ChooseEstablishmentsInput:
    """Categories of which every establishment in the area is to be chosen."""

    idempotency_key: str
    area_id: strawberry.ID
    categories: list[str]
    reason: str
    expectation: str | None = None


@strawberry.input
class ReviseAgencyInput:
    """What the area says of an agency, by someone who saw `version`."""

    idempotency_key: str
    agency_id: strawberry.ID
    version: int
    reason: str
    expectation: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None


@strawberry.input
class TellAgenciesInput:
    """Agencies that were told of their inclusion: when, how, in which version of the arrangements."""

    idempotency_key: str
    area_id: strawberry.ID
    agency_ids: list[strawberry.ID]
    told_on: date
    channel: str
    arrangements_version: str


@strawberry.input
class AcknowledgeInclusionInput:
    """An acknowledgement by the agency; `acknowledgedBy` only where the area records one that came another way."""

    idempotency_key: str
    agency_id: strawberry.ID
    version: int
    acknowledged_by: str | None = None


@strawberry.input
class LeaveAgencyInput:
    """An agency's refusal, or the end of its inclusion, with the reason."""

    idempotency_key: str
    agency_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class AddAgencyNoteInput:
    """A note that only the area reads. Never about a child."""

    idempotency_key: str
    agency_id: strawberry.ID
    body: str


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
        steps = None if self.follow_up is None else [Step(title=s.title, working_days=s.working_days)
                                                      for s in self.follow_up]
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


@strawberry.input
class AnswerInput:
    """The answer to one question: text in `value`; for a named person the name, with `post` and `email`."""

    key: str
    value: str = ""
    post: str = ""
    email: str = ""


def answers_of(given: list[AnswerInput] | None) -> dict[str, Answer] | None:
    """Return the domain's answers, or None when none were given."""
    if given is None:
        return None
    return {one.key: Answer(value=one.value, post=one.post, email=one.email) for one in given}


@strawberry.input
class SaveReturnInput:
    """An unfinished answer to keep."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    answers: list[AnswerInput]


@strawberry.input
class SubmitReturnInput:
    """A return to send; without answers, the draft as it stands."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    answers: list[AnswerInput] | None = None
    confirm_prefilled: bool = False


@strawberry.input
class MoveReturnInput:
    """A request to act on, by someone who saw `version`."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int


@strawberry.input
class DeclineRequestInput:
    """A request that will not be answered, or is not needed any more, with the reason."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class ConfirmReturnsInput:
    """Requests to answer at once, with answers that are the same for all of them."""

    idempotency_key: str
    request_ids: list[strawberry.ID]
    answers: list[AnswerInput] = strawberry.field(default_factory=list)


@strawberry.input
class ConfirmOneInput:
    """One request of a confirmation of many."""

    idempotency_key: str
    request_id: strawberry.ID
    answers: list[AnswerInput]


@strawberry.input
class PostMessageInput:
    """A message about a request. Never about a child."""

    idempotency_key: str
    request_id: strawberry.ID
    body: str


@strawberry.input
class ReplyToReturnInput:
    """The partnership's reply: accepted, or more_needed with what is missing."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    outcome: str
    comment: str


@strawberry.input
class AcceptReturnsInput:
    """Returns to accept with the same comment."""

    idempotency_key: str
    area_id: strawberry.ID
    request_ids: list[strawberry.ID]
    comment: str


@strawberry.input
class MoveFollowUpInput:
    """A decision to follow up, by someone who saw the request at `fromStep`."""

    idempotency_key: str
    request_id: strawberry.ID
    from_step: int
    to_step: int
    reason: str
