"""Reading as a platform administrator: areas, accounts, sign-in providers, systems, and the platform's own trail."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.platform.access_types import MachineClient, SignInProvider
from concordat_graphql.platform.gate import administrator
from concordat_graphql.platform.names import area_name, areas_by_id, organisation_names
from concordat_graphql.platform.types import (
    Account,
    AccountRecord,
    AccountRole,
    AreaLine,
    AreaRecord,
    Cover,
    FoundOrganisation,
    WaitingInvitation,
)
from concordat_graphql.tenancy.audit import AuditEntry, AuditFilter
from concordat_graphql.tenancy.types import Area, Session
from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.organisations import queries as organisations
from tenants.tenancy import queries as tenancy
from tenants.tenancy.people import queries as people
from tenants.tenancy.providers import queries as providers
from tenants.tenancy.sessions import queries as sessions

MOST_FOUND = 20


@strawberry.type
class PlatformQuery:
    """Reading as a platform administrator. Anyone else is refused."""

    @strawberry.field(description="Every area by name, also those being set up.")
    async def platform_areas(
        self,
        info: Info,
        search: str | None = None,
        lifecycle: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[AreaLine]:
        administrator(info)
        size, key = paging.page_size(first), paging.after_numbered(after)
        async with reading(info):
            rows = await tenancy.areas(search=search, lifecycle=lifecycle, after=key, limit=size + 1)
            covers = await tenancy.cover(area_ids=[row.id for row in rows])
        names: dict[int, list[str]] = {}
        for cover in covers:
            names.setdefault(cover.area_id, []).append(cover.la_name)
        return paging.page(
            rows,
            first=size,
            node=lambda row: AreaLine(area=Area.of(row), local_authority_names=names.get(row.id, [])),
            key=lambda row: paging.cursor(row.name, row.id),
        )

    @strawberry.field(description="One area with all it has covered; null when there is none of that web name.")
    async def platform_area(self, info: Info, slug: str) -> AreaRecord | None:
        administrator(info)
        async with reading(info):
            row = await tenancy.area_by_slug(slug=slug)
            if row is None:
                return None
            covers = await tenancy.cover_history(area_id=row.id)
            into = (await areas_by_id([row.merged_into])).get(row.merged_into)
        return AreaRecord(
            area=Area.of(row),
            covers=[Cover.of(cover) for cover in covers],
            merged_into=None if into is None else Area.of(into),
        )

    @strawberry.field(description="Everyone who signs in, by name; `search` is part of a name or an email address.")
    async def accounts(
        self, info: Info, search: str | None = None, first: int = 50, after: str | None = None
    ) -> paging.Connection[Account]:
        administrator(info)
        size, key = paging.page_size(first), paging.after_name(after)
        async with reading(info):
            rows = await people.search_people(text=search, after=key, limit=size + 1)
        return paging.page(rows, first=size, node=Account.of, key=lambda row: paging.cursor(row.name, row.id))

    @strawberry.field(description="Invitations that nobody has accepted or withdrawn, in every area; newest first.")
    async def waiting_invitations(
        self, info: Info, first: int = 50, after: str | None = None
    ) -> paging.Connection[WaitingInvitation]:
        administrator(info)
        size, key = paging.page_size(first), paging.after_moment(after)
        async with reading(info):
            rows = await people.invitations_waiting(after=key, limit=size + 1)
        return paging.page(
            rows,
            first=size,
            node=WaitingInvitation.of,
            key=lambda row: paging.cursor(row.created_at.isoformat(timespec="microseconds"), row.id),
        )

    @strawberry.field(description="One account with its roles and open sessions, or null.")
    async def account(self, info: Info, id: strawberry.ID) -> AccountRecord | None:
        administrator(info)
        person_id = ids.decode_uuid("Person", id)
        async with reading(info):
            row = await people.person(person_id=person_id)
            if row is None:
                return None
            held = await people.every_assignment_of(person_ids=[person_id])
            areas = await areas_by_id(one.area_id for one in held)
            names = await organisation_names(one.organisation_id for one in held)
            open_sessions = await sessions.sessions_of(person_id=person_id)
        roles = [
            AccountRole.of(
                one, area_name=area_name(areas, one.area_id), organisation_name=names.get(one.organisation_id)
            )
            for one in held
        ]
        return AccountRecord(
            account=Account.of(row),
            roles=roles,
            sessions=[Session.of(one, current=one.id == info.context.actor.session_id) for one in open_sessions],
        )

    @strawberry.field(description="Organisations to give a role for, by part of the name, URN or postcode; at most 20.")
    async def organisations_to_grant(self, info: Info, search: str) -> list[FoundOrganisation]:
        administrator(info)
        async with reading(info):
            rows = await organisations.search(text=search, limit=MOST_FOUND)
        return [
            FoundOrganisation(
                id=ids.encode("Organisation", row.id),
                name=row.name,
                kind=row.kind,
                town=row.town,
                number=str(row.urn or row.uid or row.ods_code or "") or None,
            )
            for row in rows
        ]

    @strawberry.field(description="Where people may sign in, also providers that are switched off.")
    async def sign_in_providers(self, info: Info) -> list[SignInProvider]:
        administrator(info)
        async with reading(info):
            rows = await providers.providers(enabled_only=False)
        return [SignInProvider.of(row) for row in rows]

    @strawberry.field(description="The systems whose access tokens we take, also those switched off.")
    async def machine_clients(self, info: Info) -> list[MachineClient]:
        administrator(info)
        async with reading(info):
            rows = await providers.machine_clients(enabled_only=False)
            areas = await areas_by_id(row.area_id for row in rows)
        return [
            MachineClient.of(
                row,
                area_name=area_name(areas, row.area_id),
                area_slug=areas[row.area_id].slug if row.area_id in areas else None,
            )
            for row in rows
        ]

    @strawberry.field(description="The platform's own audit trail, newest first: accounts, sign-in, refusals, jobs.")
    async def platform_trail(
        self, info: Info, where: AuditFilter | None = None, first: int = 50, after: str | None = None
    ) -> paging.Connection[AuditEntry]:
        administrator(info)
        size, key = paging.page_size(first), paging.after_key(after, parts=1)
        wanted = audit.Filter(**(vars(where) if where else {}))
        before = None if key is None else paging.whole(key[0])
        async with reading(info):
            rows = await audit.entries(area_id=PLATFORM, where=wanted, before_seq=before, limit=size + 1)
        return paging.page(rows, first=size, node=AuditEntry.of, key=lambda row: paging.cursor(row.seq))
