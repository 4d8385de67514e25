"""Reading shared figures, for the members of the area."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.indicators.files import IndicatorFile
from concordat_graphql.indicators.types import (
    Indicator,
    IndicatorBenchmark,
    IndicatorCorrection,
    IndicatorNeighbour,
    IndicatorPlace,
    IndicatorPoint,
    IndicatorTarget,
)
from tenants.indicators import queries
from tenants.indicators.permissions import can_keep, can_send, check_can_read


@strawberry.type
class IndicatorScorecard:
    """The figures of one place of an area over two years, with all that helps to read them; flat, joined by code."""

    may_keep: bool
    may_send: bool
    place: str = strawberry.field(description="The place shown: `area`, or a local authority's three digits.")
    places: list[IndicatorPlace]
    measures: list[Indicator]
    points: list[IndicatorPoint]
    targets: list[IndicatorTarget]
    benchmarks: list[IndicatorBenchmark]
    neighbours: list[IndicatorNeighbour]


@strawberry.type
class IndicatorRecord:
    """An indicator with its editions, the latest first; its targets, breaks and corrections."""

    may_keep: bool
    editions: list[Indicator]
    targets: list[IndicatorTarget]
    breaks: list[IndicatorPoint]
    corrections: list[IndicatorCorrection]


@strawberry.type
class IndicatorsQuery:
    """Reading scorecards, indicators and files of figures."""

    @strawberry.field(description="The figures of a place; of the one that has some when none is named. For members.")
    async def scorecard(self, info: Info, area_id: strawberry.ID, place: str | None = None) -> IndicatorScorecard:
        area, actor = _area(info, area_id), info.context.person
        async with reading(info, own=True):
            found = await queries.scorecard(area_id=area, place=place)
        return IndicatorScorecard(
            may_keep=can_keep(actor, area_id=area),
            may_send=can_send(actor, area_id=area),
            place=found.place,
            places=[IndicatorPlace(place=row.place, name=row.name, figures=row.figures) for row in found.places],
            measures=[Indicator.of(row) for row in found.measures],
            points=[IndicatorPoint.of(row) for row in found.points],
            targets=[IndicatorTarget.of(row) for row in found.targets],
            benchmarks=[IndicatorBenchmark.of(row) for row in found.benchmarks],
            neighbours=[IndicatorNeighbour(la_code=row.la_code, la_name=row.la_name) for row in found.neighbours],
        )

    @strawberry.field(description="One indicator with its history; null when the area has none of that code.")
    async def indicator(self, info: Info, area_id: strawberry.ID, code: str) -> IndicatorRecord | None:
        area, actor = _area(info, area_id), info.context.person
        async with reading(info, own=True):
            editions = await queries.definitions(area_id=area, code=code)
            targets = await queries.targets(area_id=area, code=code)
            points = await queries.points(area_id=area, code=code)
            corrections = await queries.corrections(area_id=area, code=code)
        if not editions:
            return None
        return IndicatorRecord(
            may_keep=can_keep(actor, area_id=area),
            editions=[Indicator.of(row) for row in editions],
            targets=[IndicatorTarget.of(row) for row in targets],
            breaks=[IndicatorPoint.of(row) for row in points if row.breaks],
            corrections=[IndicatorCorrection.of(row) for row in corrections],
        )

    @strawberry.field(description="The files of figures that were sent, the latest first. For members.")
    async def indicator_files(
        self, info: Info, area_id: strawberry.ID, first: int = 20, after: str | None = None
    ) -> paging.Connection[IndicatorFile]:
        area = _area(info, area_id)
        size, before = paging.page_size(first), paging.after_uuid(after)
        async with reading(info, own=True):
            rows = await queries.files(area_id=area, before=before, limit=size + 1)
        sender = can_send(info.context.person, area_id=area)
        return paging.page(rows, first=size, node=lambda row: IndicatorFile.of(row, sender=sender),
                           key=lambda row: paging.cursor(row.id))  # fmt: skip

    @strawberry.field(description="One file of figures; null when it is not the reader's. For members.")
    async def indicator_file(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> IndicatorFile | None:
        area, wanted = _area(info, area_id), ids.decode_uuid("IndicatorFile", id, field="id")
        async with reading(info, own=True):
            row = await queries.file(area_id=area, import_id=wanted)
        sender = can_send(info.context.person, area_id=area)
        return None if row is None else IndicatorFile.of(row, sender=sender)


def _area(info: Info, opaque: strawberry.ID) -> int:
    area_id = ids.decode_area(opaque)
    check_can_read(info.context.person, area_id=area_id)
    return area_id
