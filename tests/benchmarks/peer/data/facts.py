"""What every area reports, computed as the worker computes it: the rows that both monitors read."""

from __future__ import annotations

from infra.database import ENGINE
from tenants.overview import service
from tenants.tenancy.context import use_key
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import CONTEXT_KEY


async def keep(worker: str, *, areas: int) -> None:
    """Compute the rows of the areas 1 to `areas`, on the worker's login."""
    use_key(kid=1, key=CONTEXT_KEY)
    before, ENGINE.pools = ENGINE.pools, {}
    try:
        await ENGINE.open({"worker": worker}, size=2)
        for area_id in range(1, areas + 1):
            async with tenant_scope(worker_actor("overview.refresh", areas=[area_id])):
                assert await service.refresh(area_id=area_id) is not None
        await ENGINE.close()
    finally:
        ENGINE.pools = before
