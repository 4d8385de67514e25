"""The files of one embedded server: where they lie, how they are first made, who may connect.

Made whole or not at all: `initdb` works in a folder beside the real one, which gets its name at the end.
No connection is ever trusted: the superuser is recognised by the operating system, the logins by SCRAM.
"""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infra.postgres.account import Account, can_reach, current_user, give, shared_folder
from infra.postgres.binaries import ProgramError, Programs
from infra.postgres.errors import EmbeddedError
from infra.postgres.version import MINIMUM_MAJOR

SUPERUSER = "postgres"
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path may have 107 bytes; the file name and its lock need 20

_SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = '128MB'
password_encryption = 'scram-sha-256'
jit = off
timezone = 'UTC'
log_error_verbosity = terse            # DETAIL may quote a row
log_min_error_statement = panic        # a failed statement may quote a person
"""
_FORGETFUL = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Where one server keeps its things: `home` belongs to the server's account alone."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def sockets(self) -> Path:
        if len(os.fsencode(self.home)) <= LONGEST_SOCKET_FOLDER:
            return self.home
        return Path(tempfile.gettempdir()) / f"concordat-{_digest(self.home)}"


def locate(data_dir: Path, *, account: Account) -> Cluster:
    """The cluster of `data_dir`, its home made ready: `data_dir/postgres`, or what that points to.

    Raises `EmbeddedError` when the folder cannot be written or belongs to somebody else.
    """
    link = data_dir / "postgres"
    try:
        if not link.exists() and not can_reach(account, folder=link):
            _point_to_shared(link)
        home = link.resolve()
        give(account, folder=home)
    except OSError as error:
        raise EmbeddedError(
            f"{link} cannot be written ({error.strerror}). Mend its permissions, "
            "or set CONCORDAT_DATA_DIR to a folder of your own."
        ) from error
    cluster = Cluster(home=home)
    _check_owner(cluster, account)
    if cluster.sockets != home:
        _give_sockets(cluster, account)
    return cluster


def ensure_made(cluster: Cluster, *, programs: Programs) -> bool:
    """Make the cluster's files unless they are there; return whether they were made now.

    Raises `EmbeddedError` when the folder holds something else than a PostgreSQL of our version.
    """
    if cluster.data.exists():
        _check_version(cluster)
        return False
    unfinished = cluster.home / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
    access = ("--auth-local=peer", "--auth-host=reject", f"--username={SUPERUSER}")
    try:
        programs.run("initdb", "-D", str(unfinished), *access, *locale, "--no-sync", cwd=cluster.home)
    except ProgramError as error:
        reason = _last_line(error.said)
        raise EmbeddedError(f"PostgreSQL's data folder could not be made: {reason}") from error
    with (unfinished / "postgresql.conf").open("a") as file:
        file.write("include_if_exists = 'concordat.conf'\n")
    unfinished.rename(cluster.data)
    return True


def configure(cluster: Cluster, *, account: Account, durable: bool) -> None:
    """Write settings and access rules; done before every start, so that they are always ours."""
    boot = sorted({account.name, current_user()})
    settings = _SETTINGS.format(sockets=cluster.sockets) + ("" if durable else _FORGETFUL)
    _write(cluster.data / "concordat.conf", settings)
    _write(cluster.data / "pg_ident.conf", "".join(f'boot "{name}" {SUPERUSER}\n' for name in boot))
    _write(
        cluster.data / "pg_hba.conf",
        f"local all {SUPERUSER} peer map=boot\nlocal all all scram-sha-256\n",
    )


def _point_to_shared(link: Path) -> None:
    home = shared_folder() / f"data-{_digest(link)}"
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_symlink():
        link.unlink()
    link.symlink_to(home)


def _check_owner(cluster: Cluster, account: Account) -> None:
    if not cluster.data.exists():
        return
    owner = cluster.data.stat().st_uid
    expected = os.geteuid() if account.uid is None else account.uid
    if owner != expected:
        raise EmbeddedError(
            f"{cluster.data} was made by another user (id {owner}), and PostgreSQL only runs as that user. "
            "Start Concordat as that user, or set CONCORDAT_DATA_DIR to a folder of your own."
        )


def _check_version(cluster: Cluster) -> None:
    try:
        major = (cluster.data / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise EmbeddedError(
            f"{cluster.data} is there but is not a complete PostgreSQL data folder. "
            f"Move it away if you need it, else remove {cluster.home}, and start again."
        ) from error
    if major != str(MINIMUM_MAJOR):
        raise EmbeddedError(
            f"{cluster.data} was made by PostgreSQL {major}; this Concordat runs PostgreSQL {MINIMUM_MAJOR}. "
            f"Export its data with PostgreSQL {major}, or start over: concordat demo --fresh."
        )


def _give_sockets(cluster: Cluster, account: Account) -> None:
    """A folder in the shared temporary space: refuse one that somebody else put there first."""
    folder = cluster.sockets
    folder.mkdir(mode=0o700, exist_ok=True)
    ours = {os.geteuid(), account.uid}
    if folder.is_symlink() or folder.stat().st_uid not in ours:
        raise EmbeddedError(
            f"{folder} belongs to another user. Remove it, or set CONCORDAT_DATA_DIR to a shorter path."
        )
    give(account, folder=folder)


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o644)  # the folder above is private; root writes what the server's account must read


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:12]


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
