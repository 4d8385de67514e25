"""The register's vocabulary and the decisions made from it. Pure: no I/O."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

# Closing more of the open register than this in one import is far more often a wrong file than the truth.
MOST_CLOSED_IN_ONE_IMPORT = 0.20
# The guard is about registers, not about a handful of rows in a trial.
GUARD_FROM = 50
MOST_REJECTED_IN_ONE_FILE = 0.20


class Kind(StrEnum):
    """What an organisation is. The first three are the safeguarding partners of Children Act 2004 s.16E."""

    LOCAL_AUTHORITY = "local_authority"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    POLICE_FORCE = "police_force"
    TRUST = "trust"
    ESTABLISHMENT = "establishment"
    OTHER_BODY = "other_body"


PARTNER_KINDS = (Kind.LOCAL_AUTHORITY, Kind.INTEGRATED_CARE_BOARD, Kind.POLICE_FORCE)
REGISTERED_BY_HAND = (*PARTNER_KINDS, Kind.OTHER_BODY)


class Status(StrEnum):
    """Where an organisation is in its life. Closed is never removed."""

    PROPOSED = "proposed"
    OPEN = "open"
    CLOSED = "closed"


class Phase(StrEnum):
    """Phase of education, as the Department for Education writes it."""

    NOT_APPLICABLE = "not_applicable"
    NURSERY = "nursery"
    PRIMARY = "primary"
    MIDDLE_DEEMED_PRIMARY = "middle_deemed_primary"
    SECONDARY = "secondary"
    MIDDLE_DEEMED_SECONDARY = "middle_deemed_secondary"
    SIXTEEN_PLUS = "sixteen_plus"
    ALL_THROUGH = "all_through"


class RelevantAgencyCategory(StrEnum):
    """Who, for an establishment of this type, is the relevant agency (SI 2018/789, Schedule, education)."""

    ACADEMY_PROPRIETOR = "academy_proprietor"
    ACADEMY_16_19_PROPRIETOR = "academy_16_19_proprietor"
    ALTERNATIVE_PROVISION_ACADEMY_PROPRIETOR = "alternative_provision_academy_proprietor"
    MAINTAINED_SCHOOL_GOVERNING_BODY = "maintained_school_governing_body"
    MAINTAINED_NURSERY_GOVERNING_BODY = "maintained_nursery_governing_body"
    PUPIL_REFERRAL_UNIT_COMMITTEE = "pupil_referral_unit_committee"
    INDEPENDENT_INSTITUTION_PROPRIETOR = "independent_institution_proprietor"
    NON_MAINTAINED_SPECIAL_PROPRIETOR = "non_maintained_special_proprietor"
    SPECIAL_POST_16_PROPRIETOR = "special_post_16_proprietor"
    FURTHER_EDUCATION_GOVERNING_BODY = "further_education_governing_body"
    HIGHER_EDUCATION_GOVERNING_BODY = "higher_education_governing_body"
    OTHER_FUNDED_PROVIDER = "other_funded_provider"


class Lineage(StrEnum):
    """How one organisation follows another."""

    SUCCESSOR = "successor"
    MERGER = "merger"
    AMALGAMATION = "amalgamation"
    SPLIT = "split"


class RegisterEntry(NamedTuple):
    """One organisation as a register states it. Its key is `urn` or `uid`.

    `line_digest` is of its line as the file has it, None where the row is not one line in itself.
    """

    line: int
    urn: int | None
    uid: int | None
    name: str
    status: str
    content_hash: bytes
    proposed_to_close: bool = False
    opened_on: date | None = None
    closed_on: date | None = None
    type_code: int | None = None
    type_label: str | None = None
    phase: str | None = None
    category: str | None = None
    la_code: str | None = None
    la_name: str | None = None
    gss_la_code: str | None = None
    establishment_number: str | None = None
    ukprn: str | None = None
    companies_house: str | None = None
    group_id: str | None = None
    lowest_age: int | None = None
    highest_age: int | None = None
    trust_uid: int | None = None
    trust_name: str | None = None
    street: str | None = None
    locality: str | None = None
    town: str | None = None
    postcode: str | None = None
    website: str | None = None
    telephone: str | None = None
    line_digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class KnownRows:
    """Rows of consecutive lines from `line` on, by their URN or UID: each says what the register has of it already."""

    line: int
    numbers: list[int]


class RegisterLink(NamedTuple):
    """`predecessor_urn` is followed by `successor_urn`."""

    line: int
    predecessor_urn: int
    successor_urn: int
    kind: str
    on_date: date | None


class TrustMembership(NamedTuple):
    """The establishment has been run by the trust since `joined_on` (None: not recorded)."""

    line: int
    urn: int
    uid: int
    joined_on: date | None


class RejectedRow(NamedTuple):
    """A row of the file that was not taken, and why. `line` counts from 1, the heading."""

    line: int
    reason: str
    reference: str


def closes_too_many(*, closing: int, open_before: int) -> bool:
    """Whether an import would close so much of the register that a person should confirm it."""
    return open_before >= GUARD_FROM and closing > open_before * MOST_CLOSED_IN_ONE_IMPORT


def rejects_too_many(*, rejected: int, read: int) -> bool:
    """Whether so many rows are bad that the file, not the rows, is wrong."""
    return rejected >= GUARD_FROM and rejected > read * MOST_REJECTED_IN_ONE_FILE
