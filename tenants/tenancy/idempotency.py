"""A command sent twice has one effect: the key is claimed in the effect's own transaction.

Two at once: the second waits for the first to commit, then finds its result.
"""

from __future__ import annotations

from collections.abc import Mapping

from infra.database import sql
from infra.database.holding import Step
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, KeyReused


async def claim(
    *, by: Actor, key: str, command: str, request_hash: bytes, result: str | None = None
) -> str | None:
    """Claim the key for this request: return None when it is new, or the result of the first time.

    Where the result is known before the work, give it: then there is nothing to `complete`.
    Raises `Invalid` for a malformed key and `KeyReused` when it was used for a different request.
    """
    step = claiming(by=by, key=key, command=command, request_hash=request_hash, result=result)
    if await sql.fetch_value(f"select {step.numbered()}", *step.args):
        return None
    row = await sql.fetch_one(
        "select command, request_hash, result from idempotency where principal = $1 and key = $2", by.id, key
    )
    if row is None or row["command"] != command or row["request_hash"] != request_hash:
        raise KeyReused
    first: str = row["result"]
    return first


def claiming(*, by: Actor, key: str, command: str, request_hash: bytes, result: str | None) -> Step:
    """Return the step that claims the key, as the first of a command: false when it was used. Raises `Invalid`."""
    if not 8 <= len(key) <= 200:
        raise Invalid("Send an idempotency key of 8 to 200 characters.", field="idempotencyKey")
    return Step(sql="security.claim({0}, {1}, {2}, {3}, {4})", args=(by.id, key, command, request_hash, result))


async def complete(*, by: Actor, key: str, result: str) -> None:
    """Remember the result under the claimed key."""
    await sql.execute("update idempotency set result = $3 where principal = $1 and key = $2", by.id, key, result)


async def used(*, by: Actor, command: str, requests: Mapping[str, bytes]) -> dict[str, bool]:
    """Return which of several keys, each with its request's hash, were used before: True for this same request."""
    rows = await sql.fetch(
        "select key, command, request_hash from idempotency where principal = $1 and key = any ($2)",
        by.id,
        list(requests),
    )
    return {row["key"]: (row["command"], row["request_hash"]) == (command, requests[row["key"]]) for row in rows}


async def keep(*, by: Actor, command: str, requests: Mapping[str, bytes], results: Mapping[str, str]) -> None:
    """Remember several results at once, after their work: where someone used one of the keys meanwhile, PostgreSQL
    raises a unique violation, and none of the work was done."""
    await sql.execute(
        "insert into idempotency (principal, key, command, request_hash, result) "
        "select $1, key, $2, hash, result from unnest($3::text[], $4::bytea[], $5::text[]) as done (key, hash, result)",
        by.id,
        command,
        list(results),
        [requests[key] for key in results],
        list(results.values()),
    )
