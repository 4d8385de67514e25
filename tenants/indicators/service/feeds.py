"""Figures that a connection brings: the same rules as for a file, by the worker, with nobody to ask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import record as audit
from tenants.indicators.permissions import check_can_record
from tenants.indicators.queries.known import editions, known
from tenants.indicators.rules.catalogue import Definition
from tenants.indicators.rules.cells import Incoming
from tenants.indicators.rules.periods import Period, begins
from tenants.indicators.rules.secondary import Cell
from tenants.indicators.rules.values import AREA, Figure, Quality, Suppression, Unit, figure, fits, withheld
from tenants.indicators.service.definitions import bring
from tenants.indicators.service.writing import Source, Written, write
from tenants.tenancy.actor import Actor
from tenants.tenancy.queries import cover

_BENCHMARKS = """
insert into indicator_benchmark as b (area_id, id, code, place, period, starts_on, value, symbol, source)
select $1, r.id, r.code, r.place, r.period, r.starts_on, r.value, r.symbol, r.source
from jsonb_to_recordset($2::text::jsonb) r (id uuid, code text, place text, period text, starts_on date, value numeric,
    symbol text, source text)
on conflict (area_id, code, place, period, starts_on) do update
    set value = excluded.value, symbol = excluded.symbol, source = excluded.source, retrieved_at = now()
    where (b.value, b.symbol, b.source) is distinct from (excluded.value, excluded.symbol, excluded.source)
returning id
"""


@dataclass(frozen=True, kw_only=True)
class Published:
    """One figure as its publisher published it. `place` is a local authority's three digits, or None for the area."""

    code: str
    edition: str
    place: str | None
    period: str
    starts_on: date
    value: Decimal | None
    suppression: str = Suppression.NONE.value
    quality: str = Quality.PROVISIONAL.value
    recording_change: bool = False


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What became of a page of figures; `refused` are places in the sequence with the reason in words."""

    written: Written
    refused: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """A published figure of England (`place` "england") or of a local authority, or the publisher's symbol."""

    code: str
    place: str
    period: str
    starts_on: date
    source: str
    value: Decimal | None = None
    symbol: str | None = None


async def record(
    *,
    by: Actor,
    area_id: int,
    connection_id: UUID,
    definitions: Iterable[Definition] = (),
    figures: Sequence[Published],
    published_at: datetime,
) -> Recorded:
    """Write a connection's figures, its definitions first; figures that do not fit are refused one by one.

    The same page again writes nothing. Audited once a page, with counts only.
    """
    check_can_record(by, area_id=area_id)
    await bring(by=by, area_id=area_id, definitions=definitions)
    places = frozenset(each.la_code for each in await cover(area_ids=[area_id]))
    units = {code: (one.unit, one.editions) for code, one in known(await editions(area_id=area_id), own=True).items()}
    rows: dict[object, Incoming] = {}
    refused: list[tuple[int, str]] = []
    for number, each in enumerate(figures):
        unit, had = units.get(each.code, (Unit.COUNT, frozenset()))
        wrong = _wrong(each, unit=unit, editions=had, places=places)
        if wrong is None:
            row = _row(each, unit)
            rows[row.key] = row
        else:
            refused.append((number, wrong))
    source = Source(import_id=None, connection_id=connection_id, published_at=published_at)
    done = await write(area_id=area_id, rows=list(rows.values()), source=source) if rows else Written()
    if done.new or done.revised or done.withheld:
        await audit(by=by, area_id=area_id, action="indicator_observation.record",
                    subject=("agency_connection", connection_id), after=done.told)  # fmt: skip
    return Recorded(written=done, refused=refused)


async def record_benchmarks(*, by: Actor, area_id: int, figures: Sequence[Benchmark]) -> int:
    """Keep published figures of others beside the area's; return how many were new or different.

    The publisher has withheld what it had to: nothing is withheld here.
    """
    check_can_record(by, area_id=area_id)
    said = [{**vars(each), "id": uuid7()} for each in figures]
    changed = len(await sql.fetch(_BENCHMARKS, area_id, json.dumps(said, default=str)))
    if changed:
        await audit(by=by, area_id=area_id, action="indicator_benchmark.record", subject=("area", area_id),
                    after={"changed": changed})  # fmt: skip
    return changed


def _wrong(each: Published, *, unit: Unit, editions: frozenset[str], places: frozenset[str]) -> str | None:
    if each.edition not in editions:
        return "The indicator, or this version of it, has no definition here."
    if each.place is not None and each.place not in places:
        return "The local authority is not one that this area covers."
    if each.period not in (Period.MONTH, Period.QUARTER) or not begins(Period(each.period), each.starts_on):
        return "The period is not a calendar month or quarter."
    if each.suppression not in set(Suppression) or each.quality not in set(Quality):
        return "The suppression or the quality is not one of the profile’s."
    if (each.value is None) == (each.suppression == Suppression.NONE):
        return "A figure has a value or a reason why it has none."
    if each.value is not None and not fits(each.value, unit=unit):
        return "The value does not fit the unit."
    return None


def _row(each: Published, unit: Unit) -> Incoming:
    kept: Figure = withheld(Suppression(each.suppression)) if each.value is None else figure(each.value, unit=unit)
    return Incoming(
        code=each.code,
        edition=each.edition,
        cell=Cell(each.place or AREA, Period(each.period), each.starts_on),
        figure=kept,
        quality=Quality(each.quality),
        recording_change=each.recording_change,
    )
