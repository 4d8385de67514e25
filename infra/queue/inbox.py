"""Remembering a message in the same transaction as its effect, so that a second delivery has none."""

from __future__ import annotations

from uuid import UUID

from infra.database import sql


async def once(message_id: UUID) -> bool:
    """Return True the first time, False when the message has had its effect.

    Runs in the transaction of the effect. While another delivery of the message is at work this waits for it.
    """
    tag = await sql.execute("insert into queue.inbox (message_id) values ($1) on conflict do nothing", message_id)
    return tag == "INSERT 0 1"
