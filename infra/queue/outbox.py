"""Writing a message: in the service's own transaction, so that it exists exactly when the change does."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7

_NAME = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")
_INSERT = """
insert into queue.outbox (id, message_id, actor, args, area_id, available_at)
values ($1, $2, $3, $4::text::jsonb, $5, now() + $6::interval)
"""


async def enqueue(actor: str, *, area_id: int | None, delay: timedelta = timedelta(), **ids: UUID | int | str) -> UUID:
    """Write a message for the job named `actor` and return its id; it is sent when the open scope commits.

    `ids` are UUIDs, numbers or short lower-case names. Raises `ValueError` for anything that could be a person's
    name, an address or free text: brokers show messages to whoever may listen.
    """
    message_id = uuid7()
    await send(message_id=message_id, actor=actor, args=_plain(ids), area_id=area_id, delay=delay)
    return message_id


async def send(
    *, message_id: UUID, actor: str, args: dict[str, str | int], area_id: int | None, delay: timedelta = timedelta()
) -> None:
    """Write one delivery of a message; a second delivery of the same message is how it is tried again."""
    await sql.execute(_INSERT, uuid7(), message_id, actor, json.dumps(args), area_id, delay)


def _plain(ids: dict[str, UUID | int | str]) -> dict[str, str | int]:
    return {name: _id(name, value) for name, value in ids.items()}


def _id(name: str, value: UUID | int | str) -> str | int:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) or _NAME.fullmatch(value):
        return value
    raise ValueError(f"a message carries ids only: '{name}' is neither an id nor a short lower-case name")
