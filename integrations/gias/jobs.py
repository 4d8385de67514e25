"""The register import that an administrator asked for on the web: the file is an upload under the run's id."""

from __future__ import annotations

from uuid import UUID

from infra.queue import GiveUp, job
from infra.settings import load_settings
from infra.uploads import drop_upload, upload_path
from integrations.gias.load import importer_scope, load
from tenants.organisations.imports import queries
from tenants.organisations.imports.service import IMPORT_JOB, FileKind


@job(IMPORT_JOB, queue="bulk", powers=["register"], owns_scope=True, limit_seconds=1800)
async def import_upload(*, run_id: UUID) -> None:
    """Import the upload of a run. Started again after a kill it starts the file again; once ended it does nothing.

    Raises `GiveUp` when there is no such run or its file is gone.
    """
    async with importer_scope():
        run = await queries.run(run_id=run_id)
    if run is None:
        raise GiveUp("There is no such import.")
    if run.status in ("queued", "running"):
        data_dir = load_settings().data_dir
        path = upload_path(data_dir, run_id)
        await load(
            run_id=run_id,
            kind=FileKind(run.kind),
            path=path,
            file_name=run.file_name,
            allow_mass_closure=run.allow_mass_closure,
        )
        drop_upload(data_dir, run_id)
