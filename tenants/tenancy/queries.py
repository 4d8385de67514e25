"""Reading areas and what they cover. Each function expects an open scope and costs one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaRow:
    """An area as everyone may know it."""

    id: int
    slug: str
    name: str
    lifecycle: str
    merged_into: int | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverRow:
    """A local authority that an area covers from a day, to a day (inclusive; None: still)."""

    area_id: int
    id: UUID
    la_code: str
    la_name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LaterCover:
    """Which area covers a local authority from a later day."""

    area_name: str
    valid_from: date


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardRow:
    """Another board that the partnership works with."""

    area_id: int
    id: UUID
    name: str
    kind: str
    url: str | None
    note: str | None
    ended_on: date | None
    version: int


#: who is not told of areas being set up names those that are there for them all the same
_OPENED = "(lifecycle <> 'setting_up' or ${0}::integer[] is null or id = any (${0}))"
_AREA = "select id, slug, name, lifecycle, merged_into, version from area"


def _listed(numbers: Collection[int] | None) -> list[int] | None:
    return None if numbers is None else sorted(numbers)


def literal(text: str) -> str:
    """Return the text so that `like` takes each of its characters for itself."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


async def area(*, area_id: int) -> AreaRow | None:
    """Return one area, or None."""
    row = await sql.fetch_one(f"{_AREA} where id = $1", area_id)
    return None if row is None else AreaRow(**row)


async def area_by_slug(*, slug: str, unopened: Collection[int] | None = None) -> AreaRow | None:
    """Return the area with that slug, or None; of those being set up only the `unopened` ones, or all (None)."""
    row = await sql.fetch_one(f"{_AREA} where slug = $1 and {_OPENED.format(2)}", slug, _listed(unopened))
    return None if row is None else AreaRow(**row)


async def areas(
    *,
    ids: Sequence[int] | None = None,
    search: str | None = None,
    searched_on: date | None = None,
    lifecycle: str | None = None,
    unopened: Collection[int] | None = None,
    after: Sequence[Any] | None = None,
    limit: int = 51,
) -> list[AreaRow]:
    """Return areas by name; each given part narrows (`search`: their own name or an authority's; `unopened`: which of
    those being set up are there).

    Searched are all authorities that an area ever covered, or those of one day (`searched_on`).
    `after` is (name, id) of the last row of the page before.
    """
    name, last = after or (None, None)
    rows = await sql.fetch(
        f"""{_AREA}
        where ($1::integer[] is null or id = any ($1))
            and ($2::text is null or name ilike '%' || $2 || '%' or id in (
                select l.area_id from area_local_authority l
                where l.la_name ilike '%' || $2 || '%' and ($7::date is null or l.valid @> $7::date)))
            and ($3::text is null or lifecycle = $3)
            and ($4::text is null or (name, id) > ($4, $5))
            and {_OPENED.format(8)}
        order by name, id limit $6""",
        None if ids is None else list(ids),
        None if search is None else literal(search),
        lifecycle,
        name,
        last,
        limit,
        searched_on,
        _listed(unopened),
    )
    return [AreaRow(**row) for row in rows]


async def cover(*, area_ids: Sequence[int], as_at: date | None = None) -> list[CoverRow]:
    """Return the local authorities that the areas cover on a day (today when none is given), by name."""
    rows = await sql.fetch(
        """select area_id, id, la_code, la_name, valid_from, valid_to from area_local_authority
        where area_id = any ($1) and valid @> $2::date order by la_name, la_code""",
        list(area_ids),
        as_at or today(),
    )
    return [CoverRow(**row) for row in rows]


async def cover_since(*, la_code: str, after: date) -> LaterCover | None:
    """Return the first cover of a local authority, by any area, that begins after a day, or None."""
    row = await sql.fetch_one(
        """select a.name as area_name, l.valid_from from area_local_authority l join area a on a.id = l.area_id
        where l.la_code = $1 and l.valid_from > $2 order by l.valid_from limit 1""",
        la_code,
        after,
    )
    return None if row is None else LaterCover(**row)


async def partnerships_covering(*, la_code: str) -> list[str]:
    """Return the names of the areas that cover a local authority today."""
    rows = await sql.fetch(
        """select a.name from area_local_authority l join area a on a.id = l.area_id
        where l.la_code = $1 and l.valid_from <= $2 and (l.valid_to is null or l.valid_to >= $2) order by a.name""",
        la_code,
        today(),
    )
    return [row["name"] for row in rows]


async def cover_by_id(*, area_id: int, cover_id: UUID) -> CoverRow | None:
    """Return one local authority's cover by an area, past, present or to come, or None."""
    row = await sql.fetch_one(
        "select area_id, id, la_code, la_name, valid_from, valid_to from area_local_authority "
        "where area_id = $1 and id = $2",
        area_id,
        cover_id,
    )
    return None if row is None else CoverRow(**row)


async def cover_history(*, area_id: int) -> list[CoverRow]:
    """Return every local authority that the area has covered, covers or will cover, the latest first."""
    rows = await sql.fetch(
        "select area_id, id, la_code, la_name, valid_from, valid_to from area_local_authority "
        "where area_id = $1 order by valid_from desc, la_name, id",
        area_id,
    )
    return [CoverRow(**row) for row in rows]


async def linked_boards(*, area_ids: Sequence[int], ended: bool = False) -> list[BoardRow]:
    """Return the areas' linked boards by name; those that ended only when asked."""
    rows = await sql.fetch(
        """select area_id, id, name, kind, url, note, ended_on, version from linked_board
        where area_id = any ($1) and ($2 or ended_on is null) order by name, id""",
        list(area_ids),
        ended,
    )
    return [BoardRow(**row) for row in rows]


async def linked_board(*, area_id: int, board_id: UUID) -> BoardRow | None:
    """Return one linked board of the area, or None."""
    row = await sql.fetch_one(
        "select area_id, id, name, kind, url, note, ended_on, version from linked_board where area_id = $1 and id = $2",
        area_id,
        board_id,
    )
    return None if row is None else BoardRow(**row)
