"""Duties as the area writes them, their published versions and cycles, and how far a cycle has come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.cooperation.keys import encode_in
from tenants.cooperation.queries import duties as queries
from tenants.cooperation.queries import progress
from tenants.cooperation.queries.asking import WouldAsk
from tenants.cooperation.rules import duties as rules


@strawberry.type
class DutyQuestion:
    """One question of a duty."""

    key: str
    kind: str
    kind_label: str
    text: str
    help: str
    required: bool

    @classmethod
    def of(cls, question: rules.Question) -> Self:
        """Return the type of a question."""
        return cls(
            key=question.key,
            kind=question.kind,
            kind_label=rules.KIND_LABELS[rules.Kind(question.kind)],
            text=question.text,
            help=question.help,
            required=question.required,
        )


@strawberry.type
class FollowUpStep:
    """A step that is proposed so many working days after the due day."""

    title: str
    working_days: int


@strawberry.type
class Duty:
    """A duty as it is being worked on. For the area only."""

    id: strawberry.ID
    area_id: strawberry.ID
    title: str
    body: str
    legal_basis: list[str]
    legal_basis_labels: list[str]
    legal_note: str | None
    cycle: str
    cycle_label: str
    categories: list[str]
    questions: list[DutyQuestion]
    opens_on: date | None
    due_on: date | None
    reminder_days: list[int]
    follow_up: list[FollowUpStep]
    state: str
    latest_number: int
    changed: bool = strawberry.field(description="Whether it differs from the latest published version.")
    warnings: list[str] = strawberry.field(description="What its author should look at again.")
    version: int

    @classmethod
    def of(cls, row: queries.DutyRow) -> Self:
        """Return the type of a row."""
        texts = [row.title, row.body, row.legal_note or "", *(f"{q.text} {q.help}" for q in row.questions)]
        return cls(
            id=encode_in("Duty", row.area_id, row.id),
            area_id=ids.encode("Area", row.area_id),
            title=row.title,
            body=row.body,
            legal_basis=list(row.legal_basis),
            legal_basis_labels=[rules.LEGAL_BASES[code] for code in row.legal_basis],
            legal_note=row.legal_note,
            cycle=row.cycle,
            cycle_label=rules.CYCLE_LABELS[rules.Cycle(row.cycle)],
            categories=list(row.categories),
            questions=[DutyQuestion.of(question) for question in row.questions],
            opens_on=row.opens_on,
            due_on=row.due_on,
            reminder_days=list(row.reminder_days),
            follow_up=[FollowUpStep(title=step.title, working_days=step.working_days) for step in row.follow_up],
            state=row.state,
            latest_number=row.latest_number,
            changed=row.changed,
            warnings=rules.warnings(texts=texts, legal_basis=row.legal_basis, categories=row.categories),
            version=row.version,
        )


@strawberry.type
class DutyVersion:
    """A published version of a duty: what agencies are asked, frozen."""

    number: int
    title: str
    body: str
    legal_basis_labels: list[str]
    legal_note: str | None
    questions: list[DutyQuestion]
    published_at: datetime
    published_by: str

    @classmethod
    def of(cls, row: queries.VersionRow) -> Self:
        """Return the type of a row."""
        return cls(
            number=row.number,
            title=row.title,
            body=row.body,
            legal_basis_labels=[rules.LEGAL_BASES[code] for code in row.legal_basis],
            legal_note=row.legal_note,
            questions=[DutyQuestion.of(question) for question in row.questions],
            published_at=row.published_at,
            published_by=row.published_by,
        )


@strawberry.type
class DutyCycle:
    """One time round of a duty, with how many were asked and answered."""

    id: strawberry.ID
    duty_id: strawberry.ID
    duty_title: str
    label: str
    opens_on: date
    due_on: date
    opened_by: str
    asked: int
    returned: int
    accepted: int
    declined: int

    @classmethod
    def of(cls, row: queries.CycleRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=encode_in("DutyCycle", row.area_id, row.id),
            duty_id=encode_in("Duty", row.area_id, row.duty_id),
            duty_title=row.duty_title,
            label=row.label,
            opens_on=row.opens_on,
            due_on=row.due_on,
            opened_by=row.opened_by,
            asked=row.asked,
            returned=row.returned,
            accepted=row.accepted,
            declined=row.declined,
        )


@strawberry.type
class DutyRecord:
    """One duty with its published versions and its cycles."""

    duty: Duty
    versions: list[DutyVersion]
    cycles: list[DutyCycle]


@strawberry.type
class AgenciesAsked:
    """How many agencies of one category would be asked, and how many of them no email can reach."""

    category: str
    category_label: str
    agencies: int
    unreachable: int

    @classmethod
    def of(cls, row: WouldAsk) -> Self:
        """Return the type of a row."""
        return cls(
            category=row.category, category_label=row.category_label, agencies=row.agencies,
            unreachable=row.unreachable,
        )  # fmt: skip


@strawberry.type
class CategoryProgress:
    """How the agencies of one category have answered."""

    category: str
    category_label: str
    asked: int
    not_started: int
    draft: int
    submitted: int
    accepted: int
    more_needed: int
    declined: int
    late: int

    @classmethod
    def of(cls, row: progress.CategoryProgress) -> Self:
        """Return the type of a row."""
        return cls(
            category=row.category,
            category_label=row.category_label,
            asked=row.asked,
            not_started=row.not_started,
            draft=row.draft,
            submitted=row.submitted,
            accepted=row.accepted,
            more_needed=row.more_needed,
            declined=row.declined,
            late=row.late,
        )


@strawberry.type
class StepProgress:
    """How many late requests stand at a follow-up step; step 0 is before any follow-up."""

    step: int
    title: str | None
    requests: int


@strawberry.type
class CycleRecord:
    """A cycle with how far it has come."""

    cycle: DutyCycle
    by_category: list[CategoryProgress]
    by_step: list[StepProgress]
    steps: list[FollowUpStep]


@strawberry.type
class CooperationChoice:
    """Something a form offers."""

    code: str
    label: str


@strawberry.type
class CooperationChoices:
    """What the forms about duties offer."""

    legal_bases: list[CooperationChoice]
    cycles: list[CooperationChoice]
    kinds: list[CooperationChoice]
    channels: list[CooperationChoice]
    default_steps: list[FollowUpStep]
    default_reminder_days: list[int]
