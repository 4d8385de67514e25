"""Reading the audit chain of an area: filtered, newest first, by keyset; and verifying it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from asyncpg import Record

from infra.database import sql
from infra.export import Cell
from tenants.audit.opening import opened
from tenants.audit.rules import Head


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One audit entry as people read it."""

    area_id: int
    seq: int
    at: datetime
    actor_id: str
    actor_kind: str
    actor_name: str
    actor_role: str
    action: str
    subject_type: str
    subject_id: str
    reason: str | None
    legal_basis: str | None
    request_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    hash: str


#: the columns of an exported trail, in order
COLUMNS = ("seq", "at", "actor_name", "actor_role", "action", "subject_type", "subject_id", "reason", "legal_basis",
           "request_id", "before", "after", "hash")


def as_cells(entry: Entry) -> list[Cell]:
    """Return an entry as a row of an exported trail."""
    return [_cell(getattr(entry, name)) for name in COLUMNS]


def _cell(value: object) -> Cell:
    match value:
        case dict():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case datetime():
            return value.isoformat()
        case int() | None:
            return value
    return str(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What to show: each given part narrows. Days are inclusive, in London; `actor` is a part of their name, `action`
    how it begins, each character for itself."""

    since: date | None = None
    until: date | None = None
    actor: str | None = None
    action: str | None = None
    subject_type: str | None = None
    subject_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenLink:
    """The first thing wrong with a chain: at which entry, and what."""

    area_id: int
    seq: int
    why: str


_ENTRIES = """
select area_id, seq, at, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id, reason,
    legal_basis, request_id, before::text as before, after::text as after, encode(hash, 'hex') as hash
from audit.event
where area_id = $1
"""
_OLDEST_FIRST = f"{_ENTRIES} and seq > $2 and seq <= $3 order by seq limit $4"
_SELECT = f"""
{_ENTRIES}
    and ($2::date is null or at >= ($2::date)::timestamp at time zone 'Europe/London')
    and ($3::date is null or at < ($3::date + 1)::timestamp at time zone 'Europe/London')
    and ($4::text is null or strpos(lower(actor_name), lower($4)) > 0)
    and ($5::text is null or starts_with(action, $5))
    and ($6::text is null or subject_type = $6)
    and ($7::text is null or subject_id = $7)
    and ($8::bigint is null or seq < $8)
order by seq desc
limit $9
"""


async def entries(
    *, area_id: int, where: Filter | None = None, before_seq: int | None = None, limit: int = 50
) -> list[Entry]:
    """Return entries newest first, opened; `before_seq` continues after the last one of the page before."""
    where = where or Filter()
    rows = await sql.fetch(
        _SELECT,
        area_id,
        where.since,
        where.until,
        where.actor,
        where.action,
        where.subject_type,
        where.subject_id,
        before_seq,
        limit,
    )
    return await opened([_entry(row) for row in rows], area_id=area_id)


async def last_seq(*, area_id: int) -> int:
    """Return the number of the chain's last entry, 0 for a chain without any."""
    return await sql.fetch_value("select coalesce(max(seq), 0) from audit.event where area_id = $1", area_id) or 0


async def entries_between(
    *, area_id: int, after_seq: int, last_seq: int, limit: int, open_texts: bool = True
) -> list[Entry]:
    """Return entries oldest first: those after one, up to and with the last; with personal text opened, or sealed."""
    found = [_entry(row) for row in await sql.fetch(_OLDEST_FIRST, area_id, after_seq, last_seq, limit)]
    return await opened(found, area_id=area_id) if open_texts else found


def _entry(row: Record) -> Entry:
    values = dict(row)
    for key in ("before", "after"):
        values[key] = None if values[key] is None else json.loads(values[key])
    return Entry(**values)


async def first_broken_link(*, area_id: int) -> BrokenLink | None:
    """Return the first broken link of the area's chain, or None when the chain is whole."""
    row = await sql.fetch_one("select bad_seq, why from audit.verify($1) limit 1", area_id)
    return None if row is None else BrokenLink(area_id=area_id, seq=row["bad_seq"], why=row["why"])


async def heads() -> list[Head]:
    """Return where every chain that has an entry ends, the platform's first. None without the power to anchor."""
    rows = await sql.fetch(
        """select h.area_id, coalesce(a.slug, 'platform') as chain, h.seq, encode(h.hash, 'hex') as hash
        from audit.heads() h left join area a on a.id = h.area_id order by h.area_id"""
    )
    return [Head(**row) for row in rows]


async def contains(head: Head) -> bool:
    """Return whether the chain has the anchored entry, with that hash. In a scope that reads the area."""
    return bool(
        await sql.fetch_value(
            "select encode(hash, 'hex') = $3 from audit.event where area_id = $1 and seq = $2",
            head.area_id,
            head.seq,
            head.hash,
        )
    )


async def chains() -> list[int]:
    """Return the area ids that may have a chain, the platform's first."""
    rows = await sql.fetch("select 0 as id union all select id from area order by id")
    return [row["id"] for row in rows]
