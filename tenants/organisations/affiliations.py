"""Reading which body lies in which board's geography."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from infra.clock import today
from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The other end of an affiliation: a body in a board's geography, or the board. Dates as the directory has them."""

    id: UUID
    name: str
    status: str
    type_label: str | None
    valid_from: date | None
    valid_to: date | None


_MEMBERS = """
select a.board_id as asked, o.id, o.name, o.status, o.type_label, a.valid_from, a.valid_to
from organisation_affiliation a join organisation o on o.id = a.member_id
where a.board_id = any ($1) and o.status <> 'closed'
    and (a.valid_from is null or a.valid_from <= $2) and (a.valid_to is null or a.valid_to >= $2)
order by o.type_label desc nulls last, o.name, a.id
"""
_BOARDS = """
select a.member_id as asked, o.id, o.name, o.status, o.type_label, a.valid_from, a.valid_to
from organisation_affiliation a join organisation o on o.id = a.board_id
where a.member_id = any ($1)
order by a.valid_to desc nulls first, a.valid_from desc nulls last, a.id
"""


async def members_of(*, organisation_ids: Sequence[UUID]) -> dict[UUID, list[Place]]:
    """Return for each board the open bodies in its geography today: sub-ICB locations first, then trusts, by name."""
    return await _read(_MEMBERS, organisation_ids, today())


async def boards_of(*, organisation_ids: Sequence[UUID]) -> dict[UUID, list[Place]]:
    """Return for each body the boards in whose geography it lies or lay, newest first."""
    return await _read(_BOARDS, organisation_ids)


async def _read(query: str, asked: Sequence[UUID], *more: date) -> dict[UUID, list[Place]]:
    found: dict[UUID, list[Place]] = {one: [] for one in asked}
    for row in await sql.fetch(query, list(asked), *more):
        values = dict(row)
        found[values.pop("asked")].append(Place(**values))
    return found
