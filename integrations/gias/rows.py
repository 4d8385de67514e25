"""The register's rows, typed, in the register's own words; tuples, because there are fifty thousand."""

from datetime import date
from typing import NamedTuple


class EstablishmentRow(NamedTuple):
    """One row of `edubasealldata`. Codes are the register's; texts are trimmed, None where empty."""

    line: int
    urn: int
    name: str
    status_code: int
    type_code: int
    type_label: str | None
    type_group_code: int | None
    phase_code: int | None
    opened_on: date | None
    closed_on: date | None
    la_code: str
    la_name: str | None
    gss_la_code: str | None
    establishment_number: str | None
    ukprn: str | None
    lowest_age: int | None
    highest_age: int | None
    trust_uid: int | None
    trust_name: str | None
    street: str | None
    locality: str | None
    town: str | None
    postcode: str | None
    website: str | None
    telephone: str | None
    content_hash: bytes
    line_digest: bytes | None = None


class LinkRow(NamedTuple):
    """One row of `links_edubasealldata`: `urn` has the link `link_type` to `link_urn`."""

    line: int
    urn: int
    link_urn: int
    link_type: str
    on_date: date | None


class GroupRow(NamedTuple):
    """One row of `allgroupsdata`: a trust, federation, sponsor or other group, known by its UID."""

    line: int
    uid: int
    group_id: str | None
    name: str
    companies_house: str | None
    type_label: str
    closed_on: date | None
    status_label: str
    street: str | None
    locality: str | None
    town: str | None
    postcode: str | None
    ukprn: str | None
    opened_on: date | None
    content_hash: bytes
    line_digest: bytes | None = None


class GroupLinkRow(NamedTuple):
    """One row of `alllinksdata`: the establishment has been in the group since `joined_on`."""

    line: int
    urn: int
    uid: int
    type_label: str
    joined_on: date | None
