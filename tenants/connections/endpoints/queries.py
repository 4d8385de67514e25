"""Reading endpoints, their messages and the attempts to deliver them. Never a secret."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointRow:
    """An endpoint, how many secrets we sign with, how many of its messages wait and were given up."""

    id: UUID
    area_id: int
    url: str
    description: str
    event_types: Sequence[str]
    state: str
    state_reason: str | None
    failing_since: datetime | None
    created_at: datetime
    version: int
    secrets: int
    secret_made_at: datetime | None
    waiting: int
    failed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptRow:
    """One attempt. `said` is None while it is under way, or for ever when its worker died."""

    number: int
    at: datetime
    status: int | None
    said: str | None
    ms: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryRow:
    """A message and its attempts, the newest first."""

    area_id: int
    id: UUID
    event_type: str
    subject_kind: str
    subject_id: str
    happened_at: datetime
    state: str
    attempts: int
    next_at: datetime
    tried: Sequence[AttemptRow]


_ENDPOINT = """
select e.id, e.area_id, e.url, e.description, e.event_types, e.state, e.state_reason, e.failing_since, e.created_at,
    e.version, coalesce(k.secrets, 0) as secrets, k.secret_made_at,
    (select count(*)::integer from webhook_delivery d where d.area_id = e.area_id and d.endpoint_id = e.id
        and d.state = 'waiting') as waiting,
    (select count(*)::integer from webhook_delivery d where d.area_id = e.area_id and d.endpoint_id = e.id
        and d.state = 'failed') as failed
from webhook_endpoint e
left join lateral (
    select count(*)::integer as secrets, max(k.made_at) as secret_made_at from webhook_secret k
    where k.area_id = e.area_id and k.endpoint_id = e.id and (k.ends_at is null or k.ends_at > now())
) k on true
"""
_DELIVERIES = """
select d.area_id, d.id, d.event_type, d.subject_kind, d.subject_id, d.happened_at, d.state, d.attempts, d.next_at,
    t.tried
from webhook_delivery d
left join lateral (
    select json_agg(json_build_array(t.number, t.at, t.status, t.said, t.ms) order by t.number desc)::text as tried
    from webhook_attempt t where t.area_id = d.area_id and t.delivery_id = d.id
) t on true
where d.area_id = $1 and d.endpoint_id = $2 and ($3::uuid is null or d.id < $3) order by d.id desc limit $4
"""


async def endpoints(*, area_id: int) -> list[EndpointRow]:
    """Return the area's endpoints: those in use by name, then the retired; at most 100."""
    rows = await sql.fetch(
        f"{_ENDPOINT} where e.area_id = $1 order by e.state = 'retired', e.description, e.id limit 100", area_id
    )
    return [EndpointRow(**row) for row in rows]


async def endpoint(*, area_id: int, endpoint_id: UUID) -> EndpointRow | None:
    """Return one endpoint, or None when there is none that the reader may see."""
    row = await sql.fetch_one(f"{_ENDPOINT} where e.area_id = $1 and e.id = $2", area_id, endpoint_id)
    return None if row is None else EndpointRow(**row)


async def deliveries(
    *, area_id: int, endpoint_id: UUID, after: UUID | None = None, limit: int = 51
) -> list[DeliveryRow]:
    """Return the messages of an endpoint with their attempts, newest first."""
    return [_delivery(row) for row in await sql.fetch(_DELIVERIES, area_id, endpoint_id, after, limit)]


def _delivery(row: Record) -> DeliveryRow:
    tried = [
        AttemptRow(number=number, at=datetime.fromisoformat(at), status=status, said=said, ms=ms)
        for number, at, status, said, ms in json.loads(row["tried"] or "[]")
    ]
    return DeliveryRow(**{**row, "tried": tried})
