"""What the mutations about agencies are given."""

from __future__ import annotations

from datetime import date

import strawberry


@strawberry.input
class ChooseAgencyInput:
    """An organisation to put on the area's list. `chosen: false` records that it was considered and not chosen."""

    idempotency_key: str
    area_id: strawberry.ID
    organisation_id: strawberry.ID
    reason: str
    category: str | None = None
    expectation: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    chosen: bool = True


@strawberry.input
class ChooseEstablishmentsInput:
    """Categories of which every establishment in the area is to be chosen."""

    idempotency_key: str
    area_id: strawberry.ID
    categories: list[str]
    reason: str
    expectation: str | None = None


@strawberry.input
class ReviseAgencyInput:
    """What the area says of an agency, by someone who saw `version`."""

    idempotency_key: str
    agency_id: strawberry.ID
    version: int
    reason: str
    expectation: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None


@strawberry.input
class TellAgenciesInput:
    """Agencies that were told of their inclusion: when, how, in which version of the arrangements."""

    idempotency_key: str
    area_id: strawberry.ID
    agency_ids: list[strawberry.ID]
    told_on: date
    channel: str
    arrangements_version: str


@strawberry.input
class AcknowledgeInclusionInput:
    """An acknowledgement by the agency; `acknowledgedBy` only where the area records one that came another way."""

    idempotency_key: str
    agency_id: strawberry.ID
    version: int
    acknowledged_by: str | None = None


@strawberry.input
class LeaveAgencyInput:
    """An agency's refusal, or the end of its inclusion, with the reason."""

    idempotency_key: str
    agency_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class AddAgencyNoteInput:
    """A note that only the area reads. Never about a child."""

    idempotency_key: str
    agency_id: strawberry.ID
    body: str
