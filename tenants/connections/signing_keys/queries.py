"""Reading signing keys: the published set for anyone, their lives for who keeps them, the secret for the worker."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from infra.clock import now
from infra.database import sql
from tenants.connections import sealing
from tenants.connections.sealing import Place
from tenants.connections.signing_keys import rules
from tenants.connections.signing_keys.rules import Key

KIND = "signing_key"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """The private key to sign with, in PEM form, and the name under which its public half is published."""

    kid: str
    private_key: str = field(repr=False)


async def key_set(*, connection_id: UUID, at: datetime | None = None) -> dict[str, Any] | None:
    """Return the published JWK set of a connection; None when it publishes none. RFC 7517 §5."""
    rows = await sql.fetch(
        "select public_key, withdrawn_at from connection_signing_key where connection_id = $1 order by signs_from desc",
        connection_id,
    )
    moment = at or now()
    shown = [row["public_key"] for row in rows if row["withdrawn_at"] is None or moment < row["withdrawn_at"]]
    return {"keys": [json.loads(key) for key in shown]} if shown else None


async def keys(*, connection_id: UUID) -> list[Key]:
    """Return the lives of a connection's keys, the newest first."""
    rows = await sql.fetch(
        "select kid, made_at, signs_from, withdrawn_at, made_by_name from connection_signing_key "
        "where connection_id = $1 order by signs_from desc, made_at desc",
        connection_id,
    )
    return [Key(**row) for row in rows]


async def signer(*, connection_id: UUID, at: datetime | None = None) -> Signer | None:
    """Return the key to sign with now, for a worker with the power `agencies`; None when there is none.

    Raises `CannotOpen` when it was sealed under another secret key.
    """
    chosen = rules.signing(await keys(connection_id=connection_id), at=at or now())
    if chosen is None:
        return None
    row = await sql.fetch_one(
        "select k.sealed, c.area_id, c.system from connection_signing_key k "
        "join agency_connection c on c.id = k.connection_id where k.connection_id = $1 and k.kid = $2",
        connection_id,
        chosen.kid,
    )
    assert row is not None
    place = Place(area_id=row["area_id"], system=row["system"], connection_id=connection_id)
    return Signer(kid=chosen.kid, private_key=sealing.unseal(row["sealed"], place=place.of(f"{KIND}/{chosen.kid}")))
