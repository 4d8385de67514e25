"""What reading the figures returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from tenants.indicators.rules.periods import Period
from tenants.indicators.rules.values import Quality, Suppression, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class DefinitionRow:
    """One edition of what the area counts; `figures` is how many it holds now."""

    id: UUID
    code: str
    edition: str
    title: str
    meaning: str
    unit: Unit
    source: str
    geography: str
    adds_over_time: bool
    adds_over_places: bool
    running_total: bool
    defined_by: str
    defined_at: datetime
    figures: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One figure of a series. `breaks` says that it does not compare with the one before; `source` is who sent it."""

    code: str
    edition: str
    unit: Unit
    place: str
    period: Period
    starts_on: date
    value: Decimal | None
    suppression: Suppression
    quality: Quality
    breaks: bool
    source: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A figure that a later one replaced. Its value is left out where its quarter ever had something withheld."""

    place: str
    unit: Unit
    period: Period
    starts_on: date
    value: Decimal | None
    suppression: Suppression
    published_at: datetime
    superseded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetRow:
    """What the area aims for, from a day on."""

    id: UUID
    code: str
    unit: Unit
    direction: str
    value: Decimal
    from_on: date
    note: str | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchmarkRow:
    """A published figure of England or of a neighbour."""

    code: str
    unit: Unit
    place: str
    place_name: str
    period: Period
    starts_on: date
    value: Decimal | None
    symbol: str | None
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NeighbourRow:
    """A local authority that the area compares itself with."""

    la_code: str
    la_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place that the area may have figures of: the whole of it, or a local authority; and how many it has."""

    place: str
    name: str
    figures: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Scorecard:
    """The figures of one place, with all that helps to read them. `place` is the one shown."""

    place: str
    places: list[Place]
    measures: list[DefinitionRow]
    points: list[Point]
    targets: list[TargetRow]
    benchmarks: list[BenchmarkRow]
    neighbours: list[NeighbourRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class FileProblem:
    """What is wrong with a line of a file."""

    line: int
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSummary:
    """How much of an indicator a checked file holds."""

    code: str
    title: str
    figures: int
    withheld: int
    first: date
    last: date
    first_label: str  #: the month or quarter in words
    last_label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRow:
    """A file of figures: whose, when, and what became of it."""

    id: UUID
    file_name: str
    sha256: str
    bytes: int
    supplied_name: str
    supplied_post: str
    supplied_body: str
    uploaded_name: str
    uploaded_at: datetime
    state: str
    good: int
    withheld: int
    problems: list[FileProblem]
    summary: list[FileSummary]
    written: dict[str, int]
    decided_at: datetime | None
    decided_name: str | None
    version: int
