"""Carries out one import: looks at the file, reads it, merges it, and tells how far it is while it runs.

An entry point, like a command or a job: it opens scopes of its own, because the progress must be seen from outside
while the one long transaction is still open.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from infra.database import Scope
from integrations.gias import formats, opening, register
from integrations.gias.errors import WrongFile
from integrations.gias.forms import form_of
from integrations.gias.lines import Known
from integrations.gias.opening import Opened
from tenants.organisations.imports import service
from tenants.organisations.imports.service import FileKind
from tenants.organisations.imports.tally import Tally
from tenants.tenancy.errors import Problem
from tenants.tenancy.scope import tenant_scope, worker_actor

SECONDS_BETWEEN_REPORTS = 0.5
OnProgress = Callable[[int, int], None]

IMPORTER = worker_actor("Register import", powers=["register"])
READERS = {
    FileKind.ESTABLISHMENTS: register.establishments,
    FileKind.GROUPS: register.trusts,
    FileKind.LINKS: register.successions,
    FileKind.GROUP_LINKS: register.memberships,
}
# The files whose lines say what one organisation is, so that they can be known again.
RECOGNISED = {FileKind.ESTABLISHMENTS: formats.ESTABLISHMENTS, FileKind.GROUPS: formats.GROUPS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How an import ended. `problem` is None when it is done, else the sentence why nothing was taken."""

    run_id: UUID
    kind: FileKind
    file_name: str
    tally: Tally
    problem: str | None = None


async def ask_for(*, kind: FileKind, path: Path, allow_mass_closure: bool = False) -> UUID:
    """Record an import asked for on the command line and return its run's id."""
    async with importer_scope():
        return await service.ask(by=IMPORTER, kind=kind, file_name=path.name, allow_mass_closure=allow_mass_closure)


async def load(
    *,
    run_id: UUID,
    kind: FileKind,
    path: Path,
    file_name: str | None = None,
    allow_mass_closure: bool = False,
    read_every_row: bool = False,
    on_progress: OnProgress | None = None,
) -> Outcome:
    """Import one file whole or not at all; return the outcome, also when the file was refused.

    Killed half way it has changed nothing, and the same call with the same run gives the same result.
    Lines that an earlier import took as they stand are recognised and not read, unless `read_every_row`: the result is
    the same. `on_progress` is told rows read and rows expected. What is neither the file's fault nor the rules' is
    raised, after the run is marked as failed.
    """
    tally = Tally()
    try:
        opened = await asyncio.to_thread(opening.look_at, path)
        await _begin(opened, run_id)
        async with _reporting(run_id, tally, _telling(on_progress, tally, _expected(opened))):
            async with importer_scope():
                await merge_file(
                    opened,
                    run_id=run_id,
                    kind=kind,
                    tally=tally,
                    allow_mass_closure=allow_mass_closure,
                    read_every_row=read_every_row,
                )
    except (WrongFile, Problem) as problem:
        await _stop(run_id, str(problem), tally, failed=False)
        return Outcome(run_id=run_id, kind=kind, file_name=file_name or path.name, tally=tally, problem=str(problem))
    except Exception:
        await _stop(
            run_id, "The import stopped half way for a reason of ours. Nothing was changed.", tally, failed=True
        )
        raise
    return Outcome(run_id=run_id, kind=kind, file_name=file_name or path.name, tally=tally)


async def _begin(opened: Opened, run_id: UUID) -> None:
    async with importer_scope():
        await service.begin(
            by=IMPORTER, run_id=run_id, sha256=opened.sha256, size_bytes=opened.size, rows_expected=_expected(opened)
        )


def _expected(opened: Opened) -> int:
    return max(opened.lines - 1, 0)


async def merge_file(
    opened: Opened,
    *,
    run_id: UUID,
    kind: FileKind,
    tally: Tally,
    allow_mass_closure: bool = False,
    read_every_row: bool = False,
) -> None:
    """Merge the file into the register in the caller's transaction. Raises `WrongFile` or a `Problem`."""
    form = form_of(opened, RECOGNISED[kind]) if kind in RECOGNISED else None
    known: Known = {}
    if form is not None and not read_every_row:
        known = await service.recognised(by=IMPORTER, kind=kind, form=form)
    rows = READERS[kind](opened, on_reject=tally.rejected.append, known=known)
    await service.import_register(
        by=IMPORTER,
        run_id=run_id,
        kind=kind,
        rows=rows,
        tally=tally,
        form=form,
        allow_mass_closure=allow_mass_closure,
    )


def _telling(on_progress: OnProgress | None, tally: Tally, expected: int) -> Callable[[], None]:
    return (lambda: on_progress(tally.rows, expected)) if on_progress else (lambda: None)


async def _stop(run_id: UUID, problem: str, tally: Tally, *, failed: bool) -> None:
    async with importer_scope():
        await service.stop(by=IMPORTER, run_id=run_id, problem=problem, failed=failed, rejected=tally.rejected)


@contextlib.asynccontextmanager
async def _reporting(run_id: UUID, tally: Tally, tell: Callable[[], None]) -> AsyncIterator[None]:
    """Report from a task of its own, in short transactions beside the long one."""
    task = asyncio.create_task(_report(run_id, tally, tell))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        tell()


async def _report(run_id: UUID, tally: Tally, tell: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_REPORTS)
        tell()
        async with importer_scope():
            await service.heard(by=IMPORTER, run_id=run_id, rows_read=tally.rows)


def importer_scope() -> Scope:
    """Return a scope with the power to import, and no area."""
    return tenant_scope(IMPORTER)
