"""An import from the asking to the report.

`ask` → `begin` → (`heard`, as it reads) → `import_register` → done, or `stop`. Each call is one transaction of the
caller's; only `import_register` touches the register, and it does so whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from asyncpg.exceptions import LockNotAvailableError

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from infra.uploads import is_kept
from tenants.audit.service import PLATFORM, record
from tenants.organisations.imports import errors
from tenants.organisations.imports.keyed import ESTABLISHMENTS, TRUSTS
from tenants.organisations.imports.linking import merge_links, merge_memberships
from tenants.organisations.imports.merging import merge_entries
from tenants.organisations.imports.placing import place_everyone
from tenants.organisations.imports.recognising import known_lines
from tenants.organisations.imports.tally import Tally
from tenants.organisations.permissions import check_can_import, check_can_keep_register
from tenants.organisations.rules import RejectedRow
from tenants.tenancy.actor import Actor

IMPORT_JOB = "register.import"
WAIT_SECONDS = 10
ONE_AT_A_TIME = 0x47494153  # "GIAS"
REJECTIONS_IN_ONE_STATEMENT = 10_000


class FileKind(StrEnum):
    """The register's files, in the order in which they refer to one another."""

    GROUPS = "groups"
    ESTABLISHMENTS = "establishments"
    LINKS = "links"
    GROUP_LINKS = "group_links"


KEYED = {FileKind.ESTABLISHMENTS: ESTABLISHMENTS, FileKind.GROUPS: TRUSTS}


async def ask(*, by: Actor, kind: FileKind, file_name: str, allow_mass_closure: bool = False) -> UUID:
    """Record that an import was asked for and return its run's id. Raises `NotAllowed`."""
    run_id = uuid7()
    await _ask(by=by, run_id=run_id, kind=kind, file_name=file_name, allow_mass_closure=allow_mass_closure)
    return run_id


async def _ask(*, by: Actor, run_id: UUID, kind: FileKind, file_name: str, allow_mass_closure: bool) -> None:
    check_can_keep_register(by)
    await sql.execute(
        "insert into import_run (id, kind, file_name, allow_mass_closure, asked_by, asked_by_name) "
        "values ($1, $2, $3, $4, $5, $6)",
        run_id,
        kind,
        file_name[:255],
        allow_mass_closure,
        by.id,
        by.name,
    )
    after = {"kind": kind, "file_name": file_name[:255], "allow_mass_closure": allow_mass_closure}
    await record(by=by, area_id=PLATFORM, action="register_import.ask", subject=("import_run", run_id), after=after)


async def ask_to_import_upload(
    *,
    by: Actor,
    run_id: UUID,
    kind: FileKind,
    file_name: str,
    data_dir: Path | None,
    allow_mass_closure: bool = False,
) -> None:
    """Ask for the import of the upload kept under `run_id` in the data folder; the worker carries it out.

    Raises `NotAllowed`, or `Invalid` when there is no such upload (any more).
    """
    check_can_keep_register(by)
    if not is_kept(data_dir, run_id):
        raise errors.no_such_upload()
    await _ask(by=by, run_id=run_id, kind=kind, file_name=file_name, allow_mass_closure=allow_mass_closure)
    await enqueue(IMPORT_JOB, area_id=None, run_id=run_id)


async def begin(*, by: Actor, run_id: UUID, sha256: str, size_bytes: int, rows_expected: int) -> None:
    """Say that the run is under way. One that was interrupted may begin again; raises `WrongState` once it ended."""
    check_can_import(by)
    tag = await sql.execute(
        "update import_run set status = 'running', sha256 = $2, size_bytes = $3, rows_expected = $4, rows_read = 0, "
        "started_at = now(), heard_from_at = now() where id = $1 and status in ('queued', 'running')",
        run_id,
        sha256,
        size_bytes,
        rows_expected,
    )
    if tag != "UPDATE 1":
        raise errors.not_waiting()


async def heard(*, by: Actor, run_id: UUID, rows_read: int) -> None:
    """Say how far the run has come."""
    check_can_import(by)
    await sql.execute(
        "update import_run set rows_read = $2, heard_from_at = now() where id = $1 and status = 'running'",
        run_id,
        rows_read,
    )


