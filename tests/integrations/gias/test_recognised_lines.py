"""Lines that are recognised and not read: the same register and the same report as if every row had been read.

Each file of a long series is imported twice from the same state: with every row read and everyone placed, which is
rolled back, then with lines recognised and only the misplaced placed, which stays. In between people, other files and
our own rules change.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
import pytest_asyncio

from infra.database import sql
from integrations.gias import forms, lines, load, opening, parsing
from integrations.gias.errors import WrongFile
from tenants.organisations.imports import placing, service
from tenants.organisations.imports.service import FileKind
from tenants.organisations.imports.tally import Tally
from tenants.tenancy.errors import Problem
from tests.integrations.gias.changing import CHANGES, Changing
from tests.integrations.gias.meddling import MEDDLING
from tests.support.apart import cloned, engine_on
from tests.support.cluster import Cluster
from tests.support.world import make_area

SERIES, FILES = 8, 16

# Everything an import writes. Left out: what is made anew whenever a row is written (its own id, the clock).
WRITTEN = {
    "organisation": "to_jsonb(t)",
    "trust_membership": "to_jsonb(t) - 'id'",
    "organisation_lineage": "to_jsonb(t) - 'told_id' - 'told_at'",
    "organisation_history": "to_jsonb(t) - 'id' - 'recorded_at'",
    "area_organisation": "to_jsonb(t)",
    "import_run": "to_jsonb(t) - 'finished_at' - 'started_at' - 'heard_from_at'",
    "import_rejection": "to_jsonb(t)",
}
_ROWS = "select coalesce(string_agg(({columns})::text, chr(10)), '') from {table} t"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def apart(database: Cluster) -> AsyncIterator[Cluster]:
    """Every row of seven tables is read for each file: other tests' schools would make that twenty times as long."""
    own = cloned(database, name="concordat_recognised")
    async with engine_on(own):
        yield own


class Undone(Exception):
    """Takes back the import that read every row."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """Why nothing was taken, or every row of every table; the rejected rows in the order they were told."""

    problem: str | None
    tables: dict[str, list[str]]
    rejected: list[tuple[int, str, str]]
    recognised: int = 0


async def written() -> dict[str, list[str]]:
    found = {}
    trusts = await sql.fetch("select id::text, uid from organisation where kind = 'trust'")
    for table, columns in WRITTEN.items():
        rows = await sql.fetch_value(_ROWS.format(columns=columns, table=table))
        for trust in trusts:  # one that only this file has named so far gets an id of chance
            rows = rows.replace(trust["id"], f"trust {trust['uid']}")
        found[table] = sorted(rows.split("\n"))
    return found


async def imported(path: Path, run_id: UUID, *, read_every_row: bool) -> Result:
    """The result of the import in a transaction that stays only where lines were recognised."""
    tally, problem, tables = Tally(), None, dict[str, list[str]]()
    opened = opening.look_at(path)
    try:
        async with load.importer_scope():
            await load.merge_file(
                opened,
                run_id=run_id,
                kind=FileKind.ESTABLISHMENTS,
                tally=tally,
                allow_mass_closure=True,
                read_every_row=read_every_row,
            )
            tables = await written()
            if read_every_row:
                raise Undone
    except (WrongFile, Problem) as stopped:
        problem = str(stopped)
    except Undone:
        pass
    return Result(
        problem=problem, tables=tables, rejected=[tuple(row) for row in tally.rejected], recognised=tally.recognised
    )


async def begun(path: Path) -> UUID:
    opened = opening.look_at(path)
    run_id = await load.ask_for(kind=FileKind.ESTABLISHMENTS, path=path)
    async with load.importer_scope():
        await service.begin(
            by=load.IMPORTER, run_id=run_id, sha256=opened.sha256, size_bytes=opened.size, rows_expected=0
        )
    return run_id


def same(one: Result, other: Result) -> bool:
    return (one.problem, one.rejected, one.tables) == (other.problem, other.rejected, other.tables)


def _change_the_rules(monkeypatch: pytest.MonkeyPatch, *, longest_name: int) -> None:
    monkeypatch.setattr(parsing, "LONGEST_NAME", longest_name)
    monkeypatch.setattr(forms, "rules_version", lambda: f"names of at most {longest_name}")


@pytest.mark.parametrize("series", range(SERIES))
async def test_recognising_lines_gives_what_reading_every_row_gives(
    apart: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, series: int
) -> None:
    chance, file, path = Random(series), Changing(), tmp_path / "edubasealldata.csv"
    monkeypatch.setattr(lines, "CHUNK", chance.choice((61, 1_000, 1 << 18)))
    await make_area()
    recognised, story = 0, list[str]()
    for number in range(FILES):
        for change in chance.sample(CHANGES, k=chance.randrange(4)) if number else ():
            story.append(change.__name__)
            change(file, chance)
        if chance.random() < 0.4:
            meddle = chance.choice(MEDDLING)
            story.append(meddle.__name__)
            await meddle(apart, chance)
        if chance.random() < 0.1:
            story.append("our rules change")
            _change_the_rules(monkeypatch, longest_name=chance.choice((26, 200)))
        path.write_bytes(file.written(chance))
        story.append("import")
        run_id = await begun(path)
        with monkeypatch.context() as whole:
            whole.setattr(placing, "ANYONE_MISPLACED", "select $1::date is not null")
            full = await imported(path, run_id, read_every_row=True)
        quick = await imported(path, run_id, read_every_row=False)
        assert full.recognised == 0
        assert same(full, quick), story
        recognised += quick.recognised
    assert recognised > 0
