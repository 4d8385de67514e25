"""The contacts that an agency's people keep themselves: their organisations, wherever they are present."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from infra.clock import today
from infra.database import sql
from tenants.tenancy.actor import Actor

MOST = 500
_OWN = """
select p.area_id, a.name as area_name, o.id as organisation_id, o.name as organisation_name, o.urn,
    coalesce((select json_agg(json_build_array(n.post, n.name) order by n.post, n.name)::text from named_contact n
        where n.area_id = p.area_id and n.organisation_id = o.id and n.valid_to is null), '[]') as listed
from (select distinct area_id, organisation_id from area_organisation where organisation_id = any ($1)
    and valid_from <= $2 and (valid_to is null or valid_to >= $2)) p
join area a on a.id = p.area_id join organisation_fact o on o.id = p.organisation_id
where ($3::integer is null or p.area_id = $3) and ($4::uuid is null or o.id = $4)
order by o.name, a.name, o.id limit $5
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPlace:
    """An organisation that the reader acts for, in an area, with today's contacts as (post, name)."""

    area_id: int
    area_name: str
    organisation_id: UUID
    organisation_name: str
    urn: int | None
    contacts: tuple[tuple[str, str], ...]


async def own_places(
    actor: Actor, *, area_id: int | None = None, organisation_id: UUID | None = None
) -> list[OwnPlace]:
    """Return where the actor keeps contacts, by organisation, at most 500; or in one area, of one organisation."""
    rows = await sql.fetch(_OWN, list(actor.organisations), today(), area_id, organisation_id, MOST)
    places = [_place(dict(row)) for row in rows]
    return [one for one in places if actor.acts_for(one.organisation_id, area_id=one.area_id)]


def _place(row: dict[str, object]) -> OwnPlace:
    listed = json.loads(str(row.pop("listed")))
    return OwnPlace(**row, contacts=tuple((post, name) for post, name in listed))  # type: ignore[arg-type]
