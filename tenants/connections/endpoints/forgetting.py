"""Forgetting messages that came and that were sent, so many at a time. For the worker, in the scope of the area."""

from __future__ import annotations

from infra.database import sql
from tenants.connections.endpoints.rules import ARRIVALS_KEPT, DELIVERIES_KEPT

AT_ONCE = 5000
_ARRIVALS = """
delete from connection_arrival where area_id = $1 and id in (
    select id from connection_arrival where area_id = $1 and last_at < now() - $2::interval order by last_at limit $3)
returning 1
"""
_OLD = """
select id from webhook_delivery where area_id = $1 and state <> 'waiting' and ended_at < now() - $2::interval
order by ended_at limit $3 for update skip locked
"""
_ATTEMPTS = "delete from webhook_attempt where area_id = $1 and delivery_id = any ($2)"
_DELIVERIES = "delete from webhook_delivery where area_id = $1 and id = any ($2)"


async def forget_old(*, area_id: int) -> int:
    """Forget what ended long ago, at most 5000 of each kind; return how many messages. The rest at the next sweep.

    A message that came may be sent again afterwards: five minutes after it was signed its time alone refuses it. A
    message to an endpoint is made once, whether it is listed or not: the endpoint has read past what it tells of.
    """
    came = len(await sql.fetch(_ARRIVALS, area_id, ARRIVALS_KEPT, AT_ONCE))
    sent = [row["id"] for row in await sql.fetch(_OLD, area_id, DELIVERIES_KEPT, AT_ONCE)]
    if sent:
        await sql.execute(_ATTEMPTS, area_id, sent)
        await sql.execute(_DELIVERIES, area_id, sent)
    return came + len(sent)
