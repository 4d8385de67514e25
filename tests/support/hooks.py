"""A connection that is told of changes, and the agency's system that tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import httpx
from litestar import Litestar

from infra import standard_webhooks as form
from infra.clock import now
from tenants.connections.hooks import queries, service
from tenants.connections.hooks.queries import ArrivalRow
from tenants.connections.queries import runs
from tenants.connections.queries.runs import RunRow
from tenants.tenancy.scope import tenant_scope
from tests.support.connections import keeper, make_connection
from tests.support.world import AreaMade, make_area
from tests.web.page_client import PageClient


@dataclass(frozen=True, kw_only=True)
class Told:
    """A connection with a hook, its address and the secret that the agency holds."""

    area: AreaMade
    connection: UUID
    address: UUID
    secret: str

    @property
    def path(self) -> str:
        return f"/hooks/{self.address}"


async def told(area: AreaMade | None = None, *, every_minutes: int | None = None) -> Told:
    """Link a school system and make the secret of its hook."""
    place = area or await make_area()
    connection = await make_connection(place, every_minutes=every_minutes)
    return await changed_secret(place, connection)


async def changed_secret(area: AreaMade, connection: UUID, *, secret: str | None = None) -> Told:
    """Make a new secret for the hook."""
    who = keeper(area)
    async with tenant_scope(who):
        made = await service.make_secret(by=who, connection_id=connection, secret=secret)
        row = await queries.hook(connection_id=connection)
    assert row is not None
    assert row.address is not None
    return Told(area=area, connection=connection, address=row.address, secret=made)


def headers_of(hook: Told, body: bytes, *, at: datetime | None = None, message_id: str | None = None) -> dict[str, str]:
    """Sign as the agency does."""
    key = form.key_of(hook.secret)
    assert key is not None
    signed = form.sign(keys=[key], message_id=message_id or f"msg_{uuid4().hex}", at=at or now(), body=body)
    return {**signed, "content-type": "application/json"}


async def tell(
    app: Litestar,
    hook: Told,
    *,
    body: bytes = json.dumps({"type": "roster.changed"}).encode(),
    at: datetime | None = None,
    message_id: str | None = None,
    path: str | None = None,
    **changed: str,
) -> httpx.Response:
    """Send a signed message; `changed` are headers (`webhook_id`) that the sender has otherwise."""
    headers = headers_of(hook, body, at=at, message_id=message_id)
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    async with PageClient(app) as program:
        return await program.http.post(path or hook.path, content=body, headers=headers)


async def arrived(hook: Told) -> list[ArrivalRow]:
    """What the area sees of it, newest first."""
    async with tenant_scope(keeper(hook.area), readonly=True):
        return await queries.arrivals(connection_id=hook.connection)


async def runs_of(hook: Told) -> list[RunRow]:
    """The runs of the connection, newest first."""
    async with tenant_scope(keeper(hook.area), readonly=True):
        return await runs.runs(connection_id=hook.connection)
