"""From the audit chain to messages: each endpoint reads the chain to its end, in the transaction of its messages."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from asyncpg import Record

from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from tenants.audit import queries as audit
from tenants.audit.queries import Entry
from tenants.connections.endpoints.rules import SENT, type_of
from tenants.cooperation.queries.records import confirmed_receipts

SEND_JOB = "webhook.send"
_AT_ONCE = 500
_READERS = """
select id, url, event_types, read_to from webhook_endpoint where area_id = $1 and state = 'active'
order by id for update
"""
_READ = "update webhook_endpoint set read_to = $3 where area_id = $1 and id = $2"
_ADD = """
insert into webhook_delivery (area_id, id, endpoint_id, event_type, seq, subject_kind, subject_id, happened_at)
values ($1, $2, $3, $4, $5, $6, $7, coalesce($8, now())) on conflict (area_id, endpoint_id, seq) do nothing
"""
_SEND_FOR = """
update webhook_delivery d set sent_for_at = now()
from webhook_endpoint e
where d.area_id = $1 and e.area_id = d.area_id and e.id = d.endpoint_id and e.state = 'active' and d.id in (
    select id from webhook_delivery where area_id = $1 and state = 'waiting' and next_at <= now()
        and (claimed_until is null or claimed_until < now())
        and (sent_for_at < next_at or sent_for_at < now() - interval '2 minutes')
    order by next_at limit $2)
returning d.id, e.url
"""


async def list_new(*, area_id: int) -> int:
    """Make the messages of what was written since each endpoint last read, and return how many.

    In a scope of the area, in one transaction: what is read is told, what is not told is read again.
    """
    last, made = await audit.last_seq(area_id=area_id), 0
    for endpoint in await sql.fetch(_READERS, area_id):
        entries = await audit.entries_between(
            area_id=area_id, after_seq=endpoint["read_to"], last_seq=last, limit=_AT_ONCE, open_texts=False
        )
        types = await _types(area_id, entries)
        told = [(entry, kind) for entry, kind in zip(entries, types, strict=True) if kind in endpoint["event_types"]]
        made += await _tell(area_id, endpoint, told)
        read_to = entries[-1].seq if entries else last
        await sql.execute(_READ, area_id, endpoint["id"], read_to)
    return made


async def _types(area_id: int, entries: Sequence[Entry]) -> list[str | None]:
    """Return as what each entry is told: of returns, those that were confirmed apart from those that were written."""
    receipts = [_receipt(entry) for entry in entries]
    confirmed = await confirmed_receipts(area_id=area_id, receipts=[one for one in receipts if one])
    return [type_of(entry.action, confirmed=one in confirmed) for entry, one in zip(entries, receipts, strict=True)]


def _receipt(entry: Entry) -> str | None:
    return (entry.after or {}).get("receipt") if entry.action == SENT else None


async def _tell(area_id: int, endpoint: Record, told: Sequence[tuple[Entry, str | None]]) -> int:
    for entry, event_type in told:
        about = (entry.subject_type[:60], entry.subject_id[:100])
        delivery_id = uuid7()
        await sql.execute(_ADD, area_id, delivery_id, endpoint["id"], event_type, entry.seq, *about, entry.at)
        await ask_to_send(area_id=area_id, delivery_id=delivery_id, url=endpoint["url"])
    return len(told)


async def add(*, area_id: int, endpoint_id: UUID, url: str, event_type: str) -> UUID:
    """Make one message that tells of no entry, a test, and return its id."""
    delivery_id = uuid7()
    about = ("webhook_endpoint", str(endpoint_id))
    await sql.execute(_ADD, area_id, delivery_id, endpoint_id, event_type, None, *about, None)
    await ask_to_send(area_id=area_id, delivery_id=delivery_id, url=url)
    return delivery_id


async def ask_to_send(*, area_id: int, delivery_id: UUID, url: str) -> None:
    """Ask a worker to send a message now; those for one receiver take turns."""
    receiver = sha256(url.encode()).hexdigest()[:16]
    await enqueue(SEND_JOB, area_id=area_id, delivery_id=delivery_id, host=receiver)


async def send_due(*, area_id: int) -> int:
    """Send for the messages whose time has come, and return how many; the rest at the next sweep."""
    rows = await sql.fetch(_SEND_FOR, area_id, _AT_ONCE)
    for row in rows:
        await ask_to_send(area_id=area_id, delivery_id=row["id"], url=row["url"])
    return len(rows)
