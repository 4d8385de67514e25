"""Register entries and imports for the tests of this folder."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from tenants.organisations import queries
from tenants.organisations.imports import service
from tenants.organisations.imports.service import FileKind
from tenants.organisations.imports.tally import Tally
from tenants.organisations.queries import Organisation
from tenants.organisations.rules import RegisterEntry, RejectedRow
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.world import AreaMade

IMPORTER = worker_actor("Register import", powers=["register"])
_urns = itertools.count(600_001)
_uids = itertools.count(60_001)


def school(area: AreaMade | None = None, *, urn: int | None = None, **facts: Any) -> RegisterEntry:
    """An open primary school of the register, in the area's local authority."""
    known: dict[str, Any] = {
        "name": "Meadow Primary School",
        "status": "open",
        "opened_on": date(2012, 9, 1),
        "la_code": area.la_code if area else "099",
        "type_label": "Community school",
        "phase": "primary",
        **facts,
    }
    return _entry(urn=urn or next(_urns), uid=None, **known)


def trust(*, uid: int | None = None, **facts: Any) -> RegisterEntry:
    """An open multi-academy trust of the register."""
    known: dict[str, Any] = {"name": "Foxley Learning Trust", "status": "open", **facts}
    return _entry(urn=None, uid=uid or next(_uids), **known)


def _entry(**facts: Any) -> RegisterEntry:
    content = hashlib.blake2b(repr(sorted(facts.items())).encode(), digest_size=16).digest()
    return RegisterEntry(line=0, content_hash=content, **facts)


async def run_import(
    kind: FileKind,
    rows: Iterable[Any],
    *,
    rejected: Iterable[RejectedRow] = (),
    allow_mass_closure: bool = False,
) -> tuple[UUID, Tally]:
    """Carry out one import, line numbers given in order, and return its run and counts."""
    numbered = [row._replace(line=number) for number, row in enumerate(rows, start=2)]
    tally = Tally(rejected=list(rejected))
    async with tenant_scope(IMPORTER):
        run_id = await service.ask(by=IMPORTER, kind=kind, file_name="register.csv")
        await service.begin(by=IMPORTER, run_id=run_id, sha256="0" * 64, size_bytes=1, rows_expected=len(numbered))
    async with tenant_scope(IMPORTER):
        await service.import_register(
            by=IMPORTER,
            run_id=run_id,
            kind=kind,
            rows=numbered,
            tally=tally,
            allow_mass_closure=allow_mass_closure,
        )
    return run_id, tally


async def import_schools(*entries: RegisterEntry) -> Tally:
    """Import an establishments file of these entries."""
    return (await run_import(FileKind.ESTABLISHMENTS, entries))[1]


async def registered(entry: RegisterEntry) -> Organisation:
    """Return what the register now holds of an entry."""
    async with tenant_scope(IMPORTER, readonly=True):
        found = await queries.establishment(urn=entry.urn) if entry.urn else await queries.trust(uid=entry.uid or 0)
    assert found is not None
    return found


async def areas_of(entry: RegisterEntry, *, on: date | None = None) -> list[int]:
    """Return the areas in which an entry's organisation is present."""
    organisation = await registered(entry)
    async with tenant_scope(IMPORTER, readonly=True):
        return await queries.areas_of(organisation_id=organisation.id, on=on)
