"""An area's endpoint, what happens in the area, and the worker that tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from infra.database import sql
from tenants.audit.service import record
from tenants.connections.endpoints import events, jobs, queries, service
from tenants.connections.endpoints.queries import DeliveryRow, EndpointRow
from tenants.connections.endpoints.rules import TYPES
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.connections import keeper
from tests.support.queue import drain
from tests.support.world import AreaMade, make_area

NOWHERE = "http://127.0.0.1:9/inbox"  #: nobody listens there, and no name has to be looked up


@dataclass(frozen=True, kw_only=True)
class Listening:
    """An endpoint of an area, with the secret that its system has."""

    area: AreaMade
    id: UUID
    secret: str = field(repr=False)


async def add_endpoint(area: AreaMade, *, url: str = NOWHERE, event_types: tuple[str, ...] = tuple(TYPES)) -> UUID:
    """Add an endpoint that has no secret yet."""
    who = keeper(area)
    async with tenant_scope(who):
        return await service.add_endpoint(
            by=who, area_id=area.id, url=url, description="Office system", event_types=event_types
        )


async def new_secret(area: AreaMade, endpoint: UUID, *, secret: str | None = None) -> str:
    """Make the endpoint's next secret."""
    who = keeper(area)
    async with tenant_scope(who):
        return await service.make_secret(by=who, area_id=area.id, endpoint_id=endpoint, secret=secret)


async def listening(*, url: str = NOWHERE, event_types: tuple[str, ...] = tuple(TYPES)) -> Listening:
    """Make an area with an endpoint that is told what happens."""
    area = await make_area()
    endpoint = await add_endpoint(area, url=url, event_types=event_types)
    return Listening(area=area, id=endpoint, secret=await new_secret(area, endpoint))


async def happens(area: AreaMade, action: str = "return.submit", *, times: int = 1) -> list[str]:
    """Let something be written into the area's chain; return the ids of what it is about."""
    who, ids = keeper(area), [str(uuid4()) for _ in range(times)]
    async with tenant_scope(who):
        for one in ids:
            await record(by=who, area_id=area.id, action=action, subject=("duty_request", one), after={"name": "Ida"})
    return ids


async def swept() -> None:
    """Let both sweeps come round and the worker do what they ask for."""
    async with tenant_scope(worker_actor("webhook.events", powers=["queue"])):
        await jobs.new_events()
    async with tenant_scope(worker_actor("webhook.due", powers=["queue"])):
        await jobs.due()
    await drain()


async def hurry(listener: Listening) -> None:
    """Let the time come for whatever waits to be sent again."""
    async with tenant_scope(worker_actor("clock", areas=[listener.area.id], powers=["agencies"])):
        await sql.execute(
            "update webhook_delivery set next_at = now() - interval '1 second', sent_for_at = now() - interval '1 day',"
            " claimed_until = null where endpoint_id = $1 and state = 'waiting'", listener.id
        )  # fmt: skip


async def endpoint_of(listener: Listening) -> EndpointRow:
    """Read the endpoint as its keeper."""
    async with tenant_scope(keeper(listener.area), readonly=True):
        found = await queries.endpoint(area_id=listener.area.id, endpoint_id=listener.id)
    assert found is not None
    return found


async def deliveries_of(listener: Listening) -> list[DeliveryRow]:
    """Read its messages, newest first."""
    async with tenant_scope(keeper(listener.area), readonly=True):
        return await queries.deliveries(area_id=listener.area.id, endpoint_id=listener.id)


async def messages_of(listener: Listening, number: int) -> list[UUID]:
    """Let so many things happen and be made into messages that nobody has sent yet; return their ids, newest first."""
    await happens(listener.area, times=number)
    async with tenant_scope(worker_actor("webhook.list", areas=[listener.area.id])):
        await events.list_new(area_id=listener.area.id)
    return [one.id for one in await deliveries_of(listener)]
