"""Types of runs, of what they could not take, and of the facts they applied."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Self

import strawberry

from concordat_graphql import ids
from tenants.connections.queries.facts import ChangeRow
from tenants.connections.queries.runs import DecisionRow, RejectionRow, RunRow
from tenants.connections.rules.words import CAUSES, DECISIONS, RUN_STATES, WAITS


@strawberry.type
class ConnectionRejection:
    """A row that a run could not take, and why in words."""

    reference: str
    reason: str

    @classmethod
    def of(cls, row: RejectionRow) -> Self:
        """Return the type of a row."""
        return cls(reference=row.reference, reason=row.reason)


@strawberry.type
class ConnectionRun:
    """One run of a connection, with its counts."""

    id: strawberry.ID
    connection_id: strawberry.ID
    connection_name: str
    area_id: strawberry.ID | None
    cause_label: str
    is_test: bool
    state: str
    state_label: str
    open: bool
    percent: int | None = strawberry.field(description="Where the agency says how many rows there are.")
    pages: int
    read: int
    applied: int
    proposed: int
    unchanged: int
    rejected: int
    said: str | None = strawberry.field(description="What answered a test.")
    problem: str | None
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None
    heard_from_at: datetime | None
    next_try_at: datetime | None = strawberry.field(description="Until when it waits; `problem` says for what.")
    finished_at: datetime | None
    seconds: float | None
    resumed_page: int | None = strawberry.field(description="At which page it took up a run that had failed.")
    resumed_failed_at: datetime | None = strawberry.field(description="When that run had failed.")

    @classmethod
    def of(cls, row: RunRow) -> Self:
        """Return the type of a row."""
        same = (
            "connection_name",
            "state",
            "pages",
            "read",
            "applied",
            "proposed",
            "unchanged",
            "rejected",
            "said",
            "problem",
            "asked_by_name",
            "asked_at",
            "started_at",
            "heard_from_at",
            "next_try_at",
            "finished_at",
            "seconds",
            "resumed_page",
            "resumed_failed_at",
        )
        return cls(
            id=ids.encode("ConnectionRun", row.id),
            connection_id=ids.encode("AgencyConnection", row.connection_id),
            area_id=None if row.area_id is None else ids.encode("Area", row.area_id),
            cause_label=CAUSES[row.cause],
            is_test=row.cause == "test",
            state_label=RUN_STATES[row.state] if row.next_try_at is None else WAITS,
            open=row.state in ("queued", "running"),
            percent=min(99, row.read * 100 // row.expected) if row.expected and row.state == "running" else None,
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


@strawberry.type
class ConnectionChange:
    """A fact that was applied; `connection_name` says by what."""

    id: strawberry.ID
    connection_name: str
    at: datetime
    what: str
    subject: str
    before: str | None
    after: str | None

    @classmethod
    def of(cls, row: ChangeRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("ConnectionChange", row.id),
            connection_name=row.connection_name,
            at=row.at,
            what=row.what,
            subject=row.subject,
            before=_said(row.before),
            after=_said(row.after),
        )


@strawberry.type
class ConnectionDecision:
    """How many proposals of a run were decided so by one person, or wait; between which moments."""

    state: str
    state_label: str
    decided_by_name: str | None
    proposals: int
    first_at: datetime | None
    last_at: datetime | None

    @classmethod
    def of(cls, row: DecisionRow) -> Self:
        """Return the type of a row."""
        same = ("state", "decided_by_name", "proposals", "first_at", "last_at")
        return cls(state_label=DECISIONS[row.state], **{name: getattr(row, name) for name in same})


@strawberry.type
class ConnectionRunRecord:
    """A run: what it could not take (the first rows), what it changed, what became of its proposals."""

    run: ConnectionRun
    rejections: list[ConnectionRejection]
    changes: list[ConnectionChange] = strawberry.field(description="The newest fifty.")
    decisions: list[ConnectionDecision] = strawberry.field(description="Of an area's own run.")


def _said(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
