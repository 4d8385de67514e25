"""Emails to agencies: one for each cycle that opens, and the reminder sweep, every hour a message for each area."""

from __future__ import annotations

from uuid import UUID

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.cooperation.service.reminders import announce_cycle, send_due_reminders
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


@job("cooperation.announce", queue="bulk")
async def announce(*, by: Actor, area_id: int, cycle_id: UUID) -> None:
    """Write to every agency that a cycle asks."""
    await announce_cycle(by=by, area_id=area_id, cycle_id=cycle_id)
