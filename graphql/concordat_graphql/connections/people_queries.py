"""Reading what connections propose about people, and named contacts."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.connections.people_types import (
    ConnectionProposal,
    ConnectionsAtAGlance,
    NamedContact,
    OwnContacts,
)
from concordat_graphql.connections.queries import place
from concordat_graphql.context import Info, reading
from tenants.connections.queries import known
from tenants.connections.queries import proposals as queries
from tenants.connections.queries.own import own_places


@strawberry.type
class ContactsQuery:
    """Reading proposals and contacts of an area."""

    @strawberry.field(description="Proposals that wait (oldest first) or were decided (newest first). For members.")
    async def connection_proposals(
        self,
        info: Info,
        area_id: strawberry.ID,
        waiting: bool = True,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[ConnectionProposal]:
        area, size = place(info, area_id), paging.page_size(first)
        assert area is not None
        key = paging.after_uuid(after)
        async with reading(info, own=True):
            rows = await queries.proposals(area_id=area, waiting=waiting, after=key, limit=size + 1)
            rows = await known.beside_today(area_id=area, rows=rows)
        return paging.page(rows, first=size, node=ConnectionProposal.of, key=lambda row: paging.cursor(row.id))

    @strawberry.field(description="How an area's connections stand, in numbers. For members.")
    async def connections_at_a_glance(self, info: Info, area_id: strawberry.ID) -> ConnectionsAtAGlance:
        area = place(info, area_id)
        assert area is not None
        async with reading(info, own=True):
            found = await queries.glance(area_id=area)
        return ConnectionsAtAGlance(waiting=found.waiting, stale=found.stale)

    @strawberry.field(description="The named contacts of today by organisation. For members.")
    async def named_contacts(
        self,
        info: Info,
        area_id: strawberry.ID,
        search: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[NamedContact]:
        area, size, actor = place(info, area_id), paging.page_size(first), info.context.person
        assert area is not None
        key = paging.after_name(after)
        async with reading(info, own=True):
            rows = await queries.contacts(area_id=area, search=search, after=key, limit=size + 1)
        return paging.page(
            rows,
            first=size,
            node=lambda row: NamedContact.of(row, actor=actor),
            key=lambda row: paging.cursor(row.organisation_name, row.id),
        )

    @strawberry.field(description="An organisation's contacts in an area, those of today first. For both of them.")
    async def contacts_of_organisation(
        self, info: Info, area_id: strawberry.ID, organisation_id: strawberry.ID
    ) -> list[NamedContact]:
        area, actor = ids.decode_area(area_id), info.context.person
        organisation = ids.decode_uuid("Organisation", organisation_id, field="organisationId")
        async with reading(info, own=True):
            rows = await queries.contacts_of(area_id=area, organisation_ids=[organisation], ended=True)
        return [NamedContact.of(row, actor=actor) for row in rows]

    @strawberry.field(description="Where the reader's own organisations keep contacts, with those of today.")
    async def own_contacts(
        self, info: Info, area_id: strawberry.ID | None = None, organisation_id: strawberry.ID | None = None
    ) -> list[OwnContacts]:
        actor = info.context.person
        area = None if area_id is None else ids.decode_area(area_id)
        organisation = (
            None
            if organisation_id is None
            else ids.decode_uuid("Organisation", organisation_id, field="organisationId")
        )
        async with reading(info, own=True):
            rows = await own_places(actor, area_id=area, organisation_id=organisation)
        return [OwnContacts.of(row) for row in rows]

    @strawberry.field(description="One contact; null when it is not the reader's to see.")
    async def named_contact(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> NamedContact | None:
        area, actor = ids.decode_area(area_id), info.context.person
        contact_id = ids.decode_uuid("NamedContact", id, field="id")
        async with reading(info, own=True):
            row = await queries.contact(area_id=area, contact_id=contact_id)
        return None if row is None else NamedContact.of(row, actor=actor)
