"""Carries out `concordat import gias`: progress while it reads, a table of what each file came to."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from backend.cli.console import CONSOLE
from backend.cli.database import database
from backend.cli.errors import CommandError
from infra.export import to_csv
from infra.settings import Settings
from integrations.gias.load import Outcome, ask_for, load
from tenants.organisations.imports.service import FileKind

SHOWN_REJECTIONS = 10


def run(settings: Settings, files: Mapping[str, Path], *, allow_mass_closure: bool, rejected_to: Path | None) -> None:
    """Import the files (by `FileKind`) in their order and show the result.

    Raises `CommandError` naming each file of which nothing was taken, after the others were imported.
    """
    outcomes = asyncio.run(_import(settings, files, allow_mass_closure=allow_mass_closure))
    _show(outcomes)
    if rejected_to is not None:
        _write_rejected(rejected_to, outcomes)
    problems = [f"{one.file_name}: {one.problem}" for one in outcomes if one.problem]
    if problems:
        raise CommandError("\n".join(problems))


async def _import(settings: Settings, files: Mapping[str, Path], *, allow_mass_closure: bool) -> list[Outcome]:
    async with database(settings, logins=("worker",)):
        with _progress() as progress:
            return [
                await _import_one(progress, FileKind(kind), path, allow_mass_closure=allow_mass_closure)
                for kind, path in files.items()
            ]


async def _import_one(progress: Progress, kind: FileKind, path: Path, *, allow_mass_closure: bool) -> Outcome:
    task = progress.add_task(path.name, total=None)
    run_id = await ask_for(kind=kind, path=path, allow_mass_closure=allow_mass_closure)
    return await load(
        run_id=run_id,
        kind=kind,
        path=path,
        allow_mass_closure=allow_mass_closure,
        on_progress=lambda read, expected: progress.update(task, completed=read, total=max(read, expected)),
    )


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=CONSOLE)


def _show(outcomes: list[Outcome]) -> None:
    table = Table("File", "Created", "Changed", "Closed", "Reopened", "Unchanged", "Rejected")
    for one in outcomes:
        tally = one.tally
        counts = (tally.created, tally.changed, tally.closed, tally.reopened, tally.unchanged, len(tally.rejected))
        shown = ("not imported", "", "", "", "", f"{counts[-1]:,}") if one.problem else [f"{n:,}" for n in counts]
        table.add_row(one.file_name, *shown)
    CONSOLE.print(table)
    for line in _first_rejections(outcomes):
        CONSOLE.print(line, markup=False)


def _first_rejections(outcomes: list[Outcome]) -> list[str]:
    lines = [
        f"{one.file_name}, line {row.line}: {row.reason}"
        for one in outcomes
        for row in sorted(one.tally.rejected)[:SHOWN_REJECTIONS]
    ]
    more = sum(max(len(one.tally.rejected) - SHOWN_REJECTIONS, 0) for one in outcomes)
    return [*lines, f"… and {more:,} more; --rejected FILE writes them all."] if more else lines


def _write_rejected(path: Path, outcomes: list[Outcome]) -> None:
    rows = [
        (one.file_name, row.line, row.reference, row.reason) for one in outcomes for row in sorted(one.tally.rejected)
    ]
    path.write_bytes(to_csv(header=("File", "Line", "Reference", "Reason"), rows=rows))
