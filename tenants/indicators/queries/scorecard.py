"""Reading the figures of one place, in a fixed number of statements however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from tenants.indicators.queries.rows import (
    BenchmarkRow,
    Correction,
    DefinitionRow,
    NeighbourRow,
    Place,
    Point,
    Scorecard,
    TargetRow,
)
from tenants.indicators.rules.periods import Period, months_later
from tenants.indicators.rules.values import AREA, Quality, Suppression, Unit
from tenants.tenancy.queries import cover

SHOWN_MONTHS = 25  #: two years and a month, so that a month stands beside the same one of last year

_MEASURES = """
select distinct on (code) id, code, edition, title, meaning, unit, source, geography, adds_over_time, adds_over_places,
    running_total, defined_by, defined_at, (select count(*) from indicator_observation o where o.area_id = d.area_id
        and o.code = d.code and o.superseded_at is null)::integer as figures
from indicator_definition d where area_id = $1 order by code, defined_at desc, id desc
"""
_EDITIONS = """
select id, code, edition, title, meaning, unit, source, geography, adds_over_time, adds_over_places, running_total,
    defined_by, defined_at, (select count(*) from indicator_observation o where o.area_id = d.area_id
        and o.definition_id = d.id and o.superseded_at is null)::integer as figures
from indicator_definition d where area_id = $1 and code = $2 order by defined_at desc, id desc
"""
_POINTS = """
select o.code, d.edition, o.unit, o.place, o.period, o.starts_on, o.value, o.suppression, o.quality, o.published_at,
    o.recording_change or coalesce(o.definition_id <> lag(o.definition_id) over series, false) as breaks,
    coalesce(i.supplied_body, 'Connection') as source
from indicator_observation o join indicator_definition d on d.area_id = o.area_id and d.id = o.definition_id
left join indicator_import i on i.area_id = o.area_id and i.id = o.import_id
where o.area_id = $1 and o.superseded_at is null and o.starts_on >= $2 and ($3::text is null or o.place = $3)
    and ($4::text is null or o.code = $4)
window series as (partition by o.code, o.place, o.period order by o.starts_on)
order by o.code, o.place, o.period, o.starts_on
"""
_CORRECTIONS = """
select o.place, o.unit, o.period, o.starts_on, o.suppression, o.published_at, o.superseded_at,
    case when not exists (select from indicator_observation h where h.area_id = o.area_id and h.code = o.code
        and h.suppression in ('small_number', 'secondary')
        and (date_trunc('quarter', h.starts_on) = date_trunc('quarter', o.starts_on)
            or date_trunc('year', h.starts_on - interval '3 months') = date_trunc('year', o.starts_on - interval
            '3 months') and exists (select from indicator_definition d where d.area_id = o.area_id and d.code = o.code
            and d.running_total))) then o.value end as value
from indicator_observation o where o.area_id = $1 and o.code = $2 and o.superseded_at is not null
order by o.superseded_at desc, o.id limit 50
"""
_COUNTED = """
select place, count(*)::integer as figures from indicator_observation
where area_id = $1 and superseded_at is null group by 1
"""
_TARGETS = """
select t.id, t.code, d.unit, t.direction, t.value, t.from_on, t.note, t.version from indicator_target t
join lateral (select unit from indicator_definition d where d.area_id = t.area_id and d.code = t.code limit 1) d on true
where t.area_id = $1 and t.removed_reason is null and ($2::text is null or t.code = $2) order by t.code, t.from_on
"""
_BENCHMARKS = """
select b.code, d.unit, b.place, case b.place when 'england' then 'England' else coalesce(n.la_name, b.place) end
    as place_name, b.period, b.starts_on, b.value, b.symbol, b.source
from indicator_benchmark b
join lateral (select unit from indicator_definition d where d.area_id = b.area_id and d.code = b.code limit 1) d on true
left join indicator_neighbour n on n.area_id = b.area_id and n.la_code = b.place and n.ended_on is null
where b.area_id = $1 and b.starts_on >= $2 and (b.place = 'england' or n.id is not null or b.place = any ($3))
order by b.code, b.place <> 'england', place_name, b.starts_on
"""


async def scorecard(*, area_id: int, place: str | None = None) -> Scorecard:
    """Return the figures of a place; of the one that has the most when none is named or it is not the area's."""
    places = await _places(area_id)
    shown = next((each.place for each in places if each.place == place), _first(places))
    since = months_later(today(), -SHOWN_MONTHS)
    return Scorecard(
        place=shown,
        places=places,
        measures=[_definition(row) for row in await sql.fetch(_MEASURES, area_id)],
        points=await points(area_id=area_id, since=since, place=shown),
        targets=await targets(area_id=area_id),
        benchmarks=await _benchmarks(area_id, months_later(since, -36), places),
        neighbours=await neighbours(area_id=area_id),
    )


