"""Writing figures: what is there is superseded and stays; what would give a withheld count away is withheld as well."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.indicators.rules.cells import Incoming
from tenants.indicators.rules.covered import Column, Covered, columns_of, readings
from tenants.indicators.rules.periods import Period, financial_year, quarter_of
from tenants.indicators.rules.revised import withheld_of_revised
from tenants.indicators.rules.running import withheld_of_running
from tenants.indicators.rules.secondary import Adds, Cell, Quarters, withheld_in_any
from tenants.indicators.rules.values import Figure, Quality, Suppression, Unit, withheld
from tenants.tenancy.queries import cover_history

_LOCK = (
    """select from indicator_definition where area_id = $1 and code = any ($2) order by code, id for no key update"""
)
_DEFINITIONS = """
select id, code, edition, unit, bool_or(adds_over_time) over code as adds_over_time,
    bool_or(adds_over_places) over code as adds_over_places, bool_or(running_total) over code as running
from indicator_definition
where area_id = $1 and code = any ($2) window code as (partition by code) order by code, defined_at, id
"""
_CURRENT = """
select o.code, d.edition, o.place, o.period, o.starts_on, o.value, o.suppression, o.quality, o.recording_change
from indicator_observation o join indicator_definition d on d.area_id = o.area_id and d.id = o.definition_id
where o.area_id = $1 and o.superseded_at is null and o.code = any ($2)
    and (date_trunc('quarter', o.starts_on)::date = any ($3)
        or o.code = any ($4) and (date_trunc('year', o.starts_on - interval '3 months') + interval '3 months')::date
            = any ($5))
"""
#: a value that is withheld now is withheld in the rows before it too, or the history would give it away
_SUPERSEDE = """
update indicator_observation o set superseded_at = coalesce(o.superseded_at, now()),
    value = case when r.hide then null else o.value end,
    suppression = case when r.hide and o.value is not null then r.suppression else o.suppression end
from jsonb_to_recordset($2::text::jsonb) r (code text, place text, period text, starts_on date, hide boolean,
    suppression text)
where o.area_id = $1 and o.code = r.code and o.place = r.place and o.period = r.period and o.starts_on = r.starts_on
    and (o.superseded_at is null or (r.hide and o.value is not null))
"""
_INSERT = """
insert into indicator_observation (area_id, id, definition_id, code, unit, place, period, starts_on, value, suppression,
    quality, recording_change, import_id, connection_id, published_at)
select $1, r.id, r.definition_id, r.code, r.unit, r.place, r.period, r.starts_on, r.value, r.suppression, r.quality,
    r.recording_change, $3, $4, $5
from jsonb_to_recordset($2::text::jsonb) r (id uuid, definition_id uuid, code text, unit text, place text, period text,
    starts_on date, value numeric, suppression text, quality text, recording_change boolean)
"""

_APART = (Quarters.APART,)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where figures come from: one import of a file, or one connection; and when their publisher published them."""

    import_id: UUID | None
    connection_id: UUID | None
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class Written:
    """How many figures were new, changed, or the same; and how many, of these or of earlier ones, were withheld only
    because others could have been worked out from them."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    withheld: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers for the import's record, which is for who may send figures."""
        return {**self.told, "withheld": self.withheld}

    @property
    def told(self) -> dict[str, int]:
        """Return the numbers for the audit trail: without how many were withheld for others' sake."""
        return {"new": self.new, "revised": self.revised, "unchanged": self.unchanged}


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """One indicator of the area: the ids of its editions, its unit, how any of them adds up in every reading of the
    cover, and whether any edition's figures are running totals: figures of an old edition may be sent again.
    """

    editions: Mapping[str, UUID]
    unit: Unit
    adds: Sequence[Adds]
    running: bool


async def write(*, area_id: int, rows: Sequence[Incoming], source: Source) -> Written:
    """Write the figures that differ from what is there, and withhold what they would give away.

    Every code and edition must be defined. Writers of the same indicators wait for each other.
    """
    codes = sorted({row.code for row in rows})
    await sql.execute(_LOCK, area_id, codes)
    quarters = {quarter_of(row.cell.starts_on) for row in rows}
    kinds = await _kinds(area_id, codes, quarters)
    current = await _current(area_id, kinds, quarters)
    wanted: dict[tuple[str, Cell], Incoming] = {**current, **{row.key: row for row in rows}}
    for code in codes:
        mine = {cell: row for (found, cell), row in wanted.items() if found == code}
        for cell in _hidden(mine, current, kinds[code], code):
            wanted[code, cell] = replace(wanted[code, cell], figure=withheld(Suppression.SECONDARY))
    changed = [row for key, row in wanted.items() if current.get(key) != row]
    await _store(area_id, changed, kinds, source)
    sent = {row.key for row in rows}
    ours = [row for row in changed if row.key in sent]
    new = sum(row.key not in current for row in ours)
    for_others = sum(row.figure.suppression is Suppression.SECONDARY for row in changed)
    return Written(new=new, revised=len(ours) - new, unchanged=len(sent) - len(ours), withheld=for_others)


