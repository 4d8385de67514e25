"""Types of membership: each is close to one row, and says which one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

import strawberry

from concordat_graphql import ids
from tenants.membership.queries import rows
from tenants.membership.queries.following import Succession
from tenants.membership.queries.rows import Ahead
from tenants.membership.rules import KIND_LABELS, OFFICE_LABELS, Completeness, Finding, ahead_words

#: what kind of opaque id each part of membership has that can be ahead
AHEAD_KINDS = {
    "partner": "PartnerBody",
    "appointment": "Appointment",
    "chair": "PartnershipChair",
    "group": "BoardGroup",
    "seat": "BoardSeat",
}


@strawberry.type
class PartnerSuccession:
    """A partner of today whose body has a successor in the national register: it waits for the area's decision."""

    partner_id: strawberry.ID
    version: int
    name: str
    kind_label: str
    organisation_id: strawberry.ID = strawberry.field(description="The successor's, in the register.")
    successor: str
    on: date | None = strawberry.field(description="The day on which it took over, where the register says it.")
    is_partner: bool = strawberry.field(description="Whether the successor is a partner of the area already.")

    @classmethod
    def of(cls, row: Succession) -> Self:
        """Return the type of a row."""
        return cls(
            partner_id=ids.encode("PartnerBody", row.partner_id),
            version=row.version,
            name=row.name,
            kind_label=KIND_LABELS[row.kind],
            organisation_id=ids.encode("Organisation", row.organisation_id),
            successor=row.successor,
            on=row.on,
            is_partner=row.listed_id is not None,
        )


@strawberry.type
class MembershipChange:
    """A beginning or an end that is recorded and has not happened yet."""

    what: str = strawberry.field(description="`partner`, `appointment`, `chair`, `group` or `seat`.")
    id: strawberry.ID
    version: int
    name: str
    sentence: str
    on: date = strawberry.field(description="Its first day, or its last one.")
    takes_back: bool = strawberry.field(description="Whether it can be taken back.")

    @classmethod
    def of(cls, row: Ahead) -> Self:
        """Return the type of a row."""
        words = ahead_words(
            what=row.what, begins=row.begins, name=row.name, office=row.office, of=row.of, other=row.other
        )
        return cls(
            what=row.what, id=ids.encode(AHEAD_KINDS[row.what], row.id), version=row.version, name=row.name,
            sentence=words, on=row.on, takes_back=row.takes_back,
        )  # fmt: skip


@strawberry.type
class MembershipAhead:
    """What begins and ends after today, the soonest first; 200 at most."""

    changes: list[MembershipChange]

    @classmethod
    def of(cls, rows: Sequence[Ahead]) -> Self:
        """Return the type of the rows."""
        return cls(changes=[MembershipChange.of(row) for row in rows])


@strawberry.type
class PartnerBody:
    """A safeguarding partner of an area: one row of `partner_body`. `validTo` is its last day."""

    id: strawberry.ID
    kind: str = strawberry.field(description="local_authority, integrated_care_board or police")
    kind_label: str
    name: str
    organisation_id: strawberry.ID | None
    valid_from: date
    valid_to: date | None
    succeeded_by: strawberry.ID | None
    ended_reason: str | None
    version: int

    @classmethod
    def of(cls, row: rows.Partner) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("PartnerBody", row.id),
            kind=row.kind.value,
            kind_label=KIND_LABELS[row.kind].capitalize(),
            name=row.name,
            organisation_id=None if row.organisation_id is None else ids.encode("Organisation", row.organisation_id),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            succeeded_by=None if row.succeeded_by is None else ids.encode("PartnerBody", row.succeeded_by),
            ended_reason=row.ended_reason,
            version=row.version,
        )


@strawberry.type
class Appointment:
    """One person in one office: one row of `appointment`. Contact details are for members of the area."""

    id: strawberry.ID
    office: str = strawberry.field(description="lead, delegated, scrutineer or seat")
    office_label: str
    partner_id: strawberry.ID | None
    seat_id: strawberry.ID | None
    person_name: str
    post: str | None
    organisation: str | None
    email: str | None
    telephone: str | None
    person_id: strawberry.ID | None
    declared_tie: str | None = strawberry.field(description="A scrutineer's tie to a partner; null: none declared.")
    valid_from: date
    valid_to: date | None
    ended_reason: str | None
    version: int

    @classmethod
    def of(cls, row: rows.Appointment) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Appointment", row.id),
            office=row.office.value,
            office_label=OFFICE_LABELS[row.office].capitalize(),
            partner_id=None if row.partner_id is None else ids.encode("PartnerBody", row.partner_id),
            seat_id=None if row.seat_id is None else ids.encode("BoardSeat", row.seat_id),
            person_name=row.person_name,
            post=row.post,
            organisation=row.organisation,
            email=row.email,
            telephone=row.telephone,
            person_id=None if row.person_id is None else ids.encode("Person", row.person_id),
            declared_tie=row.declared_tie,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            ended_reason=row.ended_reason,
            version=row.version,
        )


