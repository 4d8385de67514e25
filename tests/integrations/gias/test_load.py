"""From a file on disk to the register: progress, refusals, and the same result when it is done again."""

from __future__ import annotations

import asyncio
import contextvars
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from infra.database import sql
from infra.ids import uuid7
from infra.queue import GiveUp
from infra.uploads import TooLarge, keep_upload, upload_path
from integrations.gias import invented, jobs, load, register, synthetic
from integrations.gias.synthetic import Extracts
from tenants.organisations import queries
from tenants.organisations.imports import arriving, service
from tenants.organisations.imports import queries as runs
from tenants.organisations.imports.queries import ImportRun
from tenants.organisations.imports.service import FileKind
from tenants.organisations.rules import KnownRows, RegisterEntry
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.scope import tenant_scope
from tests.integrations.gias.extracts import school, schools_file
from tests.support.cluster import Cluster
from tests.support.organisations import administrator
from tests.support.world import make_area, manager

ROWS = 40


@pytest.fixture
def extracts(tmp_path: Path) -> Extracts:
    return synthetic.write_extracts(tmp_path / "register", rows=ROWS, trusts=2)


async def import_file(kind: FileKind, path: Path) -> load.Outcome:
    run_id = await load.ask_for(kind=kind, path=path)
    return await load.load(run_id=run_id, kind=kind, path=path, allow_mass_closure=True)


async def run_of(run_id: UUID) -> ImportRun:
    async with tenant_scope(administrator(), readonly=True):
        found = await runs.run(run_id=run_id)
    assert found is not None
    return found


async def test_the_four_files_in_any_order_of_days_give_the_same_register(
    database: Cluster, extracts: Extracts
) -> None:
    for _ in range(2):
        for kind in FileKind:
            outcome = await import_file(kind, getattr(extracts, kind.value))
            assert (outcome.problem, outcome.tally.rejected) == (None, [])
    run = await run_of(outcome.run_id)
    assert (run.status, run.percent, run.created, run.changed) == ("done", 100, 0, 0)
    academy = invented.FIRST_URN + 5
    async with load.importer_scope():
        converted = await queries.establishment(urn=academy)
        assert converted is not None
        (predecessor,) = await queries.predecessors(organisation_id=converted.id)
        (trust,) = await queries.trusts_of(establishment_id=converted.id)
    assert converted.category == "academy_proprietor"
    assert predecessor.status == "closed"
    assert trust.name == invented.trust_name(0)


async def test_a_refused_file_says_why_and_leaves_the_register_alone(database: Cluster, extracts: Extracts) -> None:
    outcome = await import_file(FileKind.ESTABLISHMENTS, extracts.links)
    run = await run_of(outcome.run_id)
    assert (run.status, run.rows_read) == ("refused", 0)
    assert run.problem == outcome.problem
    assert "This looks like the establishment links file" in str(run.problem)


async def test_rejected_rows_can_be_read_afterwards_by_line(database: Cluster, extracts: Extracts) -> None:
    with extracts.establishments.open("ab") as file:
        file.write(b"1,2,3\r\n900777\r\n")
    outcome = await import_file(FileKind.ESTABLISHMENTS, extracts.establishments)
    run = await run_of(outcome.run_id)
    assert (run.status, run.rejected) == ("done", 2)
    async with tenant_scope(administrator(), readonly=True):
        first, second = await runs.rejections(run_id=run.id)
        assert await runs.rejections(run_id=run.id, after_line=first.line) == [second]
    assert (first.line, first.reference) == (ROWS + 2, "1")
    assert (second.reason, second.reference) == ("It has 1 column where the heading has 140.", "900777")


async def test_every_row_that_the_reader_takes_the_register_takes(database: Cluster, tmp_path: Path) -> None:
    """Whatever a row holds, it is stored or rejected alone: one row never fails the file."""
    odd: list[dict[str, str | int]] = [
        {"URN": 910_001, "EstablishmentName": "x" * 200, "Town": "y" * 5_000, "Street": "a\r\nb"},
        {"URN": 910_002, "Trusts_code": 69_001, "Trusts_name": "z" * 900, "EstablishmentTypeGroup_code": 10},
        {"URN": 910_003, "Trusts_code": 69_002, "Trusts_name": "z", "EstablishmentTypeGroup_code": 10},
        {"URN": 910_004, "OpenDate": "01-01-0001", "CloseDate": "31-12-9999", "EstablishmentStatus_code": 2},
        {"URN": 910_005, "StatutoryLowAge": 999_999_999, "PhaseOfEducation_code": 99, "UKPRN": "not one"},
        {"URN": "9100ZZ6"},
        {"URN": 910_007, "LA_code": 99_999},
        {"URN": 910_008, "EstablishmentName": "'; drop table organisation; --"},
    ]
    path = schools_file(tmp_path, *(school(**facts) for facts in odd))
    path.write_bytes(path.read_bytes().replace(b"9100ZZ6", b"9100\x81\xe06"))
    outcome = await import_file(FileKind.ESTABLISHMENTS, path)
    assert outcome.problem is None
    assert (outcome.tally.created, [row.line for row in outcome.tally.rejected]) == (6, [8, 9])
    async with tenant_scope(administrator(), readonly=True):
        first, _ = await runs.rejections(run_id=outcome.run_id)
    assert first.reference == "9100?à6"


