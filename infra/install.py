"""Make the virtual environment from a hash-locked list: `python3 infra/install.py .venv runtime`.

Runs before anything is installed, so it uses the standard library only, and says in a sentence when the
Python it runs on will not do. The environment afterwards holds the packages, this checkout and `concordat`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
_COMMAND = "#!{python}\nfrom backend.cli import main\n\nmain()\n"


class InstallError(Exception):
    """The environment cannot be made; the text says what to do."""


def check_python(version: tuple[int, int]) -> None:
    """Raise `InstallError` when this Python is older than Concordat needs."""
    if version < OLDEST:
        raise InstallError(
            f"Concordat needs Python {_dotted(OLDEST)} or newer; this is {_dotted(version)}. "
            "Install a newer one and name it: make demo PYTHON=python3.11"
        )


def install(*, venv: Path, requirements: Path) -> None:
    """Make `venv` if it is not there and install exactly the locked packages; raises `InstallError`."""
    python = venv / "bin" / "python"
    if not python.exists():
        _make(venv)
    _install(python, requirements)
    _add_checkout(python)


def _make(venv: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, check=False)
    if done.returncode != 0:
        raise InstallError(
            f"The virtual environment {venv} could not be made. On Debian and Ubuntu install its module "
            f"(apt-get install python3-venv), remove {venv} and try again."
        )


def _install(python: Path, requirements: Path) -> None:
    total = sum("==" in line for line in requirements.read_text().splitlines())
    sys.stdout.write(f"Installing {total} locked packages\n")
    command = [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input"]
    options = ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(requirements)]
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = [_shown(line, total=total, number=number) for number, line in _numbered(process.stdout)]
    _say("")
    if process.wait() != 0:
        raise InstallError(
            "The locked packages could not be installed:\n  "
            + "\n  ".join(said[-6:])
            + "\nCheck the network (or pip's own settings for a mirror) and run the same command again."
        )


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    number = 0
    for line in lines:
        number += line.startswith(("Collecting ", "Requirement already satisfied: "))
        yield number, line.rstrip()


def _shown(line: str, *, total: int, number: int) -> str:
    if line.startswith("Collecting "):
        _say(f"Packages: {number} of {total} ({line.split()[1].split('=')[0]})")
    elif line.startswith("Installing collected packages"):
        _say(f"Packages: putting all {total} in place")
    return line


def _say(text: str) -> None:
    """One line that is written over itself at a terminal, and is left out of a log file."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{text}")
        sys.stdout.flush()


def _add_checkout(python: Path) -> None:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
    (Path(found.stdout.strip()) / "concordat.pth").write_text(f"{ROOT}\n{ROOT / 'graphql'}\n")
    command = python.parent / "concordat"
    command.write_text(_COMMAND.format(python=python.absolute()))
    command.chmod(0o755)


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


def main(arguments: list[str]) -> int:
    """Install the list `arguments[1]` (`runtime` or `dev`) into `arguments[0]`; return the exit code."""
    venv, name = Path(arguments[0]), arguments[1]
    try:
        check_python(sys.version_info[:2])
        install(venv=venv, requirements=ROOT / "infra" / "requirements" / f"{name}.txt")
    except InstallError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    (venv / f".{name}").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
