"""Types of the scorecard: each is close to one row. A withheld figure has a symbol, whatever the reason, no value."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry

from concordat_graphql import ids
from tenants.indicators.queries import rows
from tenants.indicators.rules.periods import label, short
from tenants.indicators.rules.values import (
    GEOGRAPHY_LABELS,
    QUALITY_LABELS,
    SYMBOLS,
    UNIT_LABELS,
    Geography,
    Suppression,
    written,
)

DIRECTION_LABELS = {"at_most": "At most", "at_least": "At least"}


def number(value: Decimal | None) -> float | None:
    """Return the value as GraphQL's Float, or None."""
    return None if value is None else float(value)


@strawberry.type
class Indicator:
    """One edition of what an area counts: one row of `indicator_definition`."""

    id: strawberry.ID
    code: str
    edition: str
    title: str
    meaning: str
    unit: str = strawberry.field(description="count, percent or rate")
    unit_label: str
    source: str
    geography_label: str
    adds_over_time: bool
    adds_over_places: bool
    running_total: bool = strawberry.field(description="Whether each figure counts all since 1 April.")
    proposed: bool = strawberry.field(description="Of the proposed profile, which is nobody's standard.")
    defined_by: str = strawberry.field(description="proposed, area or connection")
    defined_at: datetime
    figures: int = strawberry.field(description="How many figures it holds now.")

    @classmethod
    def of(cls, row: rows.DefinitionRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Indicator", row.id),
            code=row.code,
            edition=row.edition,
            title=row.title,
            meaning=row.meaning,
            unit=row.unit.value,
            unit_label=UNIT_LABELS[row.unit],
            source=row.source,
            geography_label=GEOGRAPHY_LABELS[Geography(row.geography)],
            adds_over_time=row.adds_over_time,
            adds_over_places=row.adds_over_places,
            running_total=row.running_total,
            proposed=row.defined_by == "proposed",
            defined_by=row.defined_by,
            defined_at=row.defined_at,
            figures=row.figures,
        )


@strawberry.type
class IndicatorPoint:
    """One figure of a series."""

    code: str
    edition: str
    place: str
    period: str = strawberry.field(description="month, quarter or year")
    starts_on: date
    period_label: str
    period_short: str
    value: float | None
    text: str = strawberry.field(description="The value as people read it, or its symbol.")
    symbol: str = strawberry.field(description="c withheld, : not available, z not applicable; empty with a value.")
    quality_label: str
    breaks: bool = strawberry.field(description="Whether it does not compare with the figure before it.")
    source: str
    published_at: datetime

    @classmethod
    def of(cls, row: rows.Point) -> Self:
        """Return the type of a row."""
        return cls(
            code=row.code,
            edition=row.edition,
            place=row.place,
            period=row.period.value,
            starts_on=row.starts_on,
            period_label=label(row.period, row.starts_on),
            period_short=short(row.period, row.starts_on),
            value=number(row.value),
            text=written(row.value, row.suppression, unit=row.unit),
            symbol=SYMBOLS[row.suppression],
            quality_label=QUALITY_LABELS[row.quality],
            breaks=row.breaks,
            source=row.source,
            published_at=row.published_at,
        )


@strawberry.type
class IndicatorCorrection:
    """A figure that a later one replaced."""

    place: str
    period_label: str
    text: str = strawberry.field(description="What it was; withheld where its series has something withheld.")
    published_at: datetime
    superseded_at: datetime

    @classmethod
    def of(cls, row: rows.Correction) -> Self:
        """Return the type of a row."""
        unseen = row.value is None and row.suppression is Suppression.NONE
        return cls(
            place=row.place,
            period_label=label(row.period, row.starts_on),
            text=written(row.value, Suppression.SECONDARY if unseen else row.suppression, unit=row.unit),
            published_at=row.published_at,
            superseded_at=row.superseded_at,
        )


@strawberry.type
class IndicatorTarget:
    """What the area aims for, from a day on until a later target: one row of `indicator_target`."""

    id: strawberry.ID
    code: str
    direction: str = strawberry.field(description="at_least or at_most")
    direction_label: str
    value: float
    text: str
    from_on: date
    note: str | None
    version: int

    @classmethod
    def of(cls, row: rows.TargetRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("IndicatorTarget", row.id),
            code=row.code,
            direction=row.direction,
            direction_label=DIRECTION_LABELS[row.direction],
            value=float(row.value),
            text=written(row.value, Suppression.NONE, unit=row.unit),
            from_on=row.from_on,
            note=row.note,
            version=row.version,
        )


@strawberry.type
class IndicatorBenchmark:
    """A published figure of England or of a neighbour."""

    code: str
    place: str
    place_name: str
    period: str
    starts_on: date
    period_label: str
    value: float | None
    text: str
    source: str

    @classmethod
    def of(cls, row: rows.BenchmarkRow) -> Self:
        """Return the type of a row."""
        return cls(
            code=row.code,
            place=row.place,
            place_name=row.place_name,
            period=row.period.value,
            starts_on=row.starts_on,
            period_label=label(row.period, row.starts_on),
            value=number(row.value),
            text=row.symbol or written(row.value, Suppression.NONE, unit=row.unit),
            source=row.source,
        )


@strawberry.type
class IndicatorPlace:
    """A place that the area may have figures of: `area` for the whole of it, or a local authority's three digits."""

    place: str
    name: str
    figures: int


@strawberry.type
class IndicatorNeighbour:
    """A local authority that the area compares itself with."""

    la_code: str
    la_name: str


@strawberry.type
class IndicatorNeighbours:
    """The local authorities that the area compares itself with."""

    neighbours: list[IndicatorNeighbour]
