"""Credentials of a connection: sealed by whoever sets them, opened by the worker alone, shown to nobody again."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from infra.database import sql
from tenants.connections import sealing
from tenants.connections.sealing import Place
from tenants.connections.signing_keys import queries as signing_keys

KINDS = ("client_secret", "private_key", "certificate", "bearer_token", "api_key")
_KEPT = """
select k.kind, k.sealed, c.area_id, c.system,
    exists (select from connection_signing_key s where s.connection_id = c.id) as has_keys
from agency_connection c left join connection_credential k on k.connection_id = c.id where c.id = $1
"""


async def opened(*, connection_id: UUID) -> dict[str, str]:
    """Return the secrets of a connection by kind, for a worker with the power `agencies`.

    Where we sign with keys of our own, `signing_key` is the one of this moment (PEM) and `signing_key_id` its name.
    Raises `CannotOpen` when one was changed, moved or sealed under another secret key.
    """
    rows = await sql.fetch(_KEPT, connection_id)
    kept = {row["kind"]: _open(connection_id, row) for row in rows if row["kind"] is not None}
    has_keys = any(row["has_keys"] for row in rows)
    signer = await signing_keys.signer(connection_id=connection_id) if has_keys else None
    return kept if signer is None else kept | {"signing_key": signer.private_key, "signing_key_id": signer.kid}


def _open(connection_id: UUID, row: Record) -> str:
    place = Place(area_id=row["area_id"], system=row["system"], connection_id=connection_id)
    return sealing.unseal(row["sealed"], place=place.of(row["kind"]))
