"""Types of what is public: names and posts, never contact details."""

from __future__ import annotations

from datetime import date
from typing import Self

import strawberry

from tenants.membership.queries.rows import Named, PublishedPartner
from tenants.membership.rules import KIND_LABELS


@strawberry.type
class PublicPerson:
    """Someone named in an area's published arrangements."""

    name: str
    post: str | None
    since: date

    @classmethod
    def of(cls, row: Named | None) -> Self | None:
        """Return the type of a row; None when nobody is named today."""
        return None if row is None else cls(name=row.person_name, post=row.post, since=row.valid_from)


@strawberry.type
class PublicPartner:
    """A safeguarding partner of an area (Children Act 2004 s.16E)."""

    kind_label: str
    name: str
    lead: PublicPerson | None
    delegated: PublicPerson | None
    chairs: bool = strawberry.field(description="Its delegated safeguarding partner chairs the partnership.")

    @classmethod
    def of(cls, row: PublishedPartner) -> Self:
        """Return the type of a row."""
        return cls(
            kind_label=KIND_LABELS[row.kind],
            name=row.name,
            lead=PublicPerson.of(row.lead),
            delegated=PublicPerson.of(row.delegated),
            chairs=row.chairs,
        )


@strawberry.type
class PublicArea:
    """An area in the list of areas."""

    slug: str
    name: str
    merged: bool
    local_authority_names: list[str]


@strawberry.type
class PublicAreaPage:
    """An area and what it publishes about itself, as at today."""

    area: PublicArea
    merged_into: PublicArea | None
    partners: list[PublicPartner]
    scrutineers: list[PublicPerson]
