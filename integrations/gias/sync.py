"""The register every night: each of its files of today, or of the newest day before that has one.

The import is the same as the command line's. It is one transaction of its own, so a run that is killed after it and
before its cursor is kept imports the same file again, which changes nothing.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from infra.clock import today
from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page, Rejected, no_proof
from integrations.errors import AgencyBroken, AgencyDown
from integrations.gias.load import Outcome, ask_for, load
from integrations.gias.published import DAYS_BACK, FILES, newest
from tenants.connections import changes, records
from tenants.connections.changes import Applied
from tenants.connections.records import Seen
from tenants.organisations.imports.service import FileKind
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, worker_actor

KIND = "file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A file that was there. `outcome` is None when it has the same bytes as the one imported last."""

    kind: FileKind
    file_name: str
    sha256: str
    size: int
    outcome: Outcome | None


def start(link: Link) -> Cursor:  # noqa: ARG001
    """Return the first file, of today. `refused` are those that were no register file."""
    return {"file": 0, "day": today().isoformat(), "refused": []}


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Taken]:
    """Fetch one file and import it.

    Raises `AgencyDown` when a week has no such file, `AgencyBroken` after the last one when one of them could not be
    taken, and what the door raises.
    """
    if cursor["file"] == len(FILES):
        if cursor["run"] == str(link.run_id):
            raise _not_taken(cursor["refused"])
        cursor = start(link)
    kind = tuple(FILES)[cursor["file"]]
    with tempfile.TemporaryDirectory(prefix="concordat-gias-") as folder:
        path = await newest(agency, kind=kind, day=date.fromisoformat(cursor["day"]), folder=Path(folder))
        if path is None:
            raise AgencyDown(f"There is no {FILES[kind]} file of the last {DAYS_BACK} days.")
        taken = await _taken(link, kind, path)
    return Page(items=[taken], next=_following(link, cursor, taken), rejected=_rejected(taken), total=_total(taken))


def _following(link: Link, cursor: Cursor, taken: Taken) -> Cursor | None:
    """Return where the next file is; after the last, when one was refused, a place of this run's own that says so."""
    refused, after = list(cursor.get("refused", [])), cursor["file"] + 1
    if taken.outcome is not None and taken.outcome.problem is not None:
        refused.append([taken.file_name, taken.outcome.problem, taken.sha256, taken.size])
    if after < len(FILES) or refused:
        return {"file": after, "day": cursor["day"], "refused": refused, "run": str(link.run_id)}
    return None


def _not_taken(refused: Sequence[tuple[str, str, str, int]]) -> AgencyBroken:
    """Return what the run says of the files that were refused; the first of them is set aside by its digest."""
    said = " ".join(f"{name} was not taken. {problem}" for name, problem, _, _ in refused)
    rest = "" if len(refused) == len(FILES) else " The other files of the register are as they should be."
    return AgencyBroken(f"{said}{rest}", sha256=refused[0][2], size=refused[0][3])


async def _taken(link: Link, kind: FileKind, path: Path) -> Taken:
    sha256, size = _fingerprint(path)
    async with tenant_scope(worker_actor("agencies", powers=["agencies"])):
        known = await records.known(connection_id=link.connection_id, kind=KIND, external_ids=[kind])
    if (last := known.get(kind)) is not None and last.digest == bytes.fromhex(sha256):
        return Taken(kind=kind, file_name=path.name, sha256=sha256, size=size, outcome=None)
    run_id = await ask_for(kind=kind, path=path)
    outcome = await load(run_id=run_id, kind=kind, path=path)
    return Taken(kind=kind, file_name=path.name, sha256=sha256, size=size, outcome=outcome)


def _fingerprint(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file and how many bytes it has."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()


def _rejected(taken: Taken) -> list[Rejected]:
    if taken.outcome is None:
        return []
    if taken.outcome.problem is not None:
        return [Rejected(reference=taken.file_name, reason=taken.outcome.problem)]
    return [
        Rejected(reference=f"{taken.file_name}, line {row.line}", reason=row.reason)
        for row in taken.outcome.tally.rejected
    ]


def _total(taken: Taken) -> int | None:
    return None if taken.outcome is None else taken.outcome.tally.rows


async def apply(*, by: Actor, link: Link, page: Page[Taken]) -> Counts:
    """Note what a file changed, and which bytes it had; a file that was refused is not remembered."""
    counts = Counts()
    for taken in page.items:
        if taken.outcome is None:
            counts += Counts(unchanged=1)
        elif taken.outcome.problem is None:
            counts += await _noted(by, link, taken, taken.outcome)
    return counts


async def _noted(by: Actor, link: Link, taken: Taken, outcome: Outcome) -> Counts:
    tally = outcome.tally
    said = {"created": tally.created, "changed": tally.changed, "closed": tally.closed, "reopened": tally.reopened}
    applied = sum(said.values())
    if applied:
        fact = Applied(
            what="register file", subject_kind="import_run", subject_id=outcome.run_id, subject=taken.file_name,
            after=said,
        )  # fmt: skip
        await changes.note(by=by, link_id=link.connection_id, run_id=link.run_id, rows=[fact])
    seen = Seen(external_id=taken.kind, digest=bytes.fromhex(taken.sha256), subject=outcome.run_id)
    await records.remember(connection_id=link.connection_id, kind=KIND, rows=[seen])
    return Counts(read=tally.rows, applied=applied, unchanged=tally.unchanged)


async def probe(link: Link, agency: Agency) -> str:  # noqa: ARG001
    """Say which day's file of establishments is the newest."""
    with tempfile.TemporaryDirectory(prefix="concordat-gias-") as folder:
        path = await newest(agency, kind=FileKind.LINKS, day=today(), folder=Path(folder))
    return "No file of the last week is there." if path is None else f"The newest links file is {path.name}."


CONNECTOR: Connector[Taken] = Connector(
    system="gias",
    label="Get Information About Schools (nightly extracts)",
    national=True,
    auth_modes=("none",),
    authorise=no_proof,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
)
