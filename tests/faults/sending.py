"""What the fault tests send, and what they look at afterwards."""

from __future__ import annotations

from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, manager


async def send(area: AreaMade, *actors: str) -> None:
    """Send one message for each job named, in one transaction of the area's manager."""
    async with tenant_scope(manager(area)):
        for actor in actors:
            ids = {"board_id": uuid7()} if actor.startswith("board.") else {}
            await enqueue(actor, area_id=area.id, **ids)


async def boards(area: AreaMade) -> int:
    """Return how many effects the area's messages had."""
    async with tenant_scope(manager(area), readonly=True):
        return int(await sql.fetch_value("select count(*) from linked_board"))


async def states(database: Cluster, area: AreaMade) -> list[str]:
    """Return the states of the area's messages, each once."""
    rows = await as_superuser(database, "select state from queue.job_run where area_id = $1", area.id)
    return sorted({row["state"] for row in rows})
