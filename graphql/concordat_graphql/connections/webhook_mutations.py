"""Keeping an area's webhook endpoints: each mutation is one verb of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.connections.webhook_types import WebhookEndpoint
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.connections.endpoints import queries, service
from tenants.tenancy.actor import Actor


@strawberry.input
class WebhookEndpointInput:
    """Where a system of the area's own takes messages, and what it is told."""

    url: str
    description: str
    event_types: list[str]


@strawberry.input
class AddWebhookEndpointInput:
    """An endpoint to add. It begins when its first secret is made."""

    idempotency_key: str
    area_id: strawberry.ID
    endpoint: WebhookEndpointInput


@strawberry.input
class ChangeWebhookEndpointInput:
    """What an endpoint is to be instead, by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    endpoint_id: strawberry.ID
    version: int
    endpoint: WebhookEndpointInput


@strawberry.input
class MoveWebhookEndpointInput:
    """An endpoint to pause or retire, with a reason, or to resume."""

    idempotency_key: str
    area_id: strawberry.ID
    endpoint_id: strawberry.ID
    version: int
    move: str
    reason: str | None = None


@strawberry.input
class WebhookEndpointKeyInput:
    """An endpoint to send a test to, or whose earlier secrets are to end."""

    idempotency_key: str
    area_id: strawberry.ID
    endpoint_id: strawberry.ID


@strawberry.input
class MakeWebhookSecretInput:
    """A secret to make, or (`secret`) the one that the system gave. The one before it signs for another 24 hours."""

    idempotency_key: str
    area_id: strawberry.ID
    endpoint_id: strawberry.ID
    secret: str | None = None


@strawberry.input
class SendWebhookAgainInput:
    """A message to send again now."""

    idempotency_key: str
    area_id: strawberry.ID
    endpoint_id: strawberry.ID
    delivery_id: strawberry.ID


@strawberry.type
class MadeWebhookSecret:
    """An endpoint with its new secret."""

    endpoint: WebhookEndpoint
    secret: str | None = strawberry.field(description="Where we made it, this once: null when sent again.")


EndpointResult = Annotated[WebhookEndpoint | Failed, strawberry.union("WebhookEndpointResult")]
MadeSecretResult = Annotated[MadeWebhookSecret | Failed, strawberry.union("MadeWebhookSecretResult")]
Verb = Callable[..., Awaitable[UUID]]


async def _do(
    info: Info, *, input: Any, command: str, verb: Verb, said: Callable[[], dict[str, Any]] = dict
) -> WebhookEndpoint | Failed:
    """Run one verb on the endpoint that the input names; `said` reads the rest of the input."""

    async def work(by: Actor) -> UUID:
        return await verb(by=by, **_named(input), **said())

    return await perform(
        info, input=input, command=command, work=work, load=lambda result: _load(info, input.area_id, result)
    )


def _named(input: Any) -> dict[str, Any]:
    area = ids.decode_area(input.area_id)
    return {"area_id": area, "endpoint_id": ids.decode_uuid("WebhookEndpoint", input.endpoint_id, field="endpointId")}


def _entered(endpoint: WebhookEndpointInput) -> dict[str, Any]:
    return {"url": endpoint.url, "description": endpoint.description, "event_types": endpoint.event_types}


async def _load(info: Info, area_id: str, result: str) -> WebhookEndpoint:
    row = seen(await queries.endpoint(area_id=ids.decode_area(area_id), endpoint_id=UUID(result)))
    return WebhookEndpoint.of(row, actor=info.context.person)


@strawberry.type
class WebhooksMutation:
    """Keeping endpoints."""

    @strawberry.mutation(description="Add a system of the area's own that is told what happens.")
    async def add_webhook_endpoint(self, info: Info, input: AddWebhookEndpointInput) -> EndpointResult:
        return await perform(
            info,
            input=input,
            command="webhook.add",
            work=lambda by: service.add_endpoint(
                by=by, area_id=ids.decode_area(input.area_id), **_entered(input.endpoint)
            ),
            load=lambda result: _load(info, input.area_id, result),
        )

    @strawberry.mutation(description="Change where an endpoint is and what it is told.")
    async def change_webhook_endpoint(self, info: Info, input: ChangeWebhookEndpointInput) -> EndpointResult:
        verb = service.change_endpoint
        return await _do(
            info, input=input, command="webhook.change", verb=verb,
            said=lambda: {"version": input.version, **_entered(input.endpoint)},
        )  # fmt: skip

    @strawberry.mutation(description="Pause, resume or retire an endpoint.")
    async def move_webhook_endpoint(self, info: Info, input: MoveWebhookEndpointInput) -> EndpointResult:
        said = {"version": input.version, "move": input.move, "reason": input.reason}
        return await _do(info, input=input, command="webhook.move", verb=service.move_endpoint, said=lambda: said)

    @strawberry.mutation(description="Make an endpoint's next secret, or enter the system's.")
    async def make_webhook_secret(self, info: Info, input: MakeWebhookSecretInput) -> MadeSecretResult:
        made: list[str] = []

        async def work(by: Actor) -> UUID:
            named = _named(input)
            secret = await service.make_secret(by=by, **named, secret=input.secret)
            made.extend([secret] if input.secret is None else [])  # what was entered is not sent back
            endpoint: UUID = named["endpoint_id"]
            return endpoint

        async def load(result: str) -> MadeWebhookSecret:
            endpoint = await _load(info, input.area_id, result)
            return MadeWebhookSecret(endpoint=endpoint, secret=made[0] if made else None)

        return await perform(info, input=input, command="webhook.secret", work=work, load=load)

    @strawberry.mutation(description="Sign with an endpoint's newest secret alone, from now on.")
    async def end_webhook_secrets(self, info: Info, input: WebhookEndpointKeyInput) -> EndpointResult:
        return await _do(info, input=input, command="webhook.end_secrets", verb=service.end_earlier_secrets)

    @strawberry.mutation(description="Send an endpoint a message that says only that it is a test.")
    async def send_webhook_test(self, info: Info, input: WebhookEndpointKeyInput) -> EndpointResult:
        return await _do(info, input=input, command="webhook.test", verb=service.send_test)

    @strawberry.mutation(description="Send a message again now, under the same id.")
    async def send_webhook_again(self, info: Info, input: SendWebhookAgainInput) -> EndpointResult:
        def said() -> dict[str, Any]:
            return {"delivery_id": ids.decode_uuid("WebhookDelivery", input.delivery_id, field="deliveryId")}

        return await _do(info, input=input, command="webhook.send_again", verb=service.send_again, said=said)
