"""Piccolo tables of tenancy. The DDL is in `migrations/`; `tests/shape` holds the two to each other."""

from __future__ import annotations

from piccolo.columns import UUID, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class Area(Table, db=ENGINE, tablename="area"):
    """A partnership area: a tenant."""

    id = Integer(primary_key=True)
    slug = Text()
    name = Text()
    lifecycle = Text(default="setting_up")
    merged_into = Integer(null=True, default=None)
    version = Integer(default=1)


class AreaLocalAuthority(Table, db=ENGINE, tablename="area_local_authority"):
    """A local authority covered by an area, dated."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    la_code = Text()
    la_name = Text()
    valid_from = Date()
    valid_to = Date(null=True, default=None)


class LinkedBoard(Table, db=ENGINE, tablename="linked_board"):
    """Another board the partnership works with."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    name = Text()
    kind = Text()
    url = Text(null=True, default=None)
    note = Text(null=True, default=None)
    ended_on = Date(null=True, default=None)
    version = Integer(default=1)


class Person(Table, db=ENGINE, tablename="person"):
    """Someone who signs in."""

    id = UUID(primary_key=True, default=uuid7)
    name = Text()
    email = Text()
    telephone = Text(null=True, default=None)
    disabled_at = Timestamptz(null=True, default=None)
    version = Integer(default=1)


class Identity(Table, db=ENGINE, tablename="identity"):
    """A person at a sign-in provider: (issuer, subject), never the email."""

    issuer = Text(primary_key=True)
    subject = Text()
    person_id = UUID(default=None)


class RoleAssignment(Table, db=ENGINE, tablename="role_assignment"):
    """A role held from a day, to a day."""

    id = UUID(primary_key=True, default=uuid7)
    person_id = UUID(default=None)
    role = Text()
    area_id = Integer(null=True, default=None)
    organisation_id = UUID(null=True, default=None)
    post = Text(null=True, default=None)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    ended_reason = Text(null=True, default=None)
    granted_by = UUID(null=True, default=None)
    version = Integer(default=1)


class Invitation(Table, db=ENGINE, tablename="invitation"):
    """An invitation by email link: single use, expiring; only the token's hash is kept."""

    id = UUID(primary_key=True, default=uuid7)
    token_hash = Bytea()
    email = Text()
    name = Text()
    role = Text()
    area_id = Integer(null=True, default=None)
    organisation_id = UUID(null=True, default=None)
    post = Text(null=True, default=None)
    invited_by = UUID(null=True, default=None)
    expires_at = Timestamptz()
    accepted_at = Timestamptz(null=True, default=None)
    accepted_by = UUID(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    answered_issuer = Text(null=True, default=None)
    answered_subject = Text(null=True, default=None)
    answered_name = Text(null=True, default=None)
    answered_email = Text(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    confirmed_by = UUID(null=True, default=None)


class Session(Table, db=ENGINE, tablename="session"):
    """A signed-in browser; only the token's hash is kept."""

    id = UUID(primary_key=True, default=uuid7)
    token_hash = Bytea()
    person_id = UUID(default=None)
    issuer = Text()
    subject = Text()
    provider_session = Text(null=True, default=None)
    id_token = Text(null=True, default=None)
    hat = Text()
    device = Text(null=True, default=None)
    expires_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    revoked_reason = Text(null=True, default=None)
