"""What the mutations of membership are given. Days are whole days; the last one is included."""

from __future__ import annotations

from datetime import date

import strawberry

from concordat_graphql import ids
from tenants.membership.service import Holder


@strawberry.input
class HolderInput:
    """A person in an office. A scrutineer describes a tie to a partner, or declares that there is none."""

    person_name: str
    post: str | None = None
    organisation: str | None = None
    email: str | None = None
    telephone: str | None = None
    person_id: strawberry.ID | None = None
    declared_tie: str | None = None
    no_tie: bool = False

    def holder(self) -> Holder:
        """Return the domain's holder; raises `NotFound` for an id that is not a person's."""
        account = None if self.person_id is None else ids.decode_uuid("Person", self.person_id, field="personId")
        return Holder(
            person_name=self.person_name,
            post=self.post,
            organisation=self.organisation,
            email=self.email,
            telephone=self.telephone,
            person_id=account,
            declared_tie=self.declared_tie,
            no_tie=self.no_tie,
        )


@strawberry.input
class AddPartnerInput:
    """A body that is a safeguarding partner of the area from a day."""

    idempotency_key: str
    area_id: strawberry.ID
    kind: str
    name: str
    valid_from: date
    organisation_id: strawberry.ID | None = None


@strawberry.input
class CorrectPartnerInput:
    """What should have been recorded about a partner, by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    partner_id: strawberry.ID
    version: int
    name: str
    valid_from: date
    reason: str


@strawberry.input
class LinkPartnerInput:
    """Which body of the national register a partner is."""

    idempotency_key: str
    area_id: strawberry.ID
    partner_id: strawberry.ID
    version: int
    organisation_id: strawberry.ID


@strawberry.input
class SucceedPartnerInput:
    """The body that takes over from a partner on a day: a new one by name, or one that is a partner already."""

    idempotency_key: str
    area_id: strawberry.ID
    partner_id: strawberry.ID
    version: int
    on: date
    reason: str
    name: str | None = None
    organisation_id: strawberry.ID | None = None
    successor_id: strawberry.ID | None = None


@strawberry.input
class EndMembershipInput:
    """The last day of a partner, an appointment, a chairing, a group or a seat, and why it ends."""

    idempotency_key: str
    area_id: strawberry.ID
    id: strawberry.ID
    version: int
    last_day: date
    reason: str


@strawberry.input
class AppointInput:
    """A person for a vacant office: lead or delegated (of a partner), scrutineer, or seat."""

    idempotency_key: str
    area_id: strawberry.ID
    office: str
    holder: HolderInput
    valid_from: date
    valid_to: date | None = None
    partner_id: strawberry.ID | None = None
    seat_id: strawberry.ID | None = None


@strawberry.input
class ChangeAppointmentInput:
    """Who takes over from a day, or what should have been recorded; by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    appointment_id: strawberry.ID
    version: int
    holder: HolderInput
    valid_from: date
    valid_to: date | None = None
    reason: str


@strawberry.input
class LinkAccountInput:
    """The account of the person appointed; no account takes the link away."""

    idempotency_key: str
    area_id: strawberry.ID
    appointment_id: strawberry.ID
    version: int
    person_id: strawberry.ID | None = None


@strawberry.input
class ChooseChairInput:
    """The delegated safeguarding partner who chairs from a day."""

    idempotency_key: str
    area_id: strawberry.ID
    appointment_id: strawberry.ID
    valid_from: date
    valid_to: date | None = None
    reason: str


@strawberry.input
class AddGroupInput:
    """A group the area sets up."""

    idempotency_key: str
    area_id: strawberry.ID
    name: str
    valid_from: date
    purpose: str | None = None


@strawberry.input
class CorrectGroupInput:
    """What should have been recorded about a group, by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    group_id: strawberry.ID
    version: int
    name: str
    valid_from: date
    reason: str
    purpose: str | None = None


@strawberry.input
class AddSeatInput:
    """A seat in a group, or one that represents education at a level."""

    idempotency_key: str
    area_id: strawberry.ID
    title: str
    valid_from: date
    group_id: strawberry.ID | None = None
    education_level: str | None = None


@strawberry.input
class CorrectSeatInput:
    """What should have been recorded about a seat, by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    seat_id: strawberry.ID
    version: int
    title: str
    valid_from: date
    reason: str
    education_level: str | None = None


@strawberry.input
class FollowSuccessorInput:
    """The successor of a partner that the register names, and the day on which it takes over here."""

    idempotency_key: str
    area_id: strawberry.ID
    partner_id: strawberry.ID
    version: int
    organisation_id: strawberry.ID
    on: date


@strawberry.input
class TakeBackInput:
    """What was recorded by mistake and has not happened yet: `what` is as in `MembershipChange`."""

    idempotency_key: str
    area_id: strawberry.ID
    what: str
    id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class DeclineSuccessorInput:
    """The successor of a partner that the area does not follow, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    partner_id: strawberry.ID
    version: int
    organisation_id: strawberry.ID
    reason: str
