"""Small register files for the tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from integrations.gias import invented, opening, synthetic
from integrations.gias.reader import OnReject
from integrations.gias.synthetic_columns import COLUMNS
from tenants.organisations.rules import RegisterEntry, RejectedRow

Read = Callable[..., Iterator[Any]]


def school(**changes: str | int) -> invented.Record:
    """One invented open school; `changes` by heading, written without brackets: `LA_code` for "LA (code)"."""
    record = next(invented.establishments(10))
    plain = {heading.replace(" (", "_").replace(")", ""): heading for heading in COLUMNS}
    return {
        **record,
        "EstablishmentStatus (code)": 1,
        **{plain[name]: value for name, value in changes.items()},
    }


def schools_file(folder: Path, *records: invented.Record, columns: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "edubasealldata20260401.csv"
    synthetic.write(path, columns, records)
    return path


def read(path: Path, with_reader: Read) -> tuple[list[Any], list[RejectedRow]]:
    """Everything a reader makes of a file: (what it took, what it rejected)."""
    rejected: list[RejectedRow] = []
    keep: OnReject = rejected.append
    return list(with_reader(opening.look_at(path), on_reject=keep)), rejected


def facts(entries: list[RegisterEntry]) -> list[RegisterEntry]:
    """What entries say, whatever the lines looked like that said it."""
    return [entry._replace(line_digest=None) for entry in entries]
