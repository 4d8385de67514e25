"""Hints that could not bring a run at once: one was under way, or came moments before."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.connections.hooks import arrivals
from tenants.tenancy.actor import Actor


@sweep("connection.hinted", every=30, powers=["queue"])
async def hinted() -> None:
    """Ask for a run of each connection that was told of a change since its last run began."""
    for row in await sql.fetch("select area_id, connection_id from security.hooks_hinted()"):
        await enqueue("connection.ask_hinted", area_id=row["area_id"], connection_id=row["connection_id"])


@job("connection.ask_hinted", powers=["agencies"])
async def ask_hinted(*, by: Actor, connection_id: UUID) -> None:
    """Ask for the run, if the hint still waits."""
    await arrivals.ask_when_hinted(by=replace(by, name=arrivals.TELLER), connection_id=connection_id)
