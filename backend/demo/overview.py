"""The rows of the national table, as the worker will have computed them by opening day."""

from __future__ import annotations

from backend.demo.world import World
from tenants.overview import service
from tenants.tenancy.scope import tenant_scope, worker_actor


async def keep_facts(world: World) -> None:
    """Compute what every area reports."""
    for area_id in world.areas.values():
        async with tenant_scope(worker_actor("overview.refresh", areas=[area_id])):
            await service.refresh(area_id=area_id)
