"""The secrets with which we sign for an endpoint: sealed each for itself, two good at once while one is changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.connections import sealing
from tenants.connections.sealing import Place

SYSTEM = "webhook_endpoint"
_OVERLAP = """
update webhook_secret set ends_at = $3
where area_id = $1 and endpoint_id = $2 and (ends_at is null or ends_at > $3)
"""
_ERASE = "update webhook_secret set sealed = null where area_id = $1 and endpoint_id = $2 and ends_at <= $3"
_KEEP = """
insert into webhook_secret (area_id, id, endpoint_id, sealed, key_id, made_at, made_by_name)
values ($1, $2, $3, $4, $5, $6, $7)
"""


def place_of(*, area_id: int, endpoint_id: UUID) -> Place:
    """Return where the secrets of an endpoint are sealed for."""
    return Place(area_id=area_id, system=SYSTEM, connection_id=endpoint_id)


def kind_of(secret_id: UUID) -> str:
    """Return the kind under which a secret is sealed."""
    return f"webhook/{secret_id}"


async def add(*, area_id: int, endpoint_id: UUID, secret: str, name: str, at: datetime, others_end: datetime) -> None:
    """Seal one more secret; we sign with those before it too until `others_end`."""
    secret_id, place = uuid7(), place_of(area_id=area_id, endpoint_id=endpoint_id)
    await sql.execute(_ERASE, area_id, endpoint_id, at)
    await sql.execute(_OVERLAP, area_id, endpoint_id, others_end)
    sealed = sealing.seal(secret, place=place.of(kind_of(secret_id)))
    key = sealing.key_id(sealed)
    await sql.execute(_KEEP, area_id, secret_id, endpoint_id, sealed, key, at, name[:200])


async def end_earlier(*, area_id: int, endpoint_id: UUID, at: datetime, all_of_them: bool = False) -> None:
    """End the secrets that a newer one replaced, or all of them, and erase what was sealed."""
    await sql.execute(
        "update webhook_secret set ends_at = least(coalesce(ends_at, $3), $3), sealed = null "
        "where area_id = $1 and endpoint_id = $2 and ($4 or ends_at is not null)",
        area_id,
        endpoint_id,
        at,
        all_of_them,
    )
