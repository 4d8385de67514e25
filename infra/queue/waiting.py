"""What waits in the outbox and what the broker has been given. Needs the power `queue`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from asyncpg import Record

from infra.database import sql
from infra.queue.runs import Delivery

# by area and job, each found by the index: an area with 10,000 messages costs no more than one with ten
_WAITING = """
with recursive line as (
    (select coalesce(area_id, 0) as area, actor from queue.outbox order by coalesce(area_id, 0), actor limit 1)
    union all
    select following.area, following.actor from line, lateral (
        select coalesce(area_id, 0) as area, actor from queue.outbox
        where (coalesce(area_id, 0), actor) > (line.area, line.actor)
        order by coalesce(area_id, 0), actor limit 1) as following
)
select first.id, first.message_id, first.actor, first.args, first.area_id from line, lateral (
    select id, message_id, actor, args::text as args, area_id, available_at from queue.outbox
    where coalesce(area_id, 0) = line.area and actor = line.actor and available_at <= now()
    order by available_at, id limit $1) as first
order by first.available_at, first.id
"""
# neither what a dead process had at work, which its heir must be given, nor what a broker has not delivered for long
_BUSY = """
select area_id, actor, count(*) as number from queue.job_run as run
where sent_at is not null and (
    (state = 'queued' and sent_at > now() - interval '10 minutes')
    or (state = 'running' and exists (select from queue.process where id = run.process and until > now())))
group by area_id, actor
"""
_SENT = "update queue.job_run set sent_at = now() where message_id = any ($1::uuid[])"
_REMOVE = "delete from queue.outbox where id = any ($1::uuid[])"
_LOST = """
select message_id as id, message_id, actor, args::text as args, area_id from queue.job_run as run
where state in ('queued', 'running') and coalesce(sent_at, queued_at) < now() - make_interval(secs => $1)
    and not exists (select from queue.outbox where message_id = run.message_id)
    and (state = 'queued' or not exists (select from queue.process where id = run.process and until > now()))
limit 1000
"""


async def due(*, limit: int) -> list[Delivery]:
    """Return deliveries whose time has come, oldest first, at most `limit` of each area and job."""
    return [_delivery(row) for row in await sql.fetch(_WAITING, limit)]


async def busy() -> dict[tuple[int | None, str], int]:
    """Return how many messages of each area and job the broker has been given that have not ended."""
    return {(row["area_id"], row["actor"]): row["number"] for row in await sql.fetch(_BUSY)}


async def published(deliveries: Sequence[Delivery]) -> None:
    """Take what the broker has out of the outbox, and remember that it was given."""
    await sql.execute(_REMOVE, [delivery.id for delivery in deliveries])
    await sql.execute(_SENT, [delivery.message_id for delivery in deliveries])


async def lost(*, after_seconds: float) -> list[Delivery]:
    """Return messages that the broker was given so long ago, that have not ended and that no living process runs."""
    return [_delivery(row) for row in await sql.fetch(_LOST, after_seconds)]


def _delivery(row: Record) -> Delivery:
    return Delivery(**{**dict(row), "args": json.loads(row["args"])})
