"""Types of the register: an organisation, whom it followed and who followed it, and what changed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Self
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info, reading
from tenants.organisations import affiliations, queries
from tenants.organisations.affiliations import Place
from tenants.organisations.queries import Change, Organisation, Relative

KIND_LABELS = {
    "local_authority": "Local authority",
    "integrated_care_board": "Integrated care board",
    "police_force": "Police force",
    "trust": "Academy trust",
    "establishment": "School or college",
    "other_body": "Other body",
}


@strawberry.type(name="OrganisationRelative")
class OrganisationRelative:
    """A predecessor or successor."""

    id: strawberry.ID
    name: str
    status: str
    on_date: date | None

    @classmethod
    def of(cls, row: Relative) -> Self:
        """Return the type of a row."""
        return cls(id=ids.encode("Organisation", row.id), name=row.name, status=row.status, on_date=row.on_date)


@strawberry.type
class OrganisationPlace:
    """A body and a board in whose geography it lies, from a day to a day; seen from either end."""

    id: strawberry.ID
    name: str
    status: str
    type_label: str | None
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, row: Place) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Organisation", row.id),
            name=row.name,
            status=row.status,
            type_label=row.type_label,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


@strawberry.type
class OrganisationChange:
    """A fact of the register that changed on a day."""

    field: str
    before: str | None
    after: str | None
    effective_on: date

    @classmethod
    def of(cls, row: Change) -> Self:
        """Return the type of a row."""
        return cls(field=row.field, before=row.before, after=row.after, effective_on=row.effective_on)


@strawberry.type(name="Organisation")
class OrganisationNode:
    """A body of the national register. These are public facts."""

    organisation_id: strawberry.Private[UUID]
    id: strawberry.ID
    kind: str
    kind_label: str
    name: str
    status: str = strawberry.field(description="open, closed or proposed")
    urn: int | None
    type_label: str | None
    phase: str | None
    town: str | None
    postcode: str | None
    website: str | None
    opened_on: date | None
    closed_on: date | None

    @classmethod
    def of(cls, row: Organisation) -> Self:
        """Return the type of a row."""
        return cls(
            organisation_id=row.id,
            id=ids.encode("Organisation", row.id),
            kind=row.kind,
            kind_label=KIND_LABELS.get(row.kind, row.kind),
            name=row.name,
            status=row.status,
            urn=row.urn,
            type_label=row.type_label,
            phase=row.phase,
            town=row.town,
            postcode=row.postcode,
            website=row.website,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
        )

    @strawberry.field(description="Who follows it today, however many steps on.")
    async def successors(self, info: Info) -> list[OrganisationRelative]:
        many = info.context.loader("organisation.successors", partial(_successors, info))
        rows = await many.load(self.organisation_id)
        return [OrganisationRelative.of(row) for row in rows]

    @strawberry.field(description="Whom it followed directly.")
    async def predecessors(self, info: Info) -> list[OrganisationRelative]:
        many = info.context.loader("organisation.predecessors", partial(_predecessors, info))
        rows = await many.load(self.organisation_id)
        return [OrganisationRelative.of(row) for row in rows]

    @strawberry.field(description="The bodies that lie in this board's geography today, such as sub-ICB locations.")
    async def members(self, info: Info) -> list[OrganisationPlace]:
        many = info.context.loader("organisation.members", partial(_members, info))
        rows = await many.load(self.organisation_id)
        return [OrganisationPlace.of(row) for row in rows]

    @strawberry.field(description="The boards in whose geography it lies, and lay before, newest first.")
    async def lies_in(self, info: Info) -> list[OrganisationPlace]:
        many = info.context.loader("organisation.lies_in", partial(_lies_in, info))
        rows = await many.load(self.organisation_id)
        return [OrganisationPlace.of(row) for row in rows]

    @strawberry.field(description="What changed in the register, newest first.")
    async def history(self, info: Info) -> list[OrganisationChange]:
        many = info.context.loader("organisation.history", partial(_history, info))
        rows = await many.load(self.organisation_id)
        return [OrganisationChange.of(row) for row in rows]


async def _successors(info: Info, asked: list[UUID]) -> list[list[Relative]]:
    async with reading(info):
        found = await queries.current_successors_of(organisation_ids=asked)
    return [found[one] for one in asked]


async def _predecessors(info: Info, asked: list[UUID]) -> list[list[Relative]]:
    async with reading(info):
        found = await queries.predecessors_of(organisation_ids=asked)
    return [found[one] for one in asked]


async def _members(info: Info, asked: list[UUID]) -> list[list[Place]]:
    async with reading(info):
        found = await affiliations.members_of(organisation_ids=asked)
    return [found[one] for one in asked]


async def _lies_in(info: Info, asked: list[UUID]) -> list[list[Place]]:
    async with reading(info):
        found = await affiliations.boards_of(organisation_ids=asked)
    return [found[one] for one in asked]


async def _history(info: Info, asked: list[UUID]) -> list[list[Change]]:
    async with reading(info):
        found = await queries.history_of(organisation_ids=asked)
    return [found[one] for one in asked]
