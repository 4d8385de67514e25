"""What a confirmation has written, so that both sides' writes can be compared row for row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

_STATE = (
    "select id, state, version, submitted_at is not null as dated, state_reason from duty_request where id = any ($1)"
)
_SENT = """select request_id, organisation_id, duty_id, length(receipt) as receipt, answers::text, sent_by
    from submission where request_id = any ($1) and sent_at > now() - interval '10 minutes'"""
_REUSED = """select request_id, array(select key from unnest(reused) key order by key)::text
    from submission where request_id = any ($1) and sent_at > now() - interval '10 minutes'"""
_CLAIMED = """select principal, command, length(key), length(request_hash), result is not null from idempotency
    order by principal"""
_AUDIT = """select distinct on (subject_id) subject_id, area_id, actor_id, actor_kind, actor_name, actor_role, action,
    subject_type, legal_basis, before::text, (after - 'receipt')::text as after
    from audit.event where subject_type = 'duty_request' and subject_id = any ($1::uuid[]::text[])
    order by subject_id, seq desc"""
_READ = """select actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id from audit.event
    where area_id = 0 order by seq desc limit 1"""
_OUTBOX = "select actor, args::text, area_id from queue.outbox order by area_id"
_COUNTS = "select * from cooperation_count order by area_id, cycle_id, state"
_OF_REQUESTS = (("state", _STATE), ("sent", _SENT), ("audit", _AUDIT), ("reused", _REUSED))


async def written(superuser: str, *, requests: Sequence[UUID]) -> dict[str, Any]:
    """Return the rows that stand for these confirmations, in an order of their own."""
    connection = await asyncpg.connect(superuser)
    try:
        found = {
            name: sorted(tuple(row) for row in await connection.fetch(query, list(requests)))
            for name, query in _OF_REQUESTS
        }
        for name, query in (("read", _READ), ("outbox", _OUTBOX), ("counts", _COUNTS), ("claimed", _CLAIMED)):
            found[name] = [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()
    return found


async def reads_recorded(superuser: str) -> int:
    """Return how many entries the chain of national reads has."""
    connection = await asyncpg.connect(superuser)
    try:
        count: int = await connection.fetchval("select count(*) from audit.event where area_id = 0")
    finally:
        await connection.close()
    return count
