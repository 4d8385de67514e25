"""Piccolo tables of connections. The DDL is in `migrations/`; `tests/shape` holds the two to each other."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, Array, BigInt, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class AgencyConnection(Table, db=ENGINE, tablename="agency_connection"):
    """A link to an agency's system: an area's, or with no area a national one."""

    area_id = Integer(null=True, default=None)
    id = UUID(primary_key=True, default=uuid7)
    system = Text()
    name = Text()
    base_url = Text()
    auth_mode = Text()
    options = JSONB()
    every_minutes = Integer(null=True, default=None)
    may_change = Array(base_column=Text())
    state = Text(default="active")
    state_reason = Text(null=True, default=None)
    stale_after_hours = Integer()
    last_worked_at = Timestamptz(null=True, default=None)
    watermark = Text(null=True, default=None)
    due_at = Timestamptz(null=True, default=None)
    told_stale_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class ConnectionCredential(Table, db=ENGINE, tablename="connection_credential"):
    """A credential, sealed. `sealed` is readable by the worker's login only."""

    area_id = Integer(null=True, default=None)
    connection_id = UUID(primary_key=True)
    kind = Text()
    sealed = Bytea()
    key_id = Integer()
    expires_on = Date(null=True, default=None)
    set_at = Timestamptz()
    set_by_name = Text()


class ConnectionSigningKey(Table, db=ENGINE, tablename="connection_signing_key"):
    """A key with which we sign for an agency; its public half is published. `sealed` is the worker's to read."""

    area_id = Integer(null=True, default=None)
    connection_id = UUID(primary_key=True)
    kid = Text()
    public_key = JSONB()
    sealed = Bytea()
    key_id = Integer()
    made_at = Timestamptz()
    made_by_name = Text()
    signs_from = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)


class ConnectionToken(Table, db=ENGINE, tablename="connection_token"):
    """An access token, sealed, and who is fetching the next one. The worker's alone."""

    area_id = Integer(null=True, default=None)
    connection_id = UUID(primary_key=True)
    sealed = Bytea(null=True, default=None)
    key_id = Integer(null=True, default=None)
    expires_at = Timestamptz(null=True, default=None)
    refreshing_until = Timestamptz(null=True, default=None)
    version = Integer(default=0)


class ConnectionRun(Table, db=ENGINE, tablename="connection_run"):
    """One run: queued → running → done, failed or stopped. At most one of a connection is open."""

    area_id = Integer(null=True, default=None)
    id = UUID(primary_key=True, default=uuid7)
    connection_id = UUID()
    cause = Text()
    state = Text(default="queued")
    cursor = JSONB(null=True, default=None)
    fence = Integer(default=0)
    problem = Text(null=True, default=None)
    next_try_at = Timestamptz(null=True, default=None)
    asked_by_name = Text()


class ConnectionChange(Table, db=ENGINE, tablename="connection_change"):
    """A fact that was applied. Append only."""

    area_id = Integer(null=True, default=None)
    id = UUID(primary_key=True, default=uuid7)
    connection_id = UUID()
    run_id = UUID()
    what = Text()
    subject_kind = Text()
    subject_id = UUID(null=True, default=None)
    subject = Text()
    before = JSONB(null=True, default=None)
    after = JSONB(null=True, default=None)


class ConnectionRecord(Table, db=ENGINE, tablename="connection_record"):
    """What was seen of a thing, by the agency's own id for it."""

    area_id = Integer(null=True, default=None)
    connection_id = UUID(primary_key=True)
    kind = Text()
    external_id = Text()
    digest = Bytea()
    subject = UUID(null=True, default=None)


class ConnectionRejection(Table, db=ENGINE, tablename="connection_rejection"):
    """A row that could not be taken, and why in words."""

    area_id = Integer(null=True, default=None)
    id = UUID(primary_key=True, default=uuid7)
    connection_id = UUID()
    run_id = UUID()
    reference = Text()
    reason = Text()


class ConnectionQuarantine(Table, db=ENGINE, tablename="connection_quarantine"):
    """An answer that could not be read: its fingerprint and size, never what was in it."""

    area_id = Integer(null=True, default=None)
    id = UUID(primary_key=True, default=uuid7)
    connection_id = UUID()
    run_id = UUID()
    sha256 = Text()
    bytes = BigInt()
    reason = Text()


class ConnectionProposal(Table, db=ENGINE, tablename="connection_proposal"):
    """What a connection proposes about a person, until someone decides."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    connection_id = UUID()
    run_id = UUID()
    national = Boolean()
    source = Text()
    organisation_id = UUID(null=True, default=None)
    external_id = Text()
    action = Text()
    subject_kind = Text()
    present = JSONB(null=True, default=None)
    proposed = JSONB()
    state = Text(default="open")
    reason = Text(null=True, default=None)
    contact_id = UUID(null=True, default=None)
    version = Integer(default=1)


class NamedContact(Table, db=ENGINE, tablename="named_contact"):
    """Whom to call at an organisation, dated. A change ends the row and begins another."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    organisation_id = UUID()
    post = Text()
    name = Text()
    email = Text(null=True, default=None)
    phone = Text(null=True, default=None)
    entered_by = Text()
    entered_by_name = Text()
    external_id = Text(null=True, default=None)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    ended_reason = Text(null=True, default=None)
    version = Integer(default=1)
