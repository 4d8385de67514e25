"""What happens by itself: runs whose time has come, connections that have gone stale, runs that fell silent.

Sweeps learn only which connection of which area is concerned; the work is done by a job in that area's own scope.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.connections.service import upkeep
from tenants.tenancy.actor import Actor

SILENT = timedelta(hours=2)


@sweep("connection.due", every=60, powers=["queue"])
async def due() -> None:
    """Ask for a run of each connection whose time has come and that has none under way."""
    for row in await sql.fetch("select area_id, connection_id from security.connections_due()"):
        await enqueue("connection.ask", area_id=row["area_id"], connection_id=row["connection_id"])


@job("connection.ask", powers=["agencies"])
async def ask(*, by: Actor, connection_id: UUID) -> None:
    """Ask for a scheduled run, if its time is still there and no other was asked for."""
    await upkeep.ask_when_due(by=by, connection_id=connection_id)


@sweep("connection.stale", every=900, powers=["queue"])
async def stale() -> None:
    """Tell those concerned of each connection that has not worked for longer than they want to wait."""
    for row in await sql.fetch("select area_id, connection_id from security.connections_stale()"):
        await enqueue("connection.alert", area_id=row["area_id"], connection_id=row["connection_id"])


# the powers to see who the platform administrators are, and to write to someone who belongs to no area
@job("connection.alert", powers=["agencies", "administrators", "mail"])
async def alert(*, by: Actor, connection_id: UUID) -> None:
    """Write the emails about a stale or stopped connection, once until it has worked again."""
    await upkeep.tell(by=by, connection_id=connection_id)


@sweep("connection.silent", every=900, powers=["queue"])
async def silent() -> None:
    """Give up runs whose message is gone: a worker that died five times over leaves one behind."""
    for row in await sql.fetch("select area_id, run_id from security.runs_silent($1)", SILENT):
        await enqueue("connection.give_up", area_id=row["area_id"], run_id=row["run_id"])


@job("connection.give_up", powers=["agencies"])
async def give_up(*, by: Actor, run_id: UUID) -> None:
    """End a run that nobody has been heard from."""
    await upkeep.give_up(by=by, run_id=run_id, unheard=SILENT)
