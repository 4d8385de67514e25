"""Writing the secrets of a hook: sealed each for itself, erased when they end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.connections import sealing
from tenants.connections.hooks.door import kind_of
from tenants.connections.sealing import Place

_HOOK = """
insert into connection_hook (area_id, connection_id) values ($1, $2) on conflict (area_id, connection_id) do nothing
"""
_HELD = "select 1 from connection_hook where area_id = $1 and connection_id = $2 for update"
_LIVE = """
select count(*) from connection_hook_secret where connection_id = $1 and (ends_at is null or ends_at > $2)
"""
_OVERLAP = """
update connection_hook_secret set ends_at = $2
where connection_id = $1 and (ends_at is null or ends_at > $2)
"""
_KEEP = """
insert into connection_hook_secret (area_id, id, connection_id, sealed, key_id, made_here, made_at, made_by_name)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_END = """
update connection_hook_secret set ends_at = $2, sealed = null
where connection_id = $1 and id = $3 and (ends_at is null or ends_at > $2)
"""
_ERASE = "update connection_hook_secret set sealed = null where connection_id = $1 and ends_at <= $2"


async def hold(*, area_id: int, connection_id: UUID, at: datetime) -> int:
    """Make the hook if there is none, keep others from changing it, and return how many of its secrets are good."""
    await sql.execute(_HOOK, area_id, connection_id)
    await sql.fetch_value(_HELD, area_id, connection_id)
    await sql.execute(_ERASE, connection_id, at)
    return int(await sql.fetch_value(_LIVE, connection_id, at) or 0)


async def add(*, place: Place, secret: str, made_here: bool, name: str, at: datetime, others_end: datetime) -> UUID:
    """Seal one more secret; those before it are good until `others_end`. Return its id."""
    secret_id = uuid7()
    sealed = sealing.seal(secret, place=place.of(kind_of(secret_id)))
    await sql.execute(_OVERLAP, place.connection_id, others_end)
    key = sealing.key_id(sealed)
    kept = (place.area_id, secret_id, place.connection_id, sealed, key, made_here, at, name[:200])
    await sql.execute(_KEEP, *kept)
    return secret_id


async def end(*, connection_id: UUID, secret_id: UUID, at: datetime) -> bool:
    """End a secret now and erase what was sealed; False when it was not good."""
    return await sql.execute(_END, connection_id, at, secret_id) != "UPDATE 0"