async def test_progress_is_seen_from_outside_while_the_import_runs(
    database: Cluster, extracts: Extracts, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[int] = set()

    def slowly(*args: Any, **options: Any) -> Iterator[RegisterEntry | KnownRows]:
        for number, row in enumerate(register.establishments(*args, **options)):
            if number % 5 == 0 and len(seen - {0, 99, 100}) < 2:
                time.sleep(0.02)
            yield row

    monkeypatch.setattr(load, "SECONDS_BETWEEN_REPORTS", 0.01)
    monkeypatch.setattr(arriving, "BREATH", 5)
    monkeypatch.setitem(load.READERS, FileKind.ESTABLISHMENTS, slowly)
    synthetic.write_extracts(extracts.establishments.parent, rows=2_000, trusts=2)
    run_id = await load.ask_for(kind=FileKind.ESTABLISHMENTS, path=extracts.establishments)
    work = asyncio.create_task(
        load.load(run_id=run_id, kind=FileKind.ESTABLISHMENTS, path=extracts.establishments, allow_mass_closure=True)
    )
    while not work.done():
        seen.add((await run_of(run_id)).percent)
        await asyncio.sleep(0.02)
    assert (await work).problem is None
    assert len(seen - {0, 99, 100}) >= 2


async def test_an_import_of_ours_that_breaks_is_marked_as_failed_and_can_be_asked_for_again(
    database: Cluster, extracts: Extracts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(load.READERS, FileKind.ESTABLISHMENTS, broken)
    run_id = await load.ask_for(kind=FileKind.ESTABLISHMENTS, path=extracts.establishments)
    with pytest.raises(ZeroDivisionError):
        await load.load(run_id=run_id, kind=FileKind.ESTABLISHMENTS, path=extracts.establishments)
    run = await run_of(run_id)
    assert run.status == "failed"
    assert "Nothing was changed" in str(run.problem)


async def test_two_imports_at_once_wait_for_one_another(
    database: Cluster, extracts: Extracts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WAIT_SECONDS", 60)
    both = await asyncio.gather(*(import_file(FileKind.ESTABLISHMENTS, extracts.establishments) for _ in range(2)))
    assert [outcome.problem for outcome in both] == [None, None]
    assert [outcome.tally.read for outcome in both] == [ROWS, ROWS]


async def test_an_import_that_would_wait_too_long_says_so(
    database: Cluster, extracts: Extracts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WAIT_SECONDS", 1)
    async with load.importer_scope():
        await sql.execute("select pg_advisory_xact_lock($1)", service.ONE_AT_A_TIME)
        waiting = asyncio.create_task(import_file(FileKind.GROUPS, extracts.groups), context=contextvars.Context())
        outcome = await waiting
    assert outcome.problem == "Another register import is running. Wait for it to finish, then try again."
    assert (await run_of(outcome.run_id)).status == "refused"


async def asked_on_the_web(extracts: Extracts, data_dir: Path) -> UUID:
    who, run_id = administrator(), uuid7()
    kept = upload_path(data_dir, run_id)
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(extracts.groups, kept)
    async with tenant_scope(who):
        await service.ask_to_import_upload(
            by=who, run_id=run_id, kind=FileKind.GROUPS, file_name="allgroupsdata.csv", data_dir=data_dir
        )
    return run_id


async def test_an_upload_is_imported_by_the_job_once_and_then_dropped(
    database: Cluster, extracts: Extracts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORDAT_DATA_DIR", str(tmp_path))
    run_id = await asked_on_the_web(extracts, tmp_path)
    assert (await run_of(run_id)).status == "queued"
    await jobs.import_upload(run_id=run_id)
    done = await run_of(run_id)
    assert (done.status, done.file_name) == ("done", "allgroupsdata.csv")
    assert not upload_path(tmp_path, run_id).exists()
    await jobs.import_upload(run_id=run_id)  # delivered twice
    assert await run_of(run_id) == done


async def test_a_job_for_a_run_that_is_not_there_gives_up(database: Cluster) -> None:
    with pytest.raises(GiveUp):
        await jobs.import_upload(run_id=uuid7())


async def test_only_an_administrator_asks_for_an_import(database: Cluster) -> None:
    who = manager(await make_area())
    with pytest.raises(NotAllowed):
        async with tenant_scope(who):
            await service.ask(by=who, kind=FileKind.GROUPS, file_name="groups.csv")


async def test_an_upload_that_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 1_000_000

    with pytest.raises(TooLarge, match="larger than 2 MB"):
        await keep_upload(tmp_path, uuid7(), chunks(), most_bytes=2_000_000)
    assert list((tmp_path / "uploads").iterdir()) == []
    kept = await keep_upload(tmp_path, uuid7(), chunks(), most_bytes=3_000_000)
    assert kept.stat().st_size == 3_000_000
