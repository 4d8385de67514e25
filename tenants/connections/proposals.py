"""What a connection proposes about people, made against what is known in the area. People decide in `service`.

For the worker, inside the scope of the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from infra.database import sql
from infra.database.columns import packed, taken_apart
from tenants.connections.queries.known import contacts_at
from tenants.connections.rules.counting import Counts
from tenants.connections.rules.settling import Last, Proposed, Settled, digest, settle, tidied
from tenants.tenancy.actor import Actor

__all__ = ["Proposed", "propose"]

_LAST = """
select distinct on (subject_kind, external_id, organisation_id, post) subject_kind, external_id, organisation_id, post,
    id, state, digest
from connection_proposal
where area_id = $1 and connection_id = $2 and external_id = any ($3) and state <> 'superseded'
order by subject_kind, external_id, organisation_id, post, id desc
"""
_SUPERSEDE = """
update connection_proposal set state = 'superseded', decided_at = now(), decided_by_name = $3, version = version + 1
where area_id = $1 and id = any ($2) and state = 'open'
"""
# ids that follow one another: the default's `uuidv7()` asks the system for chance anew for each row, 3 µs each time
_INSERT = f"""
with first as materialized (select left(id, 24) as head, ('x' || right(id, 12))::bit(48)::bigint >> 1 as tail
    from (select uuidv7()::text as id) as made)
insert into connection_proposal (area_id, id, connection_id, run_id, national, source, organisation_id, external_id,
    action, subject_kind, present, proposed, digest)
select $1, (head || lpad(to_hex(tail + row.nth), 12, '0'))::uuid, c.id, $3, c.area_id is null, c.name,
    row.organisation_id::uuid, row.external_id, row.action, row.subject_kind, row.present::jsonb,
    row.proposed::jsonb, decode(row.digest, 'hex')
from agency_connection c, first, unnest({taken_apart(7, first=4)}) with ordinality
    as row (organisation_id, external_id, action, subject_kind, present, proposed, digest, nth)
where c.id = $2
"""
Key = tuple[str, str, UUID | None, str]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row and what it says, tidied."""

    row: Proposed
    said: Mapping[str, Any]


async def propose(*, by: Actor, connection_id: UUID, run_id: UUID, area_id: int, rows: Sequence[Proposed]) -> Counts:
    """Propose what is new among the rows; return how many proposals were made and how many rows were as known.

    Each row is told from others by person, organisation and post. An equal proposal that waits, or that was refused,
    is not written again; a newer one supersedes it. At most four statements whatever the number of rows.
    """
    newest = dict(_keyed(row) for row in rows)
    if not newest:
        return Counts()
    contacts = await contacts_at(area_id=area_id, organisation_ids={row.organisation_id for row in rows})
    last = await _last(area_id, connection_id, rows)
    made, gone = list[tuple[str | None, ...]](), list[UUID]()
    for key, one in newest.items():
        told = digest(one.row, said=one.said)
        here = contacts.get(one.row.organisation_id, ())
        settled = settle(one.row, said=one.said, told=told, contacts=here, last=last.get(key))
        if settled.supersedes is not None:
            gone.append(settled.supersedes)
        if settled.action is not None:
            made.append(_as_row(one, settled, told))
    if gone:
        await sql.execute(_SUPERSEDE, area_id, gone, by.name)
    if made:
        await sql.execute(_INSERT, area_id, connection_id, run_id, *packed(*zip(*made, strict=True)))
    return Counts(proposed=len(made), unchanged=len(rows) - len(made))


async def _last(area_id: int, connection_id: UUID, rows: Sequence[Proposed]) -> Mapping[Key, Last]:
    found = await sql.fetch(_LAST, area_id, connection_id, list({row.external_id for row in rows}))
    return {
        (row["subject_kind"], row["external_id"], row["organisation_id"], row["post"]): Last(
            id=row["id"], state=row["state"], digest=row["digest"]
        )
        for row in found
    }


def _keyed(row: Proposed) -> tuple[Key, _Row]:
    said = tidied(row.proposed)
    return (row.subject_kind, row.external_id, row.organisation_id, said.get("post", "")), _Row(row=row, said=said)


def _as_row(one: _Row, settled: Settled, told: bytes) -> tuple[str | None, ...]:
    row, present = one.row, None if settled.present is None else _text(settled.present)
    organisation = None if row.organisation_id is None else str(row.organisation_id)
    return organisation, row.external_id, settled.action, row.subject_kind, present, _text(one.said), told.hex()


def _text(value: Mapping[str, Any]) -> str:
    return msgspec.json.encode(value).decode()
