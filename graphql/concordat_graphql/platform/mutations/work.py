"""Asking for a register import, and deciding about jobs that failed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.platform.names import area_name, areas_by_id
from concordat_graphql.platform.work_types import Job, RegisterImport
from concordat_graphql.problems import Failed
from infra.queue import admin
from tenants.organisations.imports import queries as imports
from tenants.organisations.imports.service import FileKind, ask_to_import_upload
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.upkeep import service as upkeep

RegisterImportResult = Annotated[RegisterImport | Failed, strawberry.union("RegisterImportResult")]
JobResult = Annotated[Job | Failed, strawberry.union("JobResult")]


@strawberry.input
class StartRegisterImportInput:
    """An uploaded file of the register. The upload is made on the page of imports, which sends its id here."""

    idempotency_key: str
    upload_id: strawberry.ID
    kind: str
    file_name: str
    allow_mass_closure: bool = False


@strawberry.input
class RetryJobInput:
    """A job that failed, to be sent again."""

    idempotency_key: str
    job_id: strawberry.ID


@strawberry.input
class DiscardJobInput:
    """A job that failed, to be given up, and why."""

    idempotency_key: str
    job_id: strawberry.ID
    reason: str


@strawberry.type
class WorkMutation:
    """The service's own work, by a platform administrator."""

    @strawberry.mutation(description="Import a file that was uploaded; the worker carries it out.")
    async def start_register_import(self, info: Info, input: StartRegisterImportInput) -> RegisterImportResult:
        async def work(by: Actor) -> UUID:
            run_id = ids.decode_uuid("Upload", input.upload_id, field="uploadId")
            kind = checks.choice(input.kind, of=list(FileKind), field="kind", name="which file this is")
            name = checks.text(input.file_name, name="the name of the file", field="fileName", most=255)
            await ask_to_import_upload(
                by=by,
                run_id=run_id,
                kind=FileKind(kind),
                file_name=name,
                data_dir=info.context.data_dir,
                allow_mass_closure=input.allow_mass_closure,
            )
            return run_id

        return await perform(info, input=input, command="register_import.ask", work=work, load=_import)

    @strawberry.mutation(description="Send a job that failed again.")
    async def retry_job(self, info: Info, input: RetryJobInput) -> JobResult:
        return await perform(
            info,
            input=input,
            command="job.retry",
            work=lambda by: upkeep.retry_job(by=by, message_id=_job_id(input.job_id)),
            load=_job,
        )

    @strawberry.mutation(description="Give a job that failed up for good. This cannot be undone.")
    async def discard_job(self, info: Info, input: DiscardJobInput) -> JobResult:
        return await perform(
            info,
            input=input,
            command="job.discard",
            work=lambda by: upkeep.discard_job(by=by, message_id=_job_id(input.job_id), reason=input.reason),
            load=_job,
        )


def _job_id(opaque: strawberry.ID) -> UUID:
    return ids.decode_uuid("Job", opaque, field="jobId")


async def _import(result: str) -> RegisterImport:
    run = seen(await imports.run(run_id=UUID(result)))
    return RegisterImport.of(run)


async def _job(result: str) -> Job:
    row = seen(await admin.job_run(UUID(result)))
    areas = await areas_by_id([row.area_id])
    return Job.of(row, area_name=area_name(areas, row.area_id))