def _hidden(
    mine: Mapping[Cell, Incoming], current: Mapping[tuple[str, Cell], Incoming], kind: _Kind, code: str
) -> Iterable[Cell]:
    if kind.unit is not Unit.COUNT:
        return ()
    before = [cell for (found, cell), row in current.items()
              if found == code and row.figure.suppression is Suppression.SECONDARY]  # fmt: skip
    figures = {cell: row.figure for cell, row in mine.items()}
    seen = frozenset(cell for cell, one in figures.items() if one.value is not None and (code, cell) in current
                     and current[code, cell].figure == one)  # fmt: skip
    between = withheld_of_running(figures, adds=kind.adds, seen=seen) if kind.running else frozenset()
    figures |= dict.fromkeys(between, withheld(Suppression.SECONDARY))
    hidden = between | withheld_in_any(figures, readings=kind.adds, keep=before, seen=seen - between)
    was = {cell: row.figure for (found, cell), row in current.items() if found == code}
    now = {**figures, **dict.fromkeys(hidden, withheld(Suppression.SECONDARY))}
    return hidden | withheld_of_revised(was, now, readings=kind.adds)


async def _kinds(area_id: int, codes: list[str], quarters: Iterable[date]) -> dict[str, _Kind]:
    covers = [Covered(place=each.la_code, first=each.valid_from, last=each.valid_to)
              for each in await cover_history(area_id=area_id)]  # fmt: skip
    covered = readings(covers, columns_of(quarters), on=today())
    nowhere: list[Mapping[Column, tuple[str, ...]]] = [{}]
    editions: dict[str, dict[str, UUID]] = defaultdict(dict)
    latest: dict[str, Any] = {}
    for row in await sql.fetch(_DEFINITIONS, area_id, codes):
        editions[row["code"]][row["edition"]] = row["id"]
        latest[row["code"]] = row
    return {
        code: _Kind(
            editions=editions[code],
            unit=Unit(row["unit"]),
            adds=[Adds(over_time=row["adds_over_time"], quarters=quarter, at=at, doubted=len(covered) > 1)
                  for at in (covered if row["adds_over_places"] else nowhere)
                  for quarter in (_APART if row["adds_over_time"] or row["running"] else Quarters)],
            running=row["running"],
        )
        for code, row in latest.items()
    }


async def _current(
    area_id: int, kinds: Mapping[str, _Kind], quarters: Iterable[date]
) -> dict[tuple[str, Cell], Incoming]:
    """Return what there is of these quarters, and of running totals all of their years."""
    running = [code for code, kind in kinds.items() if kind.running]
    years = sorted({financial_year(day) for day in quarters})
    rows = await sql.fetch(_CURRENT, area_id, list(kinds), sorted(quarters), running, years)
    found = [_incoming(row) for row in rows]
    return {row.key: row for row in found}


def _incoming(row: Any) -> Incoming:
    return Incoming(
        code=row["code"],
        edition=row["edition"],
        cell=Cell(row["place"], Period(row["period"]), row["starts_on"]),
        figure=Figure(value=row["value"], suppression=Suppression(row["suppression"])),
        quality=Quality(row["quality"]),
        recording_change=row["recording_change"],
    )


async def _store(area_id: int, changed: Sequence[Incoming], kinds: Mapping[str, _Kind], source: Source) -> None:
    if not changed:
        return
    said = [{**_columns(row, kinds[row.code]), "hide": row.figure.hidden} for row in changed]
    text = json.dumps(said, default=str)
    await sql.execute(_SUPERSEDE, area_id, text)
    await sql.execute(_INSERT, area_id, text, source.import_id, source.connection_id, source.published_at)


def _columns(row: Incoming, kind: _Kind) -> dict[str, object]:
    return {
        "id": uuid7(),
        "definition_id": kind.editions[row.edition],
        "code": row.code,
        "unit": kind.unit.value,
        "place": row.cell.place,
        "period": row.cell.period.value,
        "starts_on": row.cell.starts_on,
        "value": row.figure.value,
        "suppression": row.figure.suppression.value,
        "quality": row.quality.value,
        "recording_change": row.recording_change,
    }
