"""Making messages of what happened, sending those again whose time has come, forgetting the old.

The sending is in `integrations`.
"""

from __future__ import annotations

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.connections.endpoints import events, forgetting
from tenants.connections.endpoints.rules import ARRIVALS_KEPT, DELIVERIES_KEPT


@sweep("webhook.events", every=5, powers=["queue"])
async def new_events() -> None:
    """Ask for the messages of each area whose endpoints have not read its chain to the end."""
    for row in await sql.fetch("select area_id from security.webhooks_behind()"):
        await enqueue("webhook.list", area_id=row["area_id"])


@job("webhook.list", queue="sync")
async def list_events(*, area_id: int) -> None:
    """Make the messages of an area."""
    await events.list_new(area_id=area_id)


@sweep("webhook.due", every=5, powers=["queue"])
async def due() -> None:
    """Ask for the next attempts of each area whose messages' time has come, also where a worker died with one."""
    for row in await sql.fetch("select area_id from security.webhooks_due()"):
        await enqueue("webhook.again", area_id=row["area_id"])


@job("webhook.again", queue="sync")
async def again(*, area_id: int) -> None:
    """Send for the messages of an area whose time has come."""
    await events.send_due(area_id=area_id)


@sweep("webhook.old", every=3600, powers=["queue"])
async def old() -> None:
    """Ask for the forgetting in each area that has messages older than they are kept."""
    for row in await sql.fetch("select area_id from security.webhooks_old($1, $2)", ARRIVALS_KEPT, DELIVERIES_KEPT):
        await enqueue("webhook.forget", area_id=row["area_id"])


@job("webhook.forget", queue="bulk")
async def forget(*, area_id: int) -> None:
    """Forget the old messages of an area."""
    await forgetting.forget_old(area_id=area_id)
