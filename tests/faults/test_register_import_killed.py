"""An import killed with -9 half way has changed nothing, shows as interrupted, and repeats with the same result."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest

from integrations.gias import load, synthetic
from tenants.organisations.imports import queries as runs
from tenants.organisations.imports.queries import ImportRun
from tenants.organisations.imports.service import FileKind
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import CONTEXT_KEY, Cluster
from tests.support.organisations import administrator
from tests.support.world import make_area

ROOT = Path(__file__).parents[2]
FIRST_URN, ROWS = 300_001, 6_000

# The child reports progress at once, and reads so slowly from the middle on that it never comes to the end.
CHILD = """
import asyncio, sys, time
from pathlib import Path
from uuid import UUID
from infra.database import ENGINE
from integrations.gias import load
from tenants.organisations.imports import arriving
from tenants.organisations.imports.service import FileKind
from tenants.tenancy.context import use_key

dsn, key, run_id, path = sys.argv[1:]
load.SECONDS_BETWEEN_REPORTS = 0.05
arriving.BREATH = 10
reader = load.READERS[FileKind.ESTABLISHMENTS]

def slowly(opened, **options):
    for number, row in enumerate(reader(opened, **options)):
        if number % 100 == 0 or number > 3_000:
            time.sleep(0.05)
        yield row

load.READERS[FileKind.ESTABLISHMENTS] = slowly

async def work():
    use_key(kid=1, key=bytes.fromhex(key))
    await ENGINE.open({"worker": dsn})
    await load.load(run_id=UUID(run_id), kind=FileKind.ESTABLISHMENTS, path=Path(path))

asyncio.run(work())
"""


async def run_of(run_id: UUID) -> ImportRun:
    async with tenant_scope(administrator(), readonly=True):
        found = await runs.run(run_id=run_id)
    assert found is not None
    return found


async def registered() -> int:
    from infra.database import sql

    async with tenant_scope(administrator(), readonly=True):
        found: int = await sql.fetch_value(
            "select count(*) from organisation where urn between $1 and $2", FIRST_URN, FIRST_URN + ROWS
        )
    return found


@pytest.mark.faults
async def test_a_killed_import_changed_nothing_and_repeats(
    database: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_area()
    monkeypatch.setattr("integrations.gias.invented.FIRST_URN", FIRST_URN)
    path = synthetic.write_extracts(tmp_path, rows=ROWS, trusts=3).establishments
    run_id = await load.ask_for(kind=FileKind.ESTABLISHMENTS, path=path)
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, database.dsns["worker"], CONTEXT_KEY.hex(), str(run_id), str(path)),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    async with asyncio.timeout(60):
        while (await run_of(run_id)).rows_read < 500:
            assert child.returncode is None
            await asyncio.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    await child.wait()

    cut_off = await run_of(run_id)
    assert cut_off.status == "running"
    assert 0 < cut_off.percent < 100
    assert await registered() == 0
    monkeypatch.setattr(runs, "SILENCE", -runs.SILENCE)
    assert cut_off.interrupted

    outcome = await load.load(run_id=run_id, kind=FileKind.ESTABLISHMENTS, path=path)
    assert (outcome.problem, outcome.tally.created) == (None, ROWS)
    assert await registered() == ROWS
    assert (await run_of(run_id)).status == "done"
