"""What comes of a message: taken once by its id, or refused and counted; and the run that a hint brings."""

from __future__ import annotations

from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.connections import runs
from tenants.connections.hooks.rules import PAUSE, Message
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import WrongState

#: who asked for the run, as people read it
TELLER = "The linked system"

_TAKE = """
insert into connection_arrival
    (area_id, id, connection_id, outcome, message_id, event_type, content_type, sha256, bytes)
values ($1, $2, $3, 'taken', $4, $5, $6, $7, $8)
on conflict (area_id, connection_id, message_id) do update
    set times = connection_arrival.times + 1, last_at = now()
returning times = 1
"""
_REFUSE = """
insert into connection_arrival (area_id, id, connection_id, outcome, content_type, sha256, bytes, reason)
values ($1, $2, $3, 'refused', $4, $5, $6, $7)
on conflict (area_id, connection_id, hour, reason) where outcome = 'refused' do update
    set times = connection_arrival.times + 1, last_at = now(), sha256 = excluded.sha256, bytes = excluded.bytes
"""
_HINT = "update connection_hook set hinted_at = coalesce(hinted_at, now()) where area_id = $1 and connection_id = $2"
_RIPE = """
select 1 from connection_hook where connection_id = $1 and hinted_at is not null
    and (asked_at is null or asked_at < now() - $2::interval) for no key update
"""
_ASKED = "update connection_hook set hinted_at = null, asked_at = now() where connection_id = $1"
_BROUGHT = """
update connection_arrival set run_id = $2
where connection_id = $1 and outcome = 'taken' and run_id is null
"""


async def take(*, by: Actor, area_id: int, connection_id: UUID, message: Message) -> bool:
    """Take a message whose signature is good, and ask for a run; False when its id was taken before: nothing then.

    Where a run is under way or a hint brought one moments ago, the hint stays and the sweep asks.
    """
    kept = (message.message_id, message.event_type, message.content_type, message.sha256, message.bytes)
    if not await sql.fetch_value(_TAKE, area_id, uuid7(), connection_id, *kept):
        return False
    await sql.execute(_HINT, area_id, connection_id)
    await ask_when_hinted(by=by, connection_id=connection_id)
    return True


async def refuse(*, area_id: int, connection_id: UUID, message: Message, reason: str) -> None:
    """Count a refusal: one row for each reason and hour."""
    kept = (message.content_type, message.sha256, message.bytes, reason)
    await sql.execute(_REFUSE, area_id, uuid7(), connection_id, *kept)


async def ask_when_hinted(*, by: Actor, connection_id: UUID) -> UUID | None:
    """Ask for the run that hints wait for, and return its id; None when none waits or it cannot run now."""
    if await sql.fetch_value(_RIPE, connection_id, PAUSE) is None:
        return None
    try:
        run_id = await runs.ask(by=by, connection_id=connection_id, cause="hook")
    except WrongState:  # a run is under way, or waits for credentials: the sweep asks when it can
        return None
    await sql.execute(_ASKED, connection_id)
    await sql.execute(_BROUGHT, connection_id, run_id)
    return run_id
