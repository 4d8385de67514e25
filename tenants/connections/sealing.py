"""Sealing what connections keep secret: AES-256-GCM bound to its place `area|agency|kind`, with the key's id in front.

The agency is the system and the connection's id, so that two links of an area to one system cannot be exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from infra import sealing
from infra.database import sql
from infra.sealing import CannotOpen
from tenants.tenancy.errors import NotFound

__all__ = ["CannotOpen", "Place", "current_key_id", "key_id", "place_of", "seal", "unseal"]

_ID = 2  #: bytes of a key's id


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Which connection a secret is sealed for."""

    area_id: int | None
    system: str
    connection_id: UUID

    def of(self, kind: str) -> str:
        """Return the associated data of a secret of that kind."""
        return f"{'national' if self.area_id is None else self.area_id}|{self.system}/{self.connection_id}|{kind}"


async def place_of(*, connection_id: UUID) -> Place:
    """Return the place of a connection's secrets; raises `NotFound`."""
    row = await sql.fetch_one("select area_id, system from agency_connection where id = $1", connection_id)
    if row is None:
        raise NotFound("connection")
    return Place(area_id=row["area_id"], system=row["system"], connection_id=connection_id)


def seal(secret: str, *, place: str) -> bytes:
    """Return the secret sealed with the key of today, its id in the first two bytes."""
    return current_key_id().to_bytes(_ID) + sealing.seal(secret, place=place)


def unseal(sealed: bytes, *, place: str, under: bytes | None = None) -> str:
    """Return the secret; raises `CannotOpen`. `under` is an earlier secret key, None for the one of today."""
    if key_id(sealed) != sealing.key_id(under=under):
        raise CannotOpen(f"the secret of {place} was sealed with another key: rotate the keys")
    return sealing.unseal(sealed[_ID:], place=place, under=under)


def key_id(sealed: bytes) -> int:
    """Return the id of the key under which this was sealed."""
    return int.from_bytes(sealed[:_ID])


def current_key_id() -> int:
    """Return the id of today's key."""
    return sealing.key_id()
