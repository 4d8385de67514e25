"""Credentials of a connection: sealed by whoever sets them, opened by the worker alone, shown to nobody again."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from infra.database import sql
from tenants.connections import sealing
from tenants.connections.sealing import Place
from tenants.connections.signing_keys import queries as signing_keys

KINDS = ("client_secret", "private_key", "certificate", "bearer_token", "api_key")


async def opened(*, connection_id: UUID) -> dict[str, str]:
    """Return the secrets of a connection by kind, for a worker with the power `agencies`.

    Where we sign with keys of our own, `signing_key` is the one of this moment (PEM) and `signing_key_id` its name.
    Raises `CannotOpen` when one was changed, moved or sealed under another secret key.
    """
    rows = await sql.fetch(
        "select k.kind, k.sealed, c.area_id, c.system from connection_credential k "
        "join agency_connection c on c.id = k.connection_id where k.connection_id = $1",
        connection_id,
    )
    kept = {row["kind"]: _open(connection_id, row) for row in rows}
    signer = await signing_keys.signer(connection_id=connection_id)
    return kept if signer is None else kept | {"signing_key": signer.private_key, "signing_key_id": signer.kid}


def _open(connection_id: UUID, row: Record) -> str:
    place = Place(area_id=row["area_id"], system=row["system"], connection_id=connection_id)
    return sealing.unseal(row["sealed"], place=place.of(row["kind"]))
