"""Reading areas, the viewer, people, invitations and sessions."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.tenancy.types import Area, Invitation, Person, RoleAssignment, Session
from tenants.tenancy import queries
from tenants.tenancy.people import queries as people
from tenants.tenancy.permissions import check_can_manage
from tenants.tenancy.roles import LABELS
from tenants.tenancy.sessions import queries as sessions


@strawberry.type
class HeldRole:
    """A role that the viewer holds today under the hat they wear."""

    role: str
    label: str
    area: Area | None


@strawberry.type
class Viewer:
    """Whoever is asking."""

    name: str
    hat: str
    hats: list[str]

    @strawberry.field(description="The viewer's own account.")
    async def person(self, info: Info) -> Person | None:
        actor = info.context.person
        async with reading(info, own=True):
            row = None if actor.id is None else await people.person(person_id=actor.id)
        return None if row is None else Person.of(row)

    @strawberry.field(description="The roles held today under this hat, with their areas.")
    async def roles(self, info: Info) -> list[HeldRole]:
        actor = info.context.person
        async with reading(info, own=True):
            rows = await queries.areas(ids=[g.area_id for g in actor.grants if g.area_id is not None], limit=500)
        areas = {row.id: row for row in rows}
        return [
            HeldRole(
                role=grant.role.value,
                label=LABELS[grant.role],
                area=Area.of(areas[grant.area_id]) if grant.area_id in areas else None,
            )
            for grant in actor.grants
        ]

    @strawberry.field(description="Browsers in which the viewer is signed in.")
    async def sessions(self, info: Info) -> list[Session]:
        actor = info.context.person
        if actor.id is None or actor.kind != "person":
            return []
        async with reading(info, own=True):
            rows = await sessions.sessions_of(person_id=actor.id)
        return [Session.of(row, current=row.id == actor.session_id) for row in rows]


@strawberry.type
class TenancyQuery:
    """Reading tenancy."""

    @strawberry.field(description="Whoever is asking; null when no one is signed in.")
    async def viewer(self, info: Info) -> Viewer | None:
        actor = info.context.actor
        if not actor.signed_in:
            return None
        return Viewer(name=actor.name, hat=actor.hat.value, hats=sorted(hat.value for hat in actor.hats))

    @strawberry.field(description="The area with that web name, or null.")
    async def area(self, info: Info, slug: str) -> Area | None:
        async with reading(info):
            row = await queries.area_by_slug(slug=slug, unopened=info.context.actor.unopened_areas)
        return None if row is None else Area.of(row)

    @strawberry.field(description="All areas by name.")
    async def areas(
        self, info: Info, search: str | None = None, first: int = 50, after: str | None = None
    ) -> paging.Connection[Area]:
        size = paging.page_size(first)
        key = paging.after_numbered(after)
        async with reading(info):
            near = info.context.actor.unopened_areas
            rows = await queries.areas(search=search, unopened=near, after=key, limit=size + 1)
        return paging.page(rows, first=size, node=Area.of, key=lambda row: paging.cursor(row.name, row.id))

    @strawberry.field(description="Who holds which role in an area today, by name. For members.")
    async def people(
        self, info: Info, area_id: strawberry.ID, first: int = 50, after: str | None = None
    ) -> paging.Connection[RoleAssignment]:
        info.context.person  # noqa: B018  raises for someone not signed in
        size = paging.page_size(first)
        key = paging.after_name(after)
        async with reading(info, own=True):
            rows = await people.assignments_of_area(area_id=ids.decode_area(area_id), after=key, limit=size + 1)
        return paging.page(
            rows, first=size, node=RoleAssignment.of, key=lambda row: paging.cursor(row.person_name, row.id)
        )

    @strawberry.field(description="An area's invitations, newest first. For its business manager.")
    async def invitations(self, info: Info, area_id: strawberry.ID) -> list[Invitation]:
        area = ids.decode_area(area_id)
        check_can_manage(info.context.person, area_id=area)
        async with reading(info):
            rows = await people.invitations_of_area(area_id=area)
        return [Invitation.of(row) for row in rows]
