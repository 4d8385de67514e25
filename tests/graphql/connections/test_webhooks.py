"""Endpoints over GraphQL, by four actors: the manager keeps them, members read, nobody else knows of any."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar

from concordat_graphql import ids
from tests.support.four_actors import Who, manager, nobody, stranger, viewer
from tests.support.product import api_of, codes
from tests.support.webhooks import Listening, endpoint_of, listening, messages_of
from tests.support.world import make_area


def asking(listener: Listening, **more: Any) -> dict[str, Any]:
    endpoint = ids.encode("WebhookEndpoint", listener.id)
    area = ids.encode("Area", listener.area.id)
    return {"idempotencyKey": str(uuid4()), "areaId": area, "endpointId": endpoint, **more}


async def test_a_manager_adds_one_begins_it_with_a_secret_and_stops_it(app: Litestar) -> None:
    area = await make_area()
    api, area_key = await api_of(app, await manager(area)), ids.encode("Area", area.id)
    entered = {"url": "https://office.example/in", "description": "Office", "eventTypes": ["membership.changed"]}
    added = await api.mutate(
        "AddWebhookEndpoint", {"idempotencyKey": str(uuid4()), "areaId": area_key, "endpoint": entered}
    )
    assert (added["state"], added["stateLabel"]) == ("paused", "Paused")
    names = {"areaId": area_key, "endpointId": added["id"]}
    request = {"idempotencyKey": str(uuid4()), **names}
    made = await api.mutate("MakeWebhookSecret", request)
    assert made["secret"].startswith("whsec_")
    assert made["endpoint"]["state"] == "active"
    assert (await api.mutate("MakeWebhookSecret", request))["secret"] is None
    page = await api.run("WebhookEndpointPage", areaId=area_key, id=added["id"])
    assert made["secret"] not in str(page)
    moved = {"idempotencyKey": str(uuid4()), **names, "version": 2, "move": "retire", "reason": "It is gone."}
    assert (await api.mutate("MoveWebhookEndpoint", moved))["state"] == "retired"
    assert codes(await api.mutate("SendWebhookTest", {"idempotencyKey": str(uuid4()), **names})) == ["WRONG_STATE"]


@pytest.mark.parametrize(
    ("who", "code"), [(nobody, "UNAUTHENTICATED"), (stranger, "NOT_FOUND"), (viewer, "NOT_ALLOWED")]
)
async def test_nobody_else_changes_one(app: Litestar, who: Who, code: str) -> None:
    listener = await listening()
    before, api = await endpoint_of(listener), await api_of(app, await who(listener.area))
    why = {"version": before.version, "move": "pause", "reason": "To see."}
    for name, more in (("MoveWebhookEndpoint", why), ("MakeWebhookSecret", {}), ("SendWebhookTest", {})):
        answer = await api.run(name, input=asking(listener, **more))
        refused = [error["extensions"]["code"] for error in answer.get("errors", [])]
        assert (refused or codes(answer["data"]["result"])) == [code]
    assert await endpoint_of(listener) == before


@pytest.mark.parametrize(("who", "sees"), [(nobody, False), (stranger, False), (viewer, True), (manager, True)])
async def test_the_members_of_the_area_read_its_messages(app: Litestar, who: Who, sees: bool) -> None:
    listener = await listening()
    await messages_of(listener, 2)
    names = asking(listener)
    answer = await (await api_of(app, await who(listener.area))).run(
        "WebhookEndpointPage", areaId=names["areaId"], id=names["endpointId"]
    )
    if not sees:
        assert answer["data"] is None
        return
    assert [one["stateLabel"] for one in answer["data"]["webhookDeliveries"]["nodes"]] == ["Waits", "Waits"]
    assert answer["data"]["webhookEndpoint"]["waiting"] == 2
