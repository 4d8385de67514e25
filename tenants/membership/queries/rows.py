"""What the queries return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tenants.membership.rules import Completeness, EducationLevel, Kind, Office


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner:
    """A partner body of the area. `valid_to` is its last day."""

    id: UUID
    kind: Kind
    name: str
    organisation_id: UUID | None
    valid_from: date
    valid_to: date | None
    succeeded_by: UUID | None
    ended_reason: str | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """One person in one office. Contact details are for members of the area only."""

    id: UUID
    office: Office
    partner_id: UUID | None
    seat_id: UUID | None
    person_name: str
    post: str | None
    organisation: str | None
    email: str | None
    telephone: str | None
    person_id: UUID | None
    declared_tie: str | None
    valid_from: date
    valid_to: date | None
    ended_reason: str | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Chair:
    """Who chairs the partnership, by which appointment as delegated safeguarding partner."""

    id: UUID
    appointment_id: UUID
    partner_id: UUID
    person_name: str
    valid_from: date
    valid_to: date | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """An office on the day: its holder, or since when it is vacant."""

    holder: Appointment | None
    vacant_since: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerOffices:
    """A partner body with its two offices."""

    partner: Partner
    lead: Filled
    delegated: Filled


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group the area has set up."""

    id: UUID
    name: str
    purpose: str | None
    valid_from: date
    valid_to: date | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A seat, filled or vacant. A seat with an education level gives education its voice there.

    `filled` is None where the seat is read by itself, as at no day.
    """

    id: UUID
    group_id: UUID | None
    title: str
    education_level: EducationLevel | None
    valid_from: date
    valid_to: date | None
    version: int
    filled: Filled | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Members:
    """The whole membership of an area on a day."""

    as_at: date
    partners: Sequence[PartnerOffices]
    chair: Chair | None
    scrutineers: Sequence[Appointment]
    groups: Sequence[Group]
    seats: Sequence[Seat]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ahead:
    """One beginning or end that has not happened yet. `on` is the first day, or the last one.

    `of` is what an appointment is to; `other` the body that follows one that ends. `takes_back`: whether it can be.
    """

    what: str
    id: UUID
    version: int
    name: str
    office: Office | None
    of: str | None
    other: str | None
    begins: bool
    on: date
    takes_back: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A person named in the published arrangements: name and post, never contact details."""

    person_name: str
    post: str | None
    has_tie: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedPartner:
    """A partner body as anyone may know it. No lead or delegate: nobody is named today."""

    id: UUID
    kind: Kind
    name: str
    lead: Named | None
    delegated: Named | None
    chairs: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What an area publishes about its membership."""

    partners: Sequence[PublishedPartner]
    scrutineers: Sequence[Named]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaCompleteness:
    """One area's reading for the national overview."""

    area_id: int
    reading: Completeness


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadPartner:
    """A partner body today and who leads it: whose agreement the area needs. `person_id` is the lead's account."""

    partner_id: UUID
    kind: Kind
    name: str
    organisation_id: UUID | None
    appointment_id: UUID | None
    person_name: str | None
    person_id: UUID | None