async def points(
    *, area_id: int, since: date = date(2000, 1, 1), place: str | None = None, code: str | None = None
) -> list[Point]:
    """Return the figures as they stand, by indicator, place and period; all places when none is named."""
    return [_point(row) for row in await sql.fetch(_POINTS, area_id, since, place, code)]


async def definitions(*, area_id: int, code: str) -> list[DefinitionRow]:
    """Return the editions of an indicator, the latest first; none when the area does not have it."""
    return [_definition(row) for row in await sql.fetch(_EDITIONS, area_id, code)]


async def definition(*, area_id: int, definition_id: UUID) -> DefinitionRow | None:
    """Return one edition, or None."""
    code = await sql.fetch_value(
        "select code from indicator_definition where area_id = $1 and id = $2", area_id, definition_id
    )
    found = [] if code is None else await definitions(area_id=area_id, code=code)
    return next((each for each in found if each.id == definition_id), None)


async def corrections(*, area_id: int, code: str) -> list[Correction]:
    """Return the last fifty figures that others replaced, the latest first."""
    rows = await sql.fetch(_CORRECTIONS, area_id, code)
    return [Correction(**{**row, **_kinds(row)}) for row in rows]


async def targets(*, area_id: int, code: str | None = None) -> list[TargetRow]:
    """Return the targets that stand, each indicator's earliest first."""
    rows = await sql.fetch(_TARGETS, area_id, code)
    return [TargetRow(**{**row, "unit": Unit(row["unit"])}) for row in rows]


async def target(*, area_id: int, target_id: UUID) -> TargetRow | None:
    """Return one target that stands or was removed, or None."""
    sql_one = _TARGETS.replace("t.removed_reason is null and ($2::text is null or t.code = $2)", "t.id = $2")
    row = await sql.fetch_one(sql_one, area_id, target_id)
    return None if row is None else TargetRow(**{**row, "unit": Unit(row["unit"])})


async def neighbours(*, area_id: int) -> list[NeighbourRow]:
    """Return the local authorities that the area compares itself with, by name."""
    rows = await sql.fetch(
        "select la_code, la_name from indicator_neighbour where area_id = $1 and ended_on is null order by la_name, id",
        area_id,
    )
    return [NeighbourRow(**row) for row in rows]


async def _places(area_id: int) -> list[Place]:
    counted = {row["place"]: row["figures"] for row in await sql.fetch(_COUNTED, area_id)}
    named = {AREA: "The whole area"} | {each.la_code: each.la_name for each in await cover(area_ids=[area_id])}
    former = {place: f"Local authority {place}" for place in sorted(set(counted) - set(named))}
    return [Place(place=place, name=name, figures=counted.get(place, 0)) for place, name in (named | former).items()]


async def _benchmarks(area_id: int, since: date, places: Sequence[Place]) -> list[BenchmarkRow]:
    """Return the published figures of England, of the neighbours and of the area's own authorities."""
    own = {each.place: each.name for each in places if each.place != AREA}
    found = [_benchmark(row) for row in await sql.fetch(_BENCHMARKS, area_id, since, list(own))]
    return [replace(row, place_name=own.get(row.place, row.place_name)) for row in found]


def _first(places: Sequence[Place]) -> str:
    return next((each.place for each in places if each.figures), AREA)


def _definition(row: Any) -> DefinitionRow:
    return DefinitionRow(**{**row, "unit": Unit(row["unit"])})


def _point(row: Any) -> Point:
    return Point(**{**row, **_kinds(row), "quality": Quality(row["quality"])})


def _benchmark(row: Any) -> BenchmarkRow:
    return BenchmarkRow(**{**row, "unit": Unit(row["unit"]), "period": Period(row["period"])})


def _kinds(row: Any) -> dict[str, Any]:
    return {
        "unit": Unit(row["unit"]),
        "period": Period(row["period"]),
        "suppression": Suppression(row["suppression"]),
    }
