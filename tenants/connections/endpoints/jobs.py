"""Making messages of what happened, and sending those again whose time has come. The sending is in `integrations`."""

from __future__ import annotations

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.connections.endpoints import events


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
