"""Reading what connections propose about people, and named contacts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from infra.database import sql
from tenants.tenancy.queries import literal


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalRow:
    """A proposal. `present` is what was known when it was made, None when it is about someone new.

    `version` rises with every decision on it, and with every change of who holds the post that it is about: whoever
    decides has seen what their decision overwrites.
    """

    id: UUID
    area_id: int
    connection_id: UUID
    source: str
    organisation_id: UUID | None
    organisation_name: str | None
    urn: int | None
    external_id: str
    action: str
    subject_kind: str
    present: Mapping[str, Any] | None
    proposed: Mapping[str, Any]
    state: str
    made_at: datetime
    decided_at: datetime | None
    decided_by_name: str | None
    reason: str | None
    contact_id: UUID | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactRow:
    """A named contact of an organisation, of today or of earlier; days are inclusive."""

    id: UUID
    area_id: int
    organisation_id: UUID
    organisation_name: str
    urn: int | None
    post: str
    name: str
    email: str | None
    phone: str | None
    entered_by: str
    entered_by_name: str
    external_id: str | None
    valid_from: date
    valid_to: date | None
    ended_reason: str | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Glance:
    """How many proposals wait in an area, and how many of its connections are stale."""

    waiting: int
    stale: int


#: of the area $1
WAITING = "(select count(*)::integer from connection_proposal where area_id = $1 and state = 'open')"
STALE = (
    "(select count(*)::integer from agency_connection where area_id = $1 and state in ('active', 'reauthorise') "
    "and every_minutes is not null "
    "and coalesce(last_worked_at, created_at) + make_interval(hours => stale_after_hours) <= now())"
)
_PROPOSAL = """
select p.id, p.area_id, p.connection_id, p.source, p.organisation_id, o.name as organisation_name, o.urn,
    p.external_id, p.action, p.subject_kind, p.present::text as present, p.proposed::text as proposed, p.state,
    p.made_at, p.decided_at, p.decided_by_name, p.reason, p.contact_id, p.version + coalesce((
        select sum(n.version)::integer from named_contact n
        where n.area_id = p.area_id and n.organisation_id = p.organisation_id and n.post = p.post), 0) as version
from connection_proposal p left join organisation_fact o on o.id = p.organisation_id
"""
_CONTACT = """
select n.id, n.area_id, n.organisation_id, o.name as organisation_name, o.urn, n.post, n.name, n.email, n.phone,
    n.entered_by, n.entered_by_name, n.external_id, n.valid_from, n.valid_to, n.ended_reason, n.version
from named_contact n join organisation_fact o on o.id = n.organisation_id
"""


async def proposals(
    *,
    area_id: int,
    waiting: bool = True,
    connection_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 51,
) -> list[ProposalRow]:
    """Return proposals, oldest first: those that wait, or else those that were accepted or refused, newest first."""
    order, side = ("p.id", ">") if waiting else ("p.id desc", "<")
    rows = await sql.fetch(
        f"""{_PROPOSAL} where p.area_id = $1 and p.state = any ($2) and ($3::uuid is null or p.connection_id = $3)
            and ($4::uuid is null or p.id {side} $4) order by {order} limit $5""",
        area_id,
        ["open"] if waiting else ["accepted", "refused"],
        connection_id,
        after,
        limit,
    )
    return [_proposal(row) for row in rows]


async def proposals_by_id(*, area_id: int, proposal_ids: Sequence[UUID], lock: bool = False) -> list[ProposalRow]:
    """Return these proposals by id; `lock` keeps others from deciding on them until the transaction ends."""
    held = " for no key update of p" if lock else ""
    rows = await sql.fetch(
        f"{_PROPOSAL} where p.area_id = $1 and p.id = any ($2) order by p.id{held}", area_id, list(proposal_ids)
    )
    return [_proposal(row) for row in rows]


async def glance(*, area_id: int) -> Glance:
    """Return how the area's connections stand, in numbers."""
    row = await sql.fetch_one(f"select {WAITING} as waiting, {STALE} as stale", area_id)
    assert row is not None
    return Glance(**row)


async def contacts(
    *, area_id: int, search: str | None = None, after: tuple[str, UUID] | None = None, limit: int = 51
) -> list[ContactRow]:
    """Return the contacts of today by organisation; `search` is part of a name, an address or the organisation."""
    name, last = after or (None, None)
    rows = await sql.fetch(
        f"""{_CONTACT} where n.area_id = $1 and n.valid_to is null
            and ($2::text is null or n.name ilike '%' || $2 || '%' or o.name ilike '%' || $2 || '%'
                or n.email ilike '%' || $2 || '%' or o.urn::text = $2)
            and ($3::text is null or (o.name, n.id) > ($3, $4::uuid))
        order by o.name, n.id limit $5""",
        area_id,
        literal(search.strip()) if search and search.strip() else None,
        name,
        last,
        limit,
    )
    return [ContactRow(**row) for row in rows]


async def contacts_of(*, area_id: int, organisation_ids: Sequence[UUID], ended: bool = False) -> list[ContactRow]:
    """Return the contacts of some organisations in the area: of today, or `ended` ones too; at most 500."""
    rows = await sql.fetch(
        f"""{_CONTACT} where n.area_id = $1 and n.organisation_id = any ($2) and ($3 or n.valid_to is null)
        order by o.name, n.valid_to desc nulls first, n.post, n.id limit 500""",
        area_id,
        list(organisation_ids),
        ended,
    )
    return [ContactRow(**row) for row in rows]


async def contact(*, area_id: int, contact_id: UUID) -> ContactRow | None:
    """Return one contact, or None."""
    row = await sql.fetch_one(f"{_CONTACT} where n.area_id = $1 and n.id = $2", area_id, contact_id)
    return None if row is None else ContactRow(**row)


def _proposal(row: Record) -> ProposalRow:
    present = None if row["present"] is None else json.loads(row["present"])
    return ProposalRow(**{**row, "present": present, "proposed": json.loads(row["proposed"])})
