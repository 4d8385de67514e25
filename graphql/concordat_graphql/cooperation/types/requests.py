"""Requests to agencies, and what the record of one is made of: returns, replies, messages, follow-up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.cooperation.keys import encode_in
from concordat_graphql.cooperation.types.duties import FollowUpStep
from tenants.cooperation.queries import records as queries
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.rules.answers import Answers
from tenants.cooperation.rules.requests import LABELS, RequestState
from tenants.tenancy.mail.queries import Undelivered


@strawberry.type
class DutyRequest:
    """One agency asked for one duty in one cycle."""

    id: strawberry.ID
    area_id: strawberry.ID
    area_name: str
    organisation_id: strawberry.ID
    agency_id: strawberry.ID
    agency_name: str
    category_label: str
    title: str
    cycle_label: str
    opens_on: date
    due_on: date
    state: str
    state_label: str
    late: bool
    question_open: bool
    submitted_at: datetime | None
    state_reason: str | None
    step: int = strawberry.field(description="The follow-up step; 0 for the agency's own people.")
    step_title: str | None
    reminders: int
    version: int
    form_id: strawberry.ID = strawberry.field(description="The same for requests that ask the same questions.")

    @classmethod
    def of(cls, row: RequestRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=encode_in("DutyRequest", row.area_id, row.id),
            area_id=ids.encode("Area", row.area_id),
            area_name=row.area_name,
            organisation_id=ids.encode("Organisation", row.organisation_id),
            agency_id=encode_in("RelevantAgency", row.area_id, row.agency_id),
            agency_name=row.agency_name,
            category_label=row.category_label,
            title=row.title,
            cycle_label=row.cycle_label,
            opens_on=row.opens_on,
            due_on=row.due_on,
            state=row.state,
            state_label=LABELS[RequestState(row.state)],
            late=row.late,
            question_open=row.question_open,
            submitted_at=row.submitted_at,
            state_reason=row.state_reason,
            step=row.step,
            step_title=row.step_title,
            reminders=row.reminders,
            version=row.version,
            form_id=encode_in("DutyVersion", row.area_id, row.duty_version_id),
        )


@strawberry.type
class GivenAnswer:
    """The answer to one question."""

    key: str
    value: str
    post: str
    email: str
    prefilled: bool = strawberry.field(description="Carried over from last year and not yet confirmed or changed.")


def given(answers: Answers, *, prefilled: tuple[str, ...] = ()) -> list[GivenAnswer]:
    """Return answers as a list."""
    return [
        GivenAnswer(key=key, value=a.value, post=a.post, email=a.email, prefilled=key in prefilled)
        for key, a in answers.items()
    ]


@strawberry.type
class Submission:
    """What was sent, with the partnership's reply when there is one."""

    receipt: str
    answers: list[GivenAnswer]
    sent_by: str
    sent_at: datetime
    withdrawn_at: datetime | None
    outcome: str | None
    comment: str | None
    replied_by: str | None
    replied_at: datetime | None

    @classmethod
    def of(cls, row: queries.SubmissionRow) -> Self:
        """Return the type of a row; answers carried over from last year and confirmed are marked."""
        return cls(
            receipt=row.receipt,
            answers=given(row.answers, prefilled=row.reused),
            sent_by=row.sent_by,
            sent_at=row.sent_at,
            withdrawn_at=row.withdrawn_at,
            outcome=row.outcome,
            comment=row.comment,
            replied_by=row.replied_by,
            replied_at=row.replied_at,
        )


@strawberry.type
class RequestMessage:
    """One message about a request; `side` is area or agency."""

    side: str
    body: str
    written_by: str
    written_at: datetime

    @classmethod
    def of(cls, row: queries.MessageRow) -> Self:
        """Return the type of a row."""
        return cls(side=row.side, body=row.body, written_by=row.written_by, written_at=row.written_at)


@strawberry.type
class FollowUpMove:
    """One follow-up decision."""

    step: int
    step_title: str
    evidence: str
    reason: str
    moved_by: str
    moved_at: datetime

    @classmethod
    def of(cls, row: queries.MoveRow) -> Self:
        """Return the type of a row."""
        return cls(
            step=row.step,
            step_title=row.step_title,
            evidence=row.evidence,
            reason=row.reason,
            moved_by=row.moved_by,
            moved_at=row.moved_at,
        )


@strawberry.type
class SentReminder:
    """A reminder that was sent; `day` is in working days from the due day."""

    day: int
    sent_to: str
    sent_at: datetime

    @classmethod
    def of(cls, row: queries.ReminderRow) -> Self:
        """Return the type of a row."""
        return cls(day=row.day, sent_to=row.sent_to, sent_at=row.sent_at)


@strawberry.type
class UndeliveredMail:
    """An address that the last email about this did not reach."""

    address: str
    why: str = strawberry.field(description="What happened and what to do, in words.")
    written_at: datetime

    @classmethod
    def of(cls, row: Undelivered) -> Self:
        """Return the type of a row."""
        return cls(address=row.address, why=row.why, written_at=row.written_at)


@strawberry.type
class FollowUpProposal:
    """The step that the calendar suggests. It is never taken by itself."""

    step: int
    title: str
    evidence: str


@strawberry.type
class FollowUp:
    """What only the area reads of a request."""

    steps: list[FollowUpStep]
    moves: list[FollowUpMove]
    reminders: list[SentReminder]
    undelivered: list[UndeliveredMail]
    proposal: FollowUpProposal | None


@strawberry.type
class ConfirmedReturn:
    """What became of one school in a confirmation of many: a receipt, or what it needs."""

    request: DutyRequest
    receipt: str | None
    needs: list[str]


@strawberry.type
class ConfirmedReturns:
    """What became of each school, in the order given."""

    sent: int
    outcomes: list[ConfirmedReturn]


@strawberry.type
class Counted:
    """How many things a change touched."""

    count: int
