"""Register imports, jobs and mails, as whoever runs the service sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import strawberry

from concordat_graphql import ids
from infra.queue.admin import JobRun
from tenants.organisations.imports.queries import ImportRun
from tenants.organisations.rules import RejectedRow
from tenants.tenancy.mail.queries import MailState


@strawberry.type
class RegisterImport:
    """One import of one file of the national register."""

    id: strawberry.ID
    kind: str = strawberry.field(description="establishments, groups, links or group_links")
    file_name: str
    status: str = strawberry.field(description="queued, running, interrupted, done, refused or failed")
    asked_by_name: str
    asked_at: datetime
    finished_at: datetime | None
    percent: int
    rows_read: int
    created: int
    changed: int
    closed: int
    reopened: int
    unchanged: int
    rejected: int
    problem: str | None
    allow_mass_closure: bool

    @classmethod
    def of(cls, run: ImportRun) -> Self:
        """Return the type of a run."""
        same = ("kind", "file_name", "asked_by_name", "asked_at", "finished_at", "percent", "rows_read", "created",
                "changed", "closed", "reopened", "unchanged", "rejected", "problem", "allow_mass_closure")
        return cls(
            id=ids.encode("RegisterImport", run.id),
            status="interrupted" if run.interrupted else run.status,
            **{name: getattr(run, name) for name in same},
        )


@strawberry.type
class RejectedLine:
    """A row of a file that was left out, and why."""

    line: int
    reference: str
    reason: str

    @classmethod
    def of(cls, row: RejectedRow) -> Self:
        """Return the type of a row."""
        return cls(line=row.line, reference=row.reference, reason=row.reason)


@strawberry.type
class Job:
    """A message: work that happens later. `error` holds no personal data."""

    id: strawberry.ID
    name: str
    area_name: str | None
    state: str = strawberry.field(description="queued, running, failed, stopped, done or discarded")
    starts: int
    error: str | None
    queued_at: datetime
    finished_at: datetime | None
    progress_done: int | None = strawberry.field(description="How much is done, as the job itself says while it runs.")
    progress_of: int | None
    progress_words: str | None

    @classmethod
    def of(cls, run: JobRun, *, area_name: str | None) -> Self:
        """Return the type of a run with its area's name."""
        return cls(
            id=ids.encode("Job", run.message_id),
            name=run.actor,
            area_name=area_name,
            state=run.state,
            starts=run.starts,
            error=run.error,
            queued_at=run.queued_at,
            finished_at=run.finished_at,
            progress_done=run.progress_done,
            progress_of=run.progress_of,
            progress_words=run.progress_words,
        )


@strawberry.type
class StateCount:
    """How many jobs are in a state."""

    state: str
    number: int


@strawberry.type
class Mail:
    """That a mail went or did not: neither to whom nor what it said."""

    id: strawberry.ID
    template: str
    area_name: str | None
    state: str = strawberry.field(description="queued, sent or failed")
    delivery: str | None = strawberry.field(
        description="delivered, or a permanent_failure, temporary_failure or technical_failure; null: not known"
    )
    error: str | None
    attempts: int
    created_at: datetime
    sent_at: datetime | None

    @classmethod
    def of(cls, row: MailState, *, area_name: str | None) -> Self:
        """Return the type of a row with its area's name."""
        return cls(
            id=ids.encode("Mail", row.id),
            template=row.template,
            area_name=area_name,
            state=row.state,
            delivery=row.delivery,
            error=row.error,
            attempts=row.attempts,
            created_at=row.created_at,
            sent_at=row.sent_at,
        )
