"""Piccolo tables of hooks. The DDL is in `connections_0011_hooks.sql`; `tests/shape` holds the two to each other."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class ConnectionHook(Table, db=ENGINE, tablename="connection_hook"):
    """Where a linked system tells that something changed there, and whether a hint waits for a run."""

    area_id = Integer()
    connection_id = UUID(primary_key=True)
    address = UUID()
    hinted_at = Timestamptz(null=True, default=None)
    asked_at = Timestamptz(null=True, default=None)


class ConnectionHookSecret(Table, db=ENGINE, tablename="connection_hook_secret"):
    """A secret with which a linked system signs. `sealed` is the worker's to read, and the door's for one address."""

    area_id = Integer()
    id = UUID(primary_key=True)
    connection_id = UUID()
    sealed = Bytea(null=True, default=None)
    key_id = Integer()
    made_here = Boolean()
    made_at = Timestamptz()
    made_by_name = Text()
    ends_at = Timestamptz(null=True, default=None)


class ConnectionArrival(Table, db=ENGINE, tablename="connection_arrival"):
    """A message of a linked system: taken once by its id, or why it was refused. Never its body."""

    area_id = Integer()
    id = UUID(primary_key=True)
    connection_id = UUID()
    outcome = Text()
    message_id = Text(null=True, default=None)
    event_type = Text(null=True, default=None)
    sha256 = Text()
    bytes = Integer()
    reason = Text(null=True, default=None)
    times = Integer(default=1)
    run_id = UUID(null=True, default=None)
