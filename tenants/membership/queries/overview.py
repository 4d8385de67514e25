"""Reading what the national and public logins may see: completeness of areas, and what an area publishes.

Only columns granted to both are named here, so these queries work in any scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from infra.database import sql
from tenants.membership.queries.history import KIND_ORDER
from tenants.membership.queries.rows import AreaCompleteness, Named, Published, PublishedPartner
from tenants.membership.rules import (
    EducationLevel,
    Facts,
    Kind,
    Office,
    OfficeFacts,
    Period,
    completeness,
)

_BODIES = f"""select area_id, id, kind, name, valid_from, valid_to from partner_body
    where area_id = any ($1) and valid_from <= $2 and (valid_to is null or valid_to >= $2) order by {KIND_ORDER}"""
_HELD = """select a.area_id, a.office, a.partner_id, a.valid_from, a.valid_to, a.has_tie, s.education_level
    from appointment a left join seat s on s.area_id = a.area_id and s.id = a.seat_id
    where a.area_id = any ($1) and a.valid_from <= $2"""
_CHAIRED = """select area_id from partnership_chair
    where area_id = any ($1) and valid_from <= $2 and (valid_to is null or valid_to >= $2)"""
_TURNS = """select area_id, min(day) as day from (
        select area_id, valid_from, valid_to from partner_body where area_id = any ($1)
        union all select area_id, valid_from, valid_to from appointment where area_id = any ($1)
        union all select area_id, valid_from, valid_to from partnership_chair where area_id = any ($1)
    ) dated cross join lateral (values (valid_from), (valid_to + 1)) turns (day)
    where day > $2 group by area_id"""
_NAMED = """select a.id, a.office, a.partner_id, a.person_name, a.post, a.has_tie, a.valid_from, a.valid_to
    from appointment a
    where a.area_id = $1 and a.office <> 'seat' and a.valid_from <= $2 and (a.valid_to is null or a.valid_to >= $2)
    order by a.person_name, a.id"""


async def completeness_of(*, area_ids: Sequence[int], as_at: date) -> list[AreaCompleteness]:
    """Return each area's completeness on the day, in three statements however many areas there are."""
    ids = list(area_ids)
    bodies = _by_area(await sql.fetch(_BODIES, ids, as_at))
    held = _by_area(await sql.fetch(_HELD, ids, as_at))
    chaired = {row["area_id"] for row in await sql.fetch(_CHAIRED, ids, as_at)}
    return [
        AreaCompleteness(
            area_id=area_id,
            reading=completeness(
                replace(_facts(bodies[area_id], held[area_id], on=as_at), has_chair=area_id in chaired), on=as_at
            ),
        )
        for area_id in ids
    ]


async def turns_of(*, area_ids: Sequence[int], after: date) -> dict[int, date]:
    """Return the first day after `after` on which an area's completeness may change although nobody writes, by id.

    A body, an appointment or a chairing begins, or had its last day the day before.
    """
    return {row["area_id"]: row["day"] for row in await sql.fetch(_TURNS, list(area_ids), after)}


def _facts(bodies: list[Any], held: list[Any], *, on: date) -> Facts:
    periods: dict[tuple[Office, UUID | None], list[Period]] = defaultdict(list)
    for row in held:
        periods[(Office(row["office"]), row["partner_id"])].append(_period(row))
    today = [row for row in held if _period(row).covers(on)]
    return Facts(
        kinds=frozenset(Kind(row["kind"]) for row in bodies),
        offices=[
            OfficeFacts(partner_name=row["name"], office=office, body=_period(row), held=periods[(office, row["id"])])
            for row in bodies
            for office in (Office.LEAD, Office.DELEGATED)
        ],
        scrutineer_ties=[row["has_tie"] for row in today if row["office"] == Office.SCRUTINEER],
        education_held=frozenset(EducationLevel(row["education_level"]) for row in today if row["education_level"]),
    )


def _by_area(rows: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["area_id"]].append(row)
    return found


def _period(row: Any) -> Period:
    return Period(first=row["valid_from"], last=row["valid_to"])


async def published(*, area_id: int, as_at: date) -> Published:
    """Return what the area publishes about itself; the public login sees live areas, and only as at today."""
    bodies = await sql.fetch(_BODIES, [area_id], as_at)
    named = await sql.fetch(_NAMED, area_id, as_at)
    chair = await sql.fetch_value(_CHAIRED.replace("area_id", "appointment_id", 1), [area_id], as_at)
    by_office = {(row["office"], row["partner_id"]): row for row in named}
    chairing = next((row["partner_id"] for row in named if row["id"] == chair), None)
    return Published(
        partners=[
            PublishedPartner(
                id=row["id"],
                kind=Kind(row["kind"]),
                name=row["name"],
                lead=_named(by_office.get((Office.LEAD, row["id"]))),
                delegated=_named(by_office.get((Office.DELEGATED, row["id"]))),
                chairs=row["id"] == chairing,
            )
            for row in bodies
        ],
        scrutineers=[name for row in named if row["office"] == Office.SCRUTINEER and (name := _named(row))],
    )


def _named(row: Any) -> Named | None:
    if row is None:
        return None
    return Named(**{key: row[key] for key in ("person_name", "post", "has_tie", "valid_from", "valid_to")})
