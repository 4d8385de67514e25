"""What belongs to the house: its committed files, and the folders that hold code."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("backend", "integrations", "tenants", "infra", "tests")
SOURCE = (*PACKAGES, "graphql")


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is committed or would be by `git add`; outside a repository, every file in its place."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        return tuple(sorted(path for folder in SOURCE for path in (ROOT / folder).rglob("*.*")))
    names = sorted(set(listed.stdout.split("\0")) - {""})
    return tuple(path for name in names if (path := ROOT / name).is_file())


def named(path: Path) -> str:
    """The path as one writes it, from the root."""
    return path.relative_to(ROOT).as_posix()


def python_files() -> tuple[Path, ...]:
    """Every Python file."""
    return tuple(path for path in committed() if path.suffix == ".py")


def text_of(path: Path) -> str | None:
    """The file's text, or None when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
