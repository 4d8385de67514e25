"""Files that the code prints about itself: `python -m infra.snapshots` writes them, `--check` compares.

A printer that does not exist yet is left out, so that a new house can be built room by room.
"""

import importlib.util
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A module that, run, writes the file, or all files of the folder."""

    module: str
    file: str


SNAPSHOTS = (
    Snapshot(module="infra.settings_table", file="docs/configuration.md"),
    Snapshot(module="infra.database.snapshot", file="infra/database/schema.sql"),
    Snapshot(module="tenants.intervention.rules.diagram", file="docs/intervention-states.md"),
    Snapshot(module="tests.documents.domain_model", file="docs/domain-model.md"),
    Snapshot(module="tests.documents.roles", file="docs/roles.md"),
    Snapshot(module="concordat_graphql.snapshot", file="graphql/schema.graphql"),
    Snapshot(module="concordat_graphql.compiled", file="graphql/compiled"),
)


def refresh() -> list[str]:
    """Write every snapshot whose module exists; return the files whose text changed by it."""
    return [snapshot.file for snapshot in SNAPSHOTS if _exists(snapshot.module) and _write(snapshot)]


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _write(snapshot: Snapshot) -> bool:
    path = ROOT / snapshot.file
    before = _text(path)
    subprocess.run([sys.executable, "-m", snapshot.module], check=True, cwd=ROOT)
    return _text(path) != before


def _text(path: Path) -> dict[str, str]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_text() for file in files if file.exists()}


def main(arguments: list[str]) -> int:
    """Refresh; with `--check` a changed file is an error. Returns the exit code."""
    changed = refresh()
    if changed and "--check" in arguments:
        sys.stderr.write(f"Out of date, now written anew; commit them: {', '.join(changed)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
