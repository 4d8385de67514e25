"""Finding bodies by the numbers that other directories know them by, with the areas they work in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from infra.clock import today
from infra.database import sql

_FIND = """
with asked as (select * from unnest($1::text[], $2::text[]) as asked (by, number)),
found as (
    select a.by, a.number, o.id from asked a join organisation o on o.urn = a.number::integer
        where a.by = 'urn' and o.status <> 'closed'
    union all
    select a.by, a.number, o.id from asked a join organisation o on o.uid = a.number::integer
        where a.by = 'uid' and o.status <> 'closed'
    union all
    select a.by, a.number, o.id from asked a join organisation o on o.la_code = a.number
        where a.by = 'la_code' and o.kind = 'local_authority' and o.status <> 'closed'
)
select found.*, array(
    select distinct p.area_id from area_organisation p
    where p.organisation_id = found.id and p.valid_from <= $3 and (p.valid_to is null or p.valid_to >= $3)
    order by p.area_id) as areas
from found
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An open body and the areas it is present in today."""

    id: UUID
    areas: tuple[int, ...]


async def find(numbers: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Found]:
    """Return open bodies by ("urn" | "uid" | "la_code", number); unknown ones are left out. One statement.

    Numbers of `urn` and `uid` are digits, at most eight.
    """
    asked = sorted(set(numbers))
    if not asked:
        return {}
    rows = await sql.fetch(_FIND, [by for by, _ in asked], [number for _, number in asked], today())
    return {(row["by"], row["number"]): Found(id=row["id"], areas=tuple(row["areas"])) for row in rows}
