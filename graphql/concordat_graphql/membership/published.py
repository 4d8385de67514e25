"""What an area publishes about its membership, for anyone."""

from __future__ import annotations

from typing import Self

import strawberry

from concordat_graphql import ids
from tenants.membership.queries import rows
from tenants.membership.rules import KIND_LABELS


@strawberry.type
class NamedPerson:
    """A person named in the published arrangements: name and post, never contact details."""

    person_name: str
    post: str | None
    has_tie: bool = strawberry.field(description="Of a scrutineer: whether a tie to a partner is declared.")

    @classmethod
    def of(cls, row: rows.Named) -> Self:
        """Return the type of a named person."""
        return cls(person_name=row.person_name, post=row.post, has_tie=row.has_tie)


@strawberry.type
class PublishedPartner:
    """A partner body as anyone may know it."""

    id: strawberry.ID
    kind: str
    kind_label: str
    name: str
    lead: NamedPerson | None
    delegated: NamedPerson | None
    chairs: bool = strawberry.field(description="Whether its delegate chairs the partnership.")

    @classmethod
    def of(cls, row: rows.PublishedPartner) -> Self:
        """Return the type of a published partner."""
        return cls(
            id=ids.encode("PartnerBody", row.id),
            kind=row.kind.value,
            kind_label=KIND_LABELS[row.kind].capitalize(),
            name=row.name,
            lead=None if row.lead is None else NamedPerson.of(row.lead),
            delegated=None if row.delegated is None else NamedPerson.of(row.delegated),
            chairs=row.chairs,
        )


@strawberry.type
class PublishedMembership:
    """What a live area publishes about its membership today."""

    partners: list[PublishedPartner]
    scrutineers: list[NamedPerson]

    @classmethod
    def of(cls, found: rows.Published) -> Self:
        """Return the type of what is published."""
        return cls(
            partners=[PublishedPartner.of(row) for row in found.partners],
            scrutineers=[NamedPerson.of(row) for row in found.scrutineers],
        )
