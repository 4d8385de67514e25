"""What was seen of each thing at an agency, by its own id: so that an unchanged page writes nothing.

For the worker, inside the scope of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from infra.database import sql
from infra.database.columns import packed, taken_apart

_REMEMBER = f"""
insert into connection_record as r (area_id, connection_id, kind, external_id, digest, subject)
select c.area_id, c.id, $2, seen.external_id, decode(seen.digest, 'hex'), seen.subject::uuid
from agency_connection c, unnest({taken_apart(3, first=3)}) as seen (external_id, digest, subject)
where c.id = $1
on conflict (connection_id, kind, external_id) do update set digest = excluded.digest, subject = excluded.subject
    where (r.digest, r.subject) is distinct from (excluded.digest, excluded.subject)
"""


_LOOK_UP = """
select 0 as nth, external_id, digest, subject from connection_record
where connection_id = $1 and kind = $2 and external_id = any ($3)
union all
select bounds.nth, r.external_id, r.digest, r.subject
from unnest($5::text[], $6::text[]) with ordinality as bounds (lower, upper, nth)
join connection_record r on r.connection_id = $1 and r.kind = $4
    and r.external_id > bounds.lower and r.external_id < bounds.upper
"""


class Known(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was remembered of a thing: the digest of its row then, and what it is here."""

    digest: bytes
    subject: UUID | None


class Seen(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What to remember of a thing: at most 64 bytes of digest, and what it is here (None: nothing of ours)."""

    external_id: str
    digest: bytes
    subject: UUID | None = None


async def known(*, connection_id: UUID, kind: str, external_ids: Sequence[str]) -> dict[str, Known]:
    """Return what is remembered of these things, by their id at the agency; one statement."""
    rows = await sql.fetch(
        "select external_id, digest, subject from connection_record "
        "where connection_id = $1 and kind = $2 and external_id = any ($3)",
        connection_id,
        kind,
        list(external_ids),
    )
    return {row["external_id"]: Known(digest=row["digest"], subject=row["subject"]) for row in rows}


async def listing(*, connection_id: UUID, kind: str, after: str = "", limit: int = 1000) -> dict[str, Known]:
    """Return the next of all that is remembered, by id: to tell who was not in a full listing."""
    rows = await sql.fetch(
        "select external_id, digest, subject from connection_record "
        "where connection_id = $1 and kind = $2 and external_id > $3 order by external_id limit $4",
        connection_id,
        kind,
        after,
        limit,
    )
    return {row["external_id"]: Known(digest=row["digest"], subject=row["subject"]) for row in rows}


async def look_up(
    *, connection_id: UUID, ids: tuple[str, Sequence[str]], ranges: tuple[str, Sequence[tuple[str, str]]]
) -> tuple[dict[str, Known], list[dict[str, Known]]]:
    """Return what is remembered of things of a kind by their ids, and of a kind between pairs of ids; one statement.

    Neither end of a pair is included, in the order of code points; for each pair what lies there.
    """
    rows = await sql.fetch(
        _LOOK_UP,
        connection_id,
        ids[0],
        list(ids[1]),
        ranges[0],
        [lower for lower, _ in ranges[1]],
        [upper for _, upper in ranges[1]],
    )
    found: list[dict[str, Known]] = [{} for _ in range(1 + len(ranges[1]))]
    for nth, external_id, digest, subject in rows:
        found[nth][external_id] = Known(digest=digest, subject=subject)
    return found[0], found[1:]


async def remember(*, connection_id: UUID, kind: str, rows: Sequence[Seen]) -> int:
    """Remember what was seen; return how many rows were written, those that were new or differ. One statement."""
    if not rows:
        return 0
    last = {row.external_id: row for row in rows}  # one statement cannot write a row twice
    tag = await sql.execute(
        _REMEMBER,
        connection_id,
        kind,
        *packed(
            list(last),
            [row.digest.hex() for row in last.values()],
            [None if row.subject is None else str(row.subject) for row in last.values()],
        ),
    )
    return int(tag.rsplit(" ", 1)[-1])


async def forget(*, connection_id: UUID, kind: str, external_ids: Sequence[str]) -> None:
    """Forget these things: they are gone at the agency."""
    await sql.execute(
        "delete from connection_record where connection_id = $1 and kind = $2 and external_id = any ($3)",
        connection_id,
        kind,
        list(external_ids),
    )
