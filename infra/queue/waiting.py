"""What waits in the outbox and what the broker has been given. Needs the power `queue`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from infra.database import sql
from infra.queue.runs import Delivery

#: how many messages of an area there are, by the job they run
ByJob = Mapping[tuple[int | None, str], int]

_SLOTS = """
select queue, sum(number::integer)::integer as number
from queue.process, jsonb_each_text(slots) as slot (queue, number) where until > now() group by queue
"""
# by area and job, each found by the index: an area with 10,000 messages costs no more than one with ten
_AREA = "case when area_id is null then 0 else area_id end"
_DUE = f"""
with recursive line as (
    (select {_AREA} as area, actor from queue.outbox order by {_AREA}, actor limit 1)
    union all
    select following.area, following.actor from line, lateral (
        select {_AREA} as area, actor from queue.outbox
        where ({_AREA}, actor) > (line.area, line.actor) order by {_AREA}, actor limit 1) as following
)
select first.* from line, lateral (
    select id, message_id, actor, args, area_id, available_at from queue.outbox
    where {_AREA} = line.area and actor = line.actor and available_at <= now()
    order by available_at, id limit (select least($1::integer, max(number)) from slot)) as first
"""
# neither what a dead process had at work, which its heir must be given, nor what a broker has not delivered for long
_BUSY = """
select area_id, actor, count(*) as number from queue.job_run as run
where sent_at is not null and (
    (state = 'queued' and sent_at > now() - interval '10 minutes')
    or (state = 'running' and exists (select from queue.process where id = run.process and until > now())))
group by area_id, actor
"""
_ENDED = """
select area_id, actor, count(*) as number from queue.job_run
where finished_at > now() - interval '1 second' group by area_id, actor
"""
# in one round trip, since the relay asks it again for every few messages
_LOOK = f"""
with slot as materialized ({_SLOTS}), due as materialized ({_DUE}), busy as ({_BUSY}), ended as ({_ENDED})
select (select json_object_agg(queue, number) from slot) as slots,
    (select json_agg(json_build_array(id, message_id, actor, args, area_id) order by available_at, id) from due) as due,
    (select json_agg(json_build_array(area_id, actor, number)) from busy) as busy,
    (select json_agg(json_build_array(area_id, actor, number)) from ended) as ended, clock_timestamp() as at
where exists (select from due)
"""
# not what has been tried meanwhile and waits again: taken for sent, it would stand in its own way for ten minutes
_SENT = """
with removed as (delete from queue.outbox where id = any ($1::uuid[]))
update queue.job_run set sent_at = now() where message_id = any ($2::uuid[]) and queued_at <= $3
"""
_LOST = """
select message_id as id, message_id, actor, args::text as args, area_id from queue.job_run as run
where state in ('queued', 'running') and coalesce(sent_at, queued_at) < now() - make_interval(secs => $1)
    and not exists (select from queue.outbox where message_id = run.message_id)
    and (state = 'queued' or not exists (select from queue.process where id = run.process and until > now()))
limit 1000
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """What the relay decides by; `due` in order of time, `slots` what all living workers take at once of each queue."""

    due: Sequence[Delivery]
    busy: ByJob  #: what the broker has been given and has not ended
    ended: ByJob  #: what ended in the last second
    slots: Mapping[str, int]
    at: datetime  #: when this was so


async def look(*, limit: int) -> Waiting | None:
    """Return what is due, at most `limit` of each area and job, with what decides about it; None when nothing is.

    Of an area and job no more is read than the workers could take at once.
    """
    row = await sql.fetch_one(_LOOK, limit)
    if row is None:
        return None
    return Waiting(
        due=[_due(*values) for values in json.loads(row["due"])],
        busy=_by_job(row["busy"]),
        ended=_by_job(row["ended"]),
        slots=json.loads(row["slots"] or "{}"),
        at=row["at"],
    )


async def published(deliveries: Sequence[Delivery], *, seen_at: datetime) -> None:
    """Take what the broker has out of the outbox, and remember of what waited at `seen_at` that it was given."""
    messages = [delivery.message_id for delivery in deliveries]
    await sql.execute(_SENT, [delivery.id for delivery in deliveries], messages, seen_at)


async def lost(*, after_seconds: float) -> list[Delivery]:
    """Return messages that the broker was given so long ago, that have not ended and that no living process runs."""
    return [_delivery(row) for row in await sql.fetch(_LOST, after_seconds)]


def _by_job(text: str | None) -> ByJob:
    return {(area_id, actor): number for area_id, actor, number in json.loads(text or "[]")}


def _due(id: str, message_id: str, actor: str, args: dict[str, str | int], area_id: int | None) -> Delivery:
    return Delivery(id=UUID(id), message_id=UUID(message_id), actor=actor, args=args, area_id=area_id)


def _delivery(row: Record) -> Delivery:
    return Delivery(**{**dict(row), "args": json.loads(row["args"])})