@strawberry.type
class PartnershipChair:
    """Who chairs the partnership, as one of the delegated safeguarding partners."""

    id: strawberry.ID
    appointment_id: strawberry.ID
    partner_id: strawberry.ID
    person_name: str
    valid_from: date
    valid_to: date | None
    version: int

    @classmethod
    def of(cls, row: rows.Chair) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("PartnershipChair", row.id),
            appointment_id=ids.encode("Appointment", row.appointment_id),
            partner_id=ids.encode("PartnerBody", row.partner_id),
            person_name=row.person_name,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            version=row.version,
        )


@strawberry.type
class FilledOffice:
    """An office on the day: its holder, or since when it is vacant."""

    holder: Appointment | None
    vacant_since: date | None

    @classmethod
    def of(cls, row: rows.Filled) -> Self:
        """Return the type of an office."""
        holder = None if row.holder is None else Appointment.of(row.holder)
        return cls(holder=holder, vacant_since=row.vacant_since)


@strawberry.type
class PartnerOffices:
    """A partner body with its lead and delegated safeguarding partners."""

    partner: PartnerBody
    lead: FilledOffice
    delegated: FilledOffice

    @classmethod
    def of(cls, row: rows.PartnerOffices) -> Self:
        """Return the type of a body with its offices."""
        return cls(
            partner=PartnerBody.of(row.partner),
            lead=FilledOffice.of(row.lead),
            delegated=FilledOffice.of(row.delegated),
        )


@strawberry.type
class BoardGroup:
    """A group the area has set up: one row of `board_group`."""

    id: strawberry.ID
    name: str
    purpose: str | None
    valid_from: date
    valid_to: date | None
    version: int

    @classmethod
    def of(cls, row: rows.Group) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("BoardGroup", row.id),
            name=row.name,
            purpose=row.purpose,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            version=row.version,
        )


@strawberry.type
class BoardSeat:
    """A seat in a group, or one that represents education: one row of `seat`."""

    id: strawberry.ID
    group_id: strawberry.ID | None
    title: str
    education_level: str | None = strawberry.field(description="strategic, operational or null")
    valid_from: date
    valid_to: date | None
    version: int
    filled: FilledOffice | None = strawberry.field(description="Null where the seat is read as at no day.")

    @classmethod
    def of(cls, row: rows.Seat) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("BoardSeat", row.id),
            group_id=None if row.group_id is None else ids.encode("BoardGroup", row.group_id),
            title=row.title,
            education_level=None if row.education_level is None else row.education_level.value,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            version=row.version,
            filled=None if row.filled is None else FilledOffice.of(row.filled),
        )


@strawberry.type
class MembershipFinding:
    """Something the membership lacks, or that a reader should know, and where it is asked for."""

    code: str
    sentence: str
    source: str
    statutory: bool = strawberry.field(description="Whether the source is an Act rather than guidance.")

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Return the type of a finding."""
        return cls(code=finding.code, sentence=finding.sentence, source=finding.source, statutory=finding.statutory)


@strawberry.type
class MembershipCompleteness:
    """Whether membership is complete on a day."""

    complete: bool
    missing: list[MembershipFinding]
    notes: list[MembershipFinding]

    @classmethod
    def of(cls, reading: Completeness) -> Self:
        """Return the type of a reading."""
        return cls(
            complete=reading.complete,
            missing=[MembershipFinding.of(finding) for finding in reading.missing],
            notes=[MembershipFinding.of(finding) for finding in reading.notes],
        )


@strawberry.type
class Membership:
    """The whole membership of an area on a day."""

    as_at: date
    partners: list[PartnerOffices]
    chair: PartnershipChair | None
    scrutineers: list[Appointment]
    groups: list[BoardGroup]
    seats: list[BoardSeat]
    completeness: MembershipCompleteness
    may_edit: bool = strawberry.field(description="Whether the reader may change it today.")

    @classmethod
    def of(cls, found: rows.Members, *, reading: Completeness, may_edit: bool) -> Self:
        """Return the type of a membership."""
        return cls(
            as_at=found.as_at,
            partners=[PartnerOffices.of(row) for row in found.partners],
            chair=None if found.chair is None else PartnershipChair.of(found.chair),
            scrutineers=[Appointment.of(row) for row in found.scrutineers],
            groups=[BoardGroup.of(row) for row in found.groups],
            seats=[BoardSeat.of(row) for row in found.seats],
            completeness=MembershipCompleteness.of(reading),
            may_edit=may_edit,
        )
