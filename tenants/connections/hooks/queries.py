"""Reading hooks as people see them: where to send to, that secrets are set, what arrived. Never a secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from infra.clock import now
from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretRow:
    """That a secret is good: who set it and when, and when it ends."""

    id: UUID
    made_here: bool
    made_at: datetime
    made_by_name: str
    ends_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HookRow:
    """Where a system tells us of changes, with the secrets that are good now. Without an address: not set up."""

    connection_id: UUID
    area_id: int | None
    system: str
    address: UUID | None
    hinted_at: datetime | None
    secrets: Sequence[SecretRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrivalRow:
    """A message that arrived. Of its body: digest, bytes and type."""

    id: UUID
    outcome: str
    message_id: str | None
    event_type: str | None
    content_type: str | None
    sha256: str
    bytes: int
    reason: str | None
    times: int
    at: datetime
    last_at: datetime
    run_id: UUID | None


_ARRIVALS = """
select id, outcome, message_id, event_type, content_type, sha256, bytes, reason, times, at, last_at, run_id
from connection_arrival where connection_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3
"""


async def hook(*, connection_id: UUID) -> HookRow | None:
    """Return the hook of a connection that the reader may see, None when there is no such connection."""
    row = await sql.fetch_one(
        "select c.id as connection_id, c.area_id, c.system, h.address, h.hinted_at from agency_connection c "
        "left join connection_hook h on h.area_id = c.area_id and h.connection_id = c.id where c.id = $1",
        connection_id,
    )
    if row is None:
        return None
    good = await sql.fetch(
        "select id, made_here, made_at, made_by_name, ends_at from connection_hook_secret "
        "where connection_id = $1 and (ends_at is null or ends_at > $2) order by made_at desc, id desc",
        connection_id,
        now(),
    )
    return HookRow(**row, secrets=[SecretRow(**one) for one in good])


async def arrivals(*, connection_id: UUID, after: UUID | None = None, limit: int = 51) -> list[ArrivalRow]:
    """Return what arrived for a connection, newest first."""
    return [ArrivalRow(**row) for row in await sql.fetch(_ARRIVALS, connection_id, after, limit)]
