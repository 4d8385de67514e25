"""A command sent twice has one effect: the key is claimed in the effect's own transaction.

Two at once: the second waits for the first to commit, then finds its result.
"""

from __future__ import annotations

from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, KeyReused


async def claim(*, by: Actor, key: str, command: str, request_hash: bytes) -> str | None:
    """Claim the key for this request: return None when it is new, or the result of the first time.

    Raises `Invalid` for a malformed key and `KeyReused` when it was used for a different request.
    """
    if not 8 <= len(key) <= 200:
        raise Invalid("Send an idempotency key of 8 to 200 characters.", field="idempotencyKey")
    claimed = await sql.fetch_value(
        "insert into idempotency (principal, key, command, request_hash) values ($1, $2, $3, $4) "
        "on conflict do nothing returning true",
        by.id,
        key,
        command,
        request_hash,
    )
    if claimed:
        return None
    row = await sql.fetch_one(
        "select command, request_hash, result from idempotency where principal = $1 and key = $2", by.id, key
    )
    if row is None or row["command"] != command or row["request_hash"] != request_hash:
        raise KeyReused
    result: str = row["result"]
    return result


async def complete(*, by: Actor, key: str, result: str) -> None:
    """Remember the result under the claimed key."""
    await sql.execute("update idempotency set result = $3 where principal = $1 and key = $2", by.id, key, result)
