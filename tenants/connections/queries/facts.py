"""Reading the facts that were applied: by an area's own connections, and by the national ones to the area's bodies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRow:
    """A fact that was applied. Without a connection: from a file of the register, or by one that is not the area's."""

    id: UUID
    connection_id: UUID | None
    connection_name: str
    at: datetime
    what: str
    subject_kind: str
    subject_id: UUID | None
    subject: str
    before: Any
    after: Any


_FACT = """
select g.id, g.connection_id, c.name as connection_name, g.at, g.what, g.subject_kind, g.subject_id, g.subject,
    g.before::text as before, g.after::text as after
from connection_change g join agency_connection c on c.id = g.connection_id
"""
_OF_RUN = f"{_FACT} where g.run_id = $1 and ($2::uuid is null or g.id < $2) order by g.id desc limit $3"
_OWN = f"""
{_FACT} where g.home = coalesce($1, 0) and ($2::uuid is null or g.connection_id = $2)
    and ($3::uuid is null or g.id < $3)
"""
# A body that was here counts as well: a school that closes is present no more, and that it closed is what matters.
_OF_THE_AREAS_BODIES = """
with body as (select distinct organisation_id from area_organisation where area_id = $1)
select g.id, null::uuid, 'A national directory', g.at, g.what, g.subject_kind, g.subject_id, g.subject,
    g.before::text, g.after::text
from body b join connection_change g on g.subject_id = b.organisation_id
where g.area_id is null and g.subject_kind = 'organisation' and ($3::uuid is null or g.id < $3)
union all
select h.id, null::uuid, 'Register of schools', h.recorded_at,
    case h.field when 'status' then 'open or closed' else h.field end, 'organisation', o.id, o.name,
    to_jsonb(h.before)::text, to_jsonb(h.after)::text
from body b join organisation o on o.id = b.organisation_id
join organisation_history h on h.organisation_id = o.id
where h.import_id is not null and h.field in ('name', 'status') and ($3::uuid is null or h.id < $3)
union all
select l.told_id, null::uuid, 'Register of schools', l.told_at, 'successor', 'organisation', o.id, o.name,
    null::text, to_jsonb(s.name)::text
from body b join organisation_lineage l on l.predecessor_id = b.organisation_id
join organisation o on o.id = l.predecessor_id join organisation s on s.id = l.successor_id
where l.import_id is not null and l.told_id is not null and ($3::uuid is null or l.told_id < $3)
"""


async def changes(
    *, area_id: int | None, connection_id: UUID | None = None, after: UUID | None = None, limit: int = 51
) -> list[ChangeRow]:
    """Return the facts that one connection applied; or the national ones; or, in an area, those of its own connections
    and what the national registers said of the bodies that are or were present there. Newest first.
    """
    own_alone = area_id is None or connection_id is not None
    found = f"({_OWN})" if own_alone else f"({_OWN}) union all ({_OF_THE_AREAS_BODIES})"
    rows = await sql.fetch(
        f"select * from ({found}) as fact order by id desc limit $4", area_id, connection_id, after, limit
    )
    return [_change(row) for row in rows]


async def changes_of_run(*, run_id: UUID, after: UUID | None = None, limit: int = 51) -> list[ChangeRow]:
    """Return the facts that one run applied, newest first; none of a run that is not the reader's to see."""
    return [_change(row) for row in await sql.fetch(_OF_RUN, run_id, after, limit)]


def _change(row: Record) -> ChangeRow:
    return ChangeRow(**{**row, "before": _json(row["before"]), "after": _json(row["after"])})


def _json(value: str | None) -> Any:
    return None if value is None else json.loads(value)
