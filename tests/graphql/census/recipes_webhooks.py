"""Recipes: an area's own systems that are told what happens."""

from __future__ import annotations

from typing import Any

from concordat_graphql.ids import encode
from tenants.connections.endpoints import queries
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.census.ready import Ready, Recipe, area_key
from tests.support.connections import keeper
from tests.support.webhooks import Listening, listening, messages_of, new_secret
from tests.support.world import make_actor, make_area

ENDPOINT: dict[str, Any] = {
    "url": "https://office.example/inbox",
    "description": "Office system",
    "eventTypes": ["connection.stale"],
}


async def add() -> Ready:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    return Ready(input={"areaId": area_key(area), "endpoint": ENDPOINT}, by=by, area=area)


def on_endpoint(*, seen: bool = False, **said: Any) -> Recipe:
    async def recipe() -> Ready:
        return await named(await listening(), seen=seen, **said)

    return recipe


async def named(listener: Listening, *, seen: bool = False, **said: Any) -> Ready:
    area = listener.area
    async with tenant_scope(keeper(area), readonly=True):
        row = await queries.endpoint(area_id=area.id, endpoint_id=listener.id)
    assert row is not None
    more = {"version": row.version, **said} if seen else said
    names = {"areaId": area_key(area), "endpointId": encode("WebhookEndpoint", listener.id)}
    return Ready(input={**names, **more}, by=await make_actor(Role.BUSINESS_MANAGER, area=area), area=area)


async def end_secrets() -> Ready:
    listener = await listening()
    await new_secret(listener.area, listener.id)
    return await named(listener)


async def send_again() -> Ready:
    listener = await listening()
    [message] = await messages_of(listener, 1)
    return await named(listener, deliveryId=encode("WebhookDelivery", message))


WEBHOOKS: dict[str, Recipe] = {
    "AddWebhookEndpoint": add,
    "ChangeWebhookEndpoint": on_endpoint(seen=True, endpoint=ENDPOINT),
    "MoveWebhookEndpoint": on_endpoint(seen=True, move="pause", reason="It moves."),
    "MakeWebhookSecret": on_endpoint(secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    "EndWebhookSecrets": end_secrets,
    "SendWebhookTest": on_endpoint(),
    "SendWebhookAgain": send_again,
}
