"""Reading what runs in the background: register imports, jobs, mails."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.platform.gate import administrator
from concordat_graphql.platform.names import area_name, areas_by_id
from concordat_graphql.platform.work_types import Job, Mail, RegisterImport, RejectedLine, StateCount
from infra.queue import admin
from tenants.organisations.imports import queries as imports
from tenants.tenancy.mail import queries as mail


@strawberry.type
class PlatformWorkQuery:
    """Reading the service's own work. Anyone but a platform administrator is refused."""

    @strawberry.field(description="Imports of the national register, newest first.")
    async def register_imports(
        self, info: Info, first: int = 20, after: str | None = None
    ) -> paging.Connection[RegisterImport]:
        administrator(info)
        size, before = paging.page_size(first), paging.after_uuid(after)
        async with reading(info):
            rows = await imports.runs(before=before, limit=size + 1)
        return paging.page(rows, first=size, node=RegisterImport.of, key=lambda run: paging.cursor(run.id))

    @strawberry.field(description="One import of the national register, or null.")
    async def register_import(self, info: Info, id: strawberry.ID) -> RegisterImport | None:
        administrator(info)
        async with reading(info):
            run = await imports.run(run_id=ids.decode_uuid("RegisterImport", id))
        return None if run is None else RegisterImport.of(run)

    @strawberry.field(description="The rows that an import left out, in the order of the file.")
    async def rejected_lines(
        self, info: Info, id: strawberry.ID, first: int = 50, after: str | None = None
    ) -> paging.Connection[RejectedLine]:
        administrator(info)
        size, key = paging.page_size(first), paging.after_key(after, parts=1)
        line = 0 if key is None else paging.whole(key[0])
        async with reading(info):
            rows = await imports.rejections(
                run_id=ids.decode_uuid("RegisterImport", id), after_line=line, limit=size + 1
            )
        return paging.page(rows, first=size, node=RejectedLine.of, key=lambda row: paging.cursor(row.line))

    @strawberry.field(description="Work that happens later, newest first; `state` narrows.")
    async def jobs(
        self, info: Info, state: str | None = None, first: int = 50, after: str | None = None
    ) -> paging.Connection[Job]:
        administrator(info)
        size, before = paging.page_size(first), paging.after_uuid(after)
        async with reading(info):
            rows = await admin.job_runs(state=state, before=before, limit=size + 1)
            areas = await areas_by_id(row.area_id for row in rows)
        return paging.page(
            rows,
            first=size,
            node=lambda row: Job.of(row, area_name=area_name(areas, row.area_id)),
            key=lambda row: paging.cursor(row.message_id),
        )

    @strawberry.field(description="One job, or null.")
    async def job(self, info: Info, id: strawberry.ID) -> Job | None:
        administrator(info)
        async with reading(info):
            row = await admin.job_run(ids.decode_uuid("Job", id))
            areas = await areas_by_id([row.area_id if row else None])
        return None if row is None else Job.of(row, area_name=area_name(areas, row.area_id))

    @strawberry.field(description="How many jobs are in each state.")
    async def job_counts(self, info: Info) -> list[StateCount]:
        administrator(info)
        async with reading(info):
            found = await admin.counts()
        return [StateCount(state=state, number=number) for state, number in found.items()]

    @strawberry.field(description="Mails of every area, newest first: whether they went, never to whom.")
    async def mails(
        self, info: Info, state: str | None = None, first: int = 20, after: str | None = None
    ) -> paging.Connection[Mail]:
        administrator(info)
        size, before = paging.page_size(first), paging.after_uuid(after)
        async with reading(info):
            rows = await mail.mail_states(state=state, before=before, limit=size + 1)
            areas = await areas_by_id(row.area_id for row in rows)
        return paging.page(
            rows,
            first=size,
            node=lambda row: Mail.of(row, area_name=area_name(areas, row.area_id)),
            key=lambda row: paging.cursor(row.id),
        )
