"""Piccolo tables of membership. The DDL, with its period keys, is in `migrations/`."""

from __future__ import annotations

from piccolo.columns import UUID, Array, Date, Integer, Text
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class PartnerBody(Table, db=ENGINE, tablename="partner_body"):
    """A safeguarding partner of the area: a local authority, an integrated care board or a police force."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    kind = Text()
    name = Text()
    organisation_id = UUID(null=True, default=None)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    succeeded_by = UUID(null=True, default=None)
    not_followed = Array(base_column=UUID())
    ended_reason = Text(null=True, default=None)
    version = Integer(default=1)


class BoardGroup(Table, db=ENGINE, tablename="board_group"):
    """A group the area has set up: a board, a sub-group, a panel."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    name = Text()
    purpose = Text(null=True, default=None)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    ended_reason = Text(null=True, default=None)
    version = Integer(default=1)


class Seat(Table, db=ENGINE, tablename="seat"):
    """A seat in a group, or a seat that represents education at one level."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    group_id = UUID(null=True, default=None)
    title = Text()
    education_level = Text(null=True, default=None)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    ended_reason = Text(null=True, default=None)
    version = Integer(default=1)


class Appointment(Table, db=ENGINE, tablename="appointment"):
    """One person in one office from a day, to a day."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    office = Text()
    partner_id = UUID(null=True, default=None)
    seat_id = UUID(null=True, default=None)
    person_name = Text()
    post = Text(null=True, default=None)
    organisation = Text(null=True, default=None)
    email = Text(null=True, default=None)
    telephone = Text(null=True, default=None)
    person_id = UUID(null=True, default=None)
    declared_tie = Text(null=True, default=None)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    ended_reason = Text(null=True, default=None)
    version = Integer(default=1)


class PartnershipChair(Table, db=ENGINE, tablename="partnership_chair"):
    """The days on which a delegated safeguarding partner chairs the partnership."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    appointment_id = UUID(default=None)
    valid_from = Date()
    valid_to = Date(null=True, default=None)
    ended_reason = Text(null=True, default=None)
    version = Integer(default=1)