async def recognised(*, by: Actor, kind: FileKind, form: bytes) -> dict[bytes, int]:
    """Return digests of lines that need not be read in a file of this form, each with the URN or UID of its row.

    True until the transaction ends: it is this import's turn from here on. Raises `NotAllowed`, or `WrongState` when
    another import is running and does not end soon.
    """
    check_can_import(by)
    await _wait_for_turn()
    return await known_lines(by=KEYED[kind], form=form) if kind in KEYED else {}


async def import_register(
    *,
    by: Actor,
    run_id: UUID,
    kind: FileKind,
    rows: Iterable[Any],
    tally: Tally,
    form: bytes | None = None,
    allow_mass_closure: bool = False,
) -> None:
    """Merge one file's rows into the register, place everyone, and close the run with its counts in `tally`.

    `rows` are `RegisterEntry` (establishments, groups), `RegisterLink` (links) or `TrustMembership` (group links),
    read once, a row at a time, and `KnownRows` for those that were `recognised` in this transaction; the reader appends
    the rows it cannot take to `tally.rejected`. With a `form`, lines are recognised in the next file of that form.
    Raises `NotAllowed`, `WrongState` when another import is running and does not end soon, or `ImportStopped`.
    """
    check_can_import(by)
    await _wait_for_turn()
    if kind is FileKind.LINKS:
        await merge_links(rows, tally=tally, run_id=run_id)
    elif kind is FileKind.GROUP_LINKS:
        await merge_memberships(rows, tally=tally, run_id=run_id)
    else:
        await merge_entries(
            rows, by=KEYED[kind], tally=tally, run_id=run_id, form=form, on=today(),
            allow_mass_closure=allow_mass_closure,
        )  # fmt: skip
    if kind in (FileKind.ESTABLISHMENTS, FileKind.GROUPS):
        await place_everyone(by=by)
    await _finish(by=by, run_id=run_id, kind=kind, tally=tally)


async def _wait_for_turn() -> None:
    """One import at a time. The wait lets the server notice that the process of a killed one has gone."""
    await sql.execute("select set_config('lock_timeout', $1, true)", f"{WAIT_SECONDS}s")
    try:
        await sql.execute("select pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
    except LockNotAvailableError:
        raise errors.already_importing() from None


async def _finish(*, by: Actor, run_id: UUID, kind: FileKind, tally: Tally) -> None:
    counts = {
        "created": tally.created,
        "changed": tally.changed,
        "closed": tally.closed,
        "reopened": tally.reopened,
        "unchanged": tally.unchanged,
        "rejected": len(tally.rejected),
    }
    await sql.execute(
        "update import_run set status = 'done', finished_at = clock_timestamp(), rows_read = $2, created = $3, "
        "changed = $4, closed = $5, reopened = $6, unchanged = $7, rejected = $8 where id = $1",
        run_id,
        tally.rows,
        *counts.values(),
    )
    await _store_rejections(run_id=run_id, rejected=tally.rejected)
    subject = ("import_run", run_id)
    await record(by=by, area_id=PLATFORM, action=f"register_import.{kind}", subject=subject, after=counts)


async def stop(*, by: Actor, run_id: UUID, problem: str, failed: bool, rejected: Sequence[RejectedRow] = ()) -> None:
    """Close a run of which nothing was taken: refused for what the file is, or failed for what happened to us."""
    check_can_import(by)
    await sql.execute(
        "update import_run set status = $2, finished_at = now(), problem = $3, rejected = $4 "
        "where id = $1 and status in ('queued', 'running')",
        run_id,
        "failed" if failed else "refused",
        problem,
        len(rejected),
    )
    await _store_rejections(run_id=run_id, rejected=rejected)


async def _store_rejections(*, run_id: UUID, rejected: Sequence[RejectedRow]) -> None:
    for start in range(0, len(rejected), REJECTIONS_IN_ONE_STATEMENT):
        part = rejected[start : start + REJECTIONS_IN_ONE_STATEMENT]
        await sql.execute(
            "insert into import_rejection (run_id, line, reason, reference) "
            "select $1, * from unnest($2::integer[], $3::text[], $4::text[]) on conflict do nothing",
            run_id,
            [row.line for row in part],
            [row.reason for row in part],
            [row.reference for row in part],
        )
