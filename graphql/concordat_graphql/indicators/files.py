"""Types of the files of figures: whose, what was wrong, what became of them. Never a cell of the file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import strawberry

from concordat_graphql import ids
from tenants.indicators.queries import rows

STATE_LABELS = {
    "checked": "Waiting to be accepted",
    "accepted": "Accepted",
    "discarded": "Discarded",
    "refused": "Refused",
}


@strawberry.type
class IndicatorFileProblem:
    """What is wrong with a line, counted from 1."""

    line: int
    message: str


@strawberry.type
class IndicatorFileSummary:
    """How much of an indicator a waiting file holds."""

    code: str
    title: str
    figures: int
    withheld: int | None = strawberry.field(description="Counts of 1 to 5, which are not kept. For who may send.")
    first: date
    last: date
    first_label: str
    last_label: str


@strawberry.type
class IndicatorFileOutcome:
    """What accepting a file wrote."""

    new: int
    revised: int
    unchanged: int
    withheld: int | None = strawberry.field(
        description="Other figures withheld so that none can be worked out. For who may send."
    )


@strawberry.type
class IndicatorFile:
    """A file of figures that was sent: one row of `indicator_import`.

    How many figures of each kind it held, and its fingerprint, by which counts that were taken out could be tried, are
    for those who may send such files.
    """

    id: strawberry.ID
    file_name: str
    sha256: str | None
    bytes: int | None
    supplied_name: str
    supplied_post: str
    supplied_body: str
    uploaded_name: str
    uploaded_at: datetime
    state: str = strawberry.field(description="checked, accepted, discarded or refused")
    state_label: str
    good: int
    withheld: int | None
    problems: list[IndicatorFileProblem]
    summary: list[IndicatorFileSummary] = strawberry.field(description="While it waits; empty in lists.")
    outcome: IndicatorFileOutcome | None
    decided_at: datetime | None
    decided_name: str | None
    version: int

    @classmethod
    def of(cls, row: rows.FileRow, *, sender: bool) -> Self:
        """Return the type of a row, as it is for who may send figures or for another."""
        copied = ("file_name", "supplied_name", "supplied_post", "supplied_body", "uploaded_name", "uploaded_at",
                  "state", "good", "decided_at", "decided_name", "version")  # fmt: skip
        return cls(
            id=ids.encode("IndicatorFile", row.id),
            state_label=STATE_LABELS[row.state],
            problems=[IndicatorFileProblem(line=each.line, message=each.message) for each in row.problems],
            summary=[
                IndicatorFileSummary(
                    code=each.code,
                    title=each.title,
                    figures=each.figures,
                    withheld=each.withheld if sender else None,
                    first=each.first,
                    last=each.last,
                    first_label=each.first_label,
                    last_label=each.last_label,
                )
                for each in row.summary
            ],
            outcome=_outcome(row.written, sender=sender) if row.written else None,
            sha256=row.sha256 if sender else None,
            bytes=row.bytes if sender else None,
            withheld=row.withheld if sender else None,
            **{name: getattr(row, name) for name in copied},
        )


def _outcome(written: dict[str, int], *, sender: bool) -> IndicatorFileOutcome:
    told = {name: written[name] for name in ("new", "revised", "unchanged")}
    return IndicatorFileOutcome(**told, withheld=written["withheld"] if sender else None)
