"""The reminder sweep: every hour, one message for each area; the area's own transaction decides who is due."""

from __future__ import annotations

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.cooperation.service.reminders import send_due_reminders
from tenants.tenancy.actor import Actor


@sweep("cooperation.remind_all", every=3600, powers=["queue"])  # the power to send into every area
async def remind_all() -> None:
    """Ask for the reminders of every area that has not been merged into another."""
    for row in await sql.fetch("select id from area where lifecycle <> 'merged' order by id"):
        await enqueue("cooperation.remind", area_id=row["id"])


@job("cooperation.remind", queue="bulk")
async def remind(*, by: Actor, area_id: int) -> None:
    """Write the reminders that are due in one area."""
    await send_due_reminders(by=by, area_id=area_id)
