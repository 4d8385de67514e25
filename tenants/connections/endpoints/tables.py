"""Piccolo tables of endpoints. The DDL is in `connections_0012_endpoints.sql`; `tests/shape` holds the two together."""

from __future__ import annotations

from piccolo.columns import UUID, Array, BigInt, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class WebhookEndpoint(Table, db=ENGINE, tablename="webhook_endpoint"):
    """A system of the area's own that is told what happened here."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    url = Text()
    description = Text()
    event_types = Array(base_column=Text())
    state = Text(default="paused")
    state_reason = Text(null=True, default=None)
    read_to = BigInt(default=0)
    failing_since = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class WebhookSecret(Table, db=ENGINE, tablename="webhook_secret"):
    """A secret with which we sign for an endpoint. `sealed` is the worker's to read."""

    area_id = Integer()
    id = UUID(primary_key=True)
    endpoint_id = UUID()
    sealed = Bytea(null=True, default=None)
    key_id = Integer()
    made_at = Timestamptz()
    made_by_name = Text()
    ends_at = Timestamptz(null=True, default=None)


class WebhookDelivery(Table, db=ENGINE, tablename="webhook_delivery"):
    """A message to an endpoint, and how far it got: a kind of event, an id and a time."""

    area_id = Integer()
    id = UUID(primary_key=True)
    endpoint_id = UUID()
    event_type = Text()
    seq = BigInt(null=True, default=None)
    subject_kind = Text()
    subject_id = Text()
    state = Text(default="waiting")
    attempts = Integer(default=0)


class WebhookAttempt(Table, db=ENGINE, tablename="webhook_attempt"):
    """One attempt to deliver a message: what was answered, in how many milliseconds."""

    area_id = Integer()
    delivery_id = UUID(primary_key=True)
    number = Integer()
    status = Integer(null=True, default=None)
    said = Text(null=True, default=None)
    ms = Integer(null=True, default=None)
