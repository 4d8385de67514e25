"""From an address to its secrets: the one way by which the web comes by a sealed secret of a connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from infra import standard_webhooks as form
from infra.database import sql
from tenants.connections import sealing
from tenants.connections.sealing import CannotOpen, Place

POWER = "hooks"
KIND = "hook"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Whose address it is, and the keys whose signatures are good there today."""

    area_id: int
    connection_id: UUID
    state: str
    keys: Sequence[bytes] = field(repr=False)


async def find(*, address: UUID) -> Found | None:
    """Return whose address this is, in a scope with the power `hooks` and no area; None when it is nobody's.

    A secret that does not open, because the installation's key was changed and not yet rotated, is passed over.
    """
    rows = await sql.fetch("select * from security.hook_secrets($1)", address)
    if not rows:
        return None
    place = Place(area_id=rows[0]["area_id"], system=rows[0]["system"], connection_id=rows[0]["connection_id"])
    keys = [key for row in rows if row["sealed"] is not None and (key := _key(place, row["secret_id"], row["sealed"]))]
    return Found(area_id=place.area_id or 0, connection_id=place.connection_id, state=rows[0]["state"], keys=keys)


def kind_of(secret_id: UUID) -> str:
    """Return the kind under which a hook's secret is sealed: each for itself."""
    return f"{KIND}/{secret_id}"


def _key(place: Place, secret_id: UUID, sealed: bytes) -> bytes | None:
    try:
        return form.key_of(sealing.unseal(sealed, place=place.of(kind_of(secret_id))))
    except CannotOpen:
        return None
