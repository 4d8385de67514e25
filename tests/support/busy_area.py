"""An area whose connections stand in every way: one worked, one is stale, one was refused; and things wait."""

from __future__ import annotations

from infra.database import sql
from tenants.connections import runs
from tenants.connections.rules.counting import Counts
from tenants.tenancy.scope import tenant_scope
from tests.support.connections import asked, begun, keeper, serving
from tests.support.following import followed
from tests.support.indicators import CODE, csv_of, upload
from tests.support.organisations import make_school
from tests.support.world import AreaMade
from tests.tenants.connections.entered import about, linked, proposed


async def busy_area() -> AreaMade:
    """Make the area: a proposal, a partner that is followed and a file of figures wait for its manager."""
    area = (await followed()).area
    await withdrawn(area)
    await stale(area)
    await worked(area)
    await upload(area, csv_of(f"{CODE},,month,2026-07-01,12,final"))
    return area


async def withdrawn(area: AreaMade) -> None:
    """One whose token the agency no longer accepts."""
    connection = await linked(area, system="schools_wonde", name="Wonde", auth_mode="bearer_token", options={})
    held = await begun(area, await asked(area, connection))
    async with serving(area):
        problem = "The agency does not accept our access token."
        await runs.reauthorise(run_id=held.run_id, fence=held.fence, problem=problem)


async def stale(area: AreaMade) -> None:
    """One that has not worked for nine days."""
    connection = await linked(area, name="School system", every_minutes=60)
    async with tenant_scope(keeper(area)):
        await sql.execute("update agency_connection set stale_after_hours = 1 where id = $1", connection)
    async with serving(area):
        await sql.execute("update agency_connection set last_worked_at = now() - interval '9 days' where id = $1",
                          connection)  # fmt: skip


async def worked(area: AreaMade) -> None:
    """One that worked, and proposes somebody."""
    connection = await linked(area, name="Other system")
    await proposed(area, connection, about(await make_school(area)))
    held = await begun(area, await asked(area, connection))
    async with serving(area):
        counts = Counts(read=4, proposed=2)
        await runs.checkpoint(run_id=held.run_id, fence=held.fence, cursor=None, counts=counts)
        await runs.finish(run_id=held.run_id, fence=held.fence)
