"""When rows are computed: after a change, when a day has come, and every night all of them."""

from __future__ import annotations

from datetime import timedelta

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.overview import queries, service
from tenants.overview.alert import tell_of_differences
from tenants.tenancy.actor import Actor

A_MOMENT = timedelta(seconds=5)
AT_ONCE = 500  #: areas asked for in one turn of a sweep
DAY_SECONDS = 24 * 3600
_ASKED = "select area_id from queue.job_run where actor = $1 and state in ('queued', 'running')"


@job("overview.refresh", queue="bulk")
async def refresh(*, area_id: int) -> None:
    """Compute the area's rows that do not hold; a moment later when someone is writing in the area."""
    if await service.refresh(area_id=area_id) is None:
        await enqueue("overview.refresh", area_id=area_id, delay=A_MOMENT)


@job("overview.verify", queue="bulk", powers=["alert", "mail"])
async def verify(*, by: Actor, area_id: int) -> None:
    """Compare the area's rows with its records and tell the administrators of a difference, which is then mended."""
    found = await service.verify(area_id=area_id)
    if found is None:
        await enqueue("overview.verify", area_id=area_id, delay=A_MOMENT)
    elif found:
        await tell_of_differences(by=by, area_id=area_id, differences=found)


@sweep("overview.catch_up", every=60, powers=["queue", "overview"])
async def catch_up() -> None:
    """Ask for the rows of areas that are new, whose day has come, or whose message came to nothing."""
    await _ask("overview.refresh", await queries.unkept(limit=AT_ONCE))


@sweep("overview.verify_all", every=DAY_SECONDS, powers=["queue"])
async def verify_all() -> None:
    """Ask for the comparison of every area."""
    await _ask("overview.verify", [row["id"] for row in await sql.fetch("select id from area order by id")])


async def _ask(name: str, area_ids: list[int]) -> None:
    asked = {row["area_id"] for row in await sql.fetch(_ASKED, name)}
    for area_id in area_ids:
        if area_id not in asked:
            await enqueue(name, area_id=area_id)
