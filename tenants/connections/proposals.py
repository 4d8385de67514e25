"""What a connection proposes about people, made against what is known in the area. People decide in `service`.

For the worker, inside the scope of the run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.connections.rules.counting import Counts
from tenants.connections.rules.settling import Contact, Last, Proposed, Settled, digest, settle, tidied
from tenants.tenancy.actor import Actor

__all__ = ["Proposed", "propose"]

_CONTACTS = """
select id, organisation_id, post, name, email, phone, entered_by, external_id, version from named_contact
where area_id = $1 and organisation_id = any ($2) and valid_to is null order by id
"""
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
_INSERT = """
insert into connection_proposal (area_id, id, connection_id, run_id, national, source, organisation_id, external_id,
    action, subject_kind, present, proposed, digest)
select $1, row.id, c.id, $3, c.area_id is null, c.name, row.organisation_id, row.external_id, row.action,
    row.subject_kind, row.present, row.proposed, decode(row.digest, 'hex')
from agency_connection c, jsonb_to_recordset($4::text::jsonb) as row (id uuid, organisation_id uuid, external_id text,
    action text, subject_kind text, present jsonb, proposed jsonb, digest text)
where c.id = $2
"""
Key = tuple[str, str, UUID | None, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    row: Proposed
    settled: Settled


async def propose(*, by: Actor, connection_id: UUID, run_id: UUID, area_id: int, rows: Sequence[Proposed]) -> Counts:
    """Propose what is new among the rows; return how many proposals were made and how many rows were as known.

    Each row is told from others by person, organisation and post. An equal proposal that waits, or that was refused,
    is not written again; a newer one supersedes it. At most four statements whatever the number of rows.
    """
    newest = {_key(row): row for row in rows}
    if not newest:
        return Counts()
    contacts = await _contacts(area_id, rows)
    last = await _last(area_id, connection_id, rows)
    pairs = [_Pair(row=row, settled=settle(row, contacts=contacts, last=last.get(key))) for key, row in newest.items()]
    if gone := [pair.settled.supersedes for pair in pairs if pair.settled.supersedes is not None]:
        await sql.execute(_SUPERSEDE, area_id, gone, by.name)
    made = [pair for pair in pairs if pair.settled.action is not None]
    if made:
        listed = json.dumps([_as_row(pair) for pair in made], ensure_ascii=False)
        await sql.execute(_INSERT, area_id, connection_id, run_id, listed)
    return Counts(proposed=len(made), unchanged=len(rows) - len(made))


async def _contacts(area_id: int, rows: Sequence[Proposed]) -> list[Contact]:
    organisations = list({row.organisation_id for row in rows if row.organisation_id is not None})
    return [Contact(**row) for row in await sql.fetch(_CONTACTS, area_id, organisations)]


async def _last(area_id: int, connection_id: UUID, rows: Sequence[Proposed]) -> Mapping[Key, Last]:
    found = await sql.fetch(_LAST, area_id, connection_id, list({row.external_id for row in rows}))
    return {
        (row["subject_kind"], row["external_id"], row["organisation_id"], row["post"]): Last(
            id=row["id"], state=row["state"], digest=row["digest"]
        )
        for row in found
    }


def _key(row: Proposed) -> Key:
    return row.subject_kind, row.external_id, row.organisation_id, tidied(row.proposed).get("post", "")


def _as_row(pair: _Pair) -> dict[str, Any]:
    row, settled = pair.row, pair.settled
    return {
        "id": str(uuid7()),
        "organisation_id": None if row.organisation_id is None else str(row.organisation_id),
        "external_id": row.external_id,
        "action": settled.action,
        "subject_kind": row.subject_kind,
        "present": None if settled.present is None else dict(settled.present),
        "proposed": tidied(row.proposed),
        "digest": digest(row).hex(),
    }
