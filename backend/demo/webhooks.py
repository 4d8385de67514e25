"""Messages between systems: one school system that tells of changes, and an area's own system that was told.

The system that is told is invented and paused, so that the worker of a demonstration calls nobody.
"""

from __future__ import annotations

from uuid import UUID

from backend.demo.world import World, do
from tenants.connections.endpoints import sending
from tenants.connections.endpoints import service as endpoints
from tenants.connections.endpoints.queries import deliveries
from tenants.connections.endpoints.rules import TYPES
from tenants.connections.hooks import arrivals, door, rules
from tenants.connections.hooks import service as hooks
from tenants.connections.queries import links
from tenants.tenancy.scope import system_actor, tenant_scope, worker_actor

_AREA = "brackenshire"
_SYSTEM = "schools_oneroster"


async def exchange_messages(world: World) -> None:
    """Let the school system tell of a change, and tell the area's office system of a test."""
    await _told(world)
    await _telling(world)


async def _told(world: World) -> None:
    by, area_id = await world.manager(_AREA), world.areas[_AREA]
    async with tenant_scope(by, readonly=True):
        linked = await links.connections(area_id=area_id)
    connection = next(one.id for one in linked if one.system == _SYSTEM)
    await do(by, hooks.make_secret, connection_id=connection)
    teller = system_actor(arrivals.TELLER, powers=[door.POWER], areas=[area_id])
    async with tenant_scope(teller):
        refused = rules.message_of({"content-type": "application/json"}, body=b"{}", taken=False)
        await arrivals.refuse(area_id=area_id, connection_id=connection, message=refused, reason=rules.WRONG_SIGNATURE)


async def _telling(world: World) -> None:
    by, area_id = await world.manager(_AREA), world.areas[_AREA]
    endpoint: UUID = await do(
        by, endpoints.add_endpoint, area_id=area_id, url="https://office.example/webhooks",
        description="Case system of the office", event_types=list(TYPES),
    )  # fmt: skip
    await do(by, endpoints.make_secret, area_id=area_id, endpoint_id=endpoint)
    await do(by, endpoints.send_test, area_id=area_id, endpoint_id=endpoint)
    worker = worker_actor("webhooks", areas=[area_id], powers=["agencies", "mail"])
    async with tenant_scope(worker):
        [test] = await deliveries(area_id=area_id, endpoint_id=endpoint)
        claimed = await sending.claim(delivery_id=test.id)
        assert claimed is not None
        outcome = sending.Outcome(status=200, said="It answered 200.", ms=84)
        await sending.book(by=worker, claimed=claimed, outcome=outcome)
    await do(
        by, endpoints.move_endpoint, area_id=area_id, endpoint_id=endpoint, version=2, move="pause",
        reason="The supplier moves the system to another server this month.",
    )  # fmt: skip
