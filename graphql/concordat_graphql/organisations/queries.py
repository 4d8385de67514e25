"""Finding organisations: in the whole register, in one area, and who speaks for one there."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.organisations.types import OrganisationNode
from concordat_graphql.tenancy.types import RoleAssignment
from tenants.organisations import queries
from tenants.organisations.queries import Organisation
from tenants.tenancy.people import queries as people


@strawberry.type
class OrganisationsQuery:
    """Reading the register."""

    @strawberry.field(description="One organisation, open or closed, or null. For anyone signed in.")
    async def organisation(self, info: Info, id: strawberry.ID) -> OrganisationNode | None:
        info.context.person  # noqa: B018  raises for someone not signed in
        async with reading(info):
            row = await queries.organisation(organisation_id=ids.decode_uuid("Organisation", id, field="id"))
        return None if row is None else OrganisationNode.of(row)

    @strawberry.field(description="Open organisations by name, URN or postcode. For anyone signed in.")
    async def organisations(
        self,
        info: Info,
        search: str | None = None,
        kinds: list[str] | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[OrganisationNode]:
        info.context.person  # noqa: B018  raises for someone not signed in
        size = paging.page_size(first)
        wanted, key = None if kinds is None else tuple(kinds), paging.after_name(after)
        async with reading(info):
            rows = await queries.search(text=search, kinds=wanted, after=key, limit=size + 1)
        return _page(rows, size)

    @strawberry.field(description="Organisations present in an area today, by name. For members of the area.")
    async def area_organisations(
        self,
        info: Info,
        area_id: strawberry.ID,
        search: str | None = None,
        kind: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[OrganisationNode]:
        info.context.person  # noqa: B018  raises for someone not signed in
        size = paging.page_size(first)
        async with reading(info):
            rows = await queries.organisations_in_area(
                area_id=ids.decode_area(area_id), kind=kind, text=search, after=paging.after_name(after), limit=size + 1
            )
        return _page(rows, size)

    @strawberry.field(description="Who speaks for an organisation in an area today. For members of the area.")
    async def organisation_contacts(
        self, info: Info, area_id: strawberry.ID, organisation_id: strawberry.ID
    ) -> list[RoleAssignment]:
        info.context.person  # noqa: B018  raises for someone not signed in
        async with reading(info, own=True):
            rows = await people.assignments_of_organisation(
                area_id=ids.decode_area(area_id),
                organisation_id=ids.decode_uuid("Organisation", organisation_id, field="organisationId"),
            )
        return [RoleAssignment.of(row) for row in rows]


def _page(rows: list[Organisation], size: int) -> paging.Connection[OrganisationNode]:
    return paging.page(rows, first=size, node=OrganisationNode.of, key=lambda row: paging.cursor(row.name, row.id))
