"""Types of an area's webhook endpoints, of the messages to them, and reading them. Never a secret."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.connections.queries import place
from concordat_graphql.connections.types import ConnectionChoice
from concordat_graphql.context import Info, reading
from tenants.connections.endpoints import queries
from tenants.connections.endpoints.queries import AttemptRow, DeliveryRow, EndpointRow
from tenants.connections.endpoints.rules import TEST, TYPES, message_id, opaque_id
from tenants.connections.permissions import can_keep
from tenants.connections.rules.words import DELIVERY_STATES, ENDPOINT_STATES
from tenants.tenancy.actor import Actor

_LABELS = {**TYPES, TEST: "A test"}


@strawberry.type
class WebhookEndpoint:
    """A system of the area's own that is told what happens."""

    id: strawberry.ID
    url: str
    description: str
    event_types: list[ConnectionChoice]
    state: str
    state_label: str
    state_reason: str | None
    failing_since: datetime | None
    created_at: datetime
    version: int
    secrets: int = strawberry.field(description="With how many secrets we sign now.")
    secret_made_at: datetime | None
    waiting: int = strawberry.field(description="Messages that are to be sent.")
    failed: int = strawberry.field(description="Messages that were given up.")
    may_keep: bool

    @classmethod
    def of(cls, row: EndpointRow, *, actor: Actor) -> Self:
        """Return the type of a row, as the actor sees it."""
        same = (
            "url", "description", "state", "state_reason", "failing_since", "created_at", "version", "secrets",
            "secret_made_at", "waiting", "failed",
        )  # fmt: skip
        return cls(
            id=ids.encode("WebhookEndpoint", row.id),
            event_types=[ConnectionChoice(code=code, label=_LABELS.get(code, code)) for code in row.event_types],
            state_label=ENDPOINT_STATES[row.state],
            may_keep=can_keep(actor, area_id=row.area_id),
            **{name: getattr(row, name) for name in same},
        )


@strawberry.type
class WebhookAttempt:
    """One attempt. `said` is null while it is under way, or when the worker that made it died."""

    number: int
    at: datetime
    status: int | None
    said: str | None
    ms: int | None

    @classmethod
    def of(cls, row: AttemptRow) -> Self:
        """Return the type of a row."""
        return cls(number=row.number, at=row.at, status=row.status, said=row.said, ms=row.ms)


@strawberry.type
class WebhookDelivery:
    """A message to an endpoint: what kind of event, about which id, and how far it got."""

    id: strawberry.ID
    message_id: str = strawberry.field(description="The same for every attempt.")
    event_type: str
    event_label: str
    subject_kind: str
    subject_id: str
    happened_at: datetime
    state: str
    state_label: str
    next_at: datetime | None = strawberry.field(description="When it is sent next, while it waits.")
    attempts: list[WebhookAttempt] = strawberry.field(description="The newest first.")

    @classmethod
    def of(cls, row: DeliveryRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("WebhookDelivery", row.id),
            message_id=message_id(row.id),
            event_type=row.event_type,
            event_label=_LABELS.get(row.event_type, row.event_type),
            subject_kind=row.subject_kind,
            subject_id=opaque_id(kind=row.subject_kind, area_id=row.area_id, subject_id=row.subject_id),
            happened_at=row.happened_at,
            state=row.state,
            state_label=DELIVERY_STATES[row.state],
            next_at=row.next_at if row.state == "waiting" else None,
            attempts=[WebhookAttempt.of(one) for one in row.tried],
        )


@strawberry.type
class WebhooksQuery:
    """Reading endpoints and their messages: for the members of the area."""

    @strawberry.field(description="The kinds of event that an endpoint may be told of.")
    async def webhook_event_types(self) -> list[ConnectionChoice]:
        return [ConnectionChoice(code=code, label=label) for code, label in TYPES.items()]

    @strawberry.field(description="An area's endpoints, by name.")
    async def webhook_endpoints(self, info: Info, area_id: strawberry.ID) -> list[WebhookEndpoint]:
        area, actor = place(info, area_id), info.context.person
        assert area is not None
        async with reading(info, own=True):
            rows = await queries.endpoints(area_id=area)
        return [WebhookEndpoint.of(row, actor=actor) for row in rows]

    @strawberry.field(description="One endpoint; null when it is not the reader's to see.")
    async def webhook_endpoint(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> WebhookEndpoint | None:
        area, actor = place(info, area_id), info.context.person
        assert area is not None
        endpoint = ids.decode_uuid("WebhookEndpoint", id, field="id")
        async with reading(info, own=True):
            row = await queries.endpoint(area_id=area, endpoint_id=endpoint)
        return None if row is None else WebhookEndpoint.of(row, actor=actor)

    @strawberry.field(description="The messages of an endpoint with their attempts, newest first.")
    async def webhook_deliveries(
        self,
        info: Info,
        area_id: strawberry.ID,
        endpoint_id: strawberry.ID,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[WebhookDelivery]:
        area, size = place(info, area_id), paging.page_size(first)
        assert area is not None
        endpoint, key = ids.decode_uuid("WebhookEndpoint", endpoint_id), paging.after_uuid(after)
        async with reading(info, own=True):
            rows = await queries.deliveries(area_id=area, endpoint_id=endpoint, after=key, limit=size + 1)
        return paging.page(rows, first=size, node=WebhookDelivery.of, key=lambda row: paging.cursor(row.id))
