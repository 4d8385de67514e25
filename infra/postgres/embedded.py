"""A PostgreSQL 18 of our own, for demo and tests: `start(data_dir)`, then `server.stop()`.

It listens on a unix socket only, works for root and for an ordinary user, trusts no connection, survives
`kill -9` of itself and of whoever started it, and stays up until somebody stops it.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from infra.postgres import cluster as clusters
from infra.postgres import control
from infra.postgres.account import server_account
from infra.postgres.binaries import Programs, programs
from infra.postgres.cluster import SUPERUSER, Cluster
from infra.postgres.errors import EmbeddedError
from infra.postgres.logins import DATABASE, LOGINS
from infra.postgres.provision import provision
from infra.postgres.secrets_file import load_or_create


@dataclass(frozen=True, kw_only=True)
class EmbeddedServer:
    """A running embedded server. `pid` is its first process; `log` is the file it writes to."""

    pid: int
    log: Path
    socket_dir: Path
    passwords: dict[str, str] = field(repr=False)
    _cluster: Cluster = field(repr=False)
    _programs: Programs = field(repr=False)

    def dsn(self, login: str, *, database: str = DATABASE) -> str:
        """The connection string of a login (`concordat_app`, ...) for asyncpg, psycopg and Piccolo."""
        return self._dsn(f"{login}:{self.passwords[login]}", database)

    def superuser_dsn(self, *, database: str = "postgres") -> str:
        """The superuser's connection string; works only for the operating-system user that started it."""
        return self._dsn(SUPERUSER, database)

    def environment(self, *, database: str = DATABASE) -> dict[str, str]:
        """The five `CONCORDAT_DATABASE_*URL` variables, ready for `os.environ` or a child process."""
        return {f"CONCORDAT_{login.variable}": self.dsn(login.name, database=database) for login in LOGINS}

    def stop(self) -> None:
        """Stop the server; sessions still open are ended, committed work is kept. Twice does no harm."""
        control.stop(self._cluster, programs=self._programs)

    def _dsn(self, who: str, database: str) -> str:
        return f"postgresql://{who}@/{database}?host={quote(str(self.socket_dir), safe='')}"


def start(data_dir: Path, *, durable: bool = True) -> EmbeddedServer:
    """Start the server kept in `data_dir/postgres`, making it at the first time, or find it running.

    The five logins and the database `concordat` exist afterwards, without any table. `durable=False` is for
    tests: much faster, and unsafe when the machine (not the process) dies. May be called from several
    processes at once. Blocks for about 1 s the first time, 0.2 s later, longer after a crash.

    Raises `EmbeddedError`, a sentence that says what to do.
    """
    data_dir = data_dir.absolute()
    _make(data_dir)
    with _only_one(data_dir):
        account = server_account()
        cluster = clusters.locate(data_dir, account=account)
        installation = programs(account)
        clusters.ensure_made(cluster, programs=installation)
        if control.running_pid(cluster) is None:
            clusters.configure(cluster, account=account, durable=durable)
        passwords = load_or_create(data_dir / "logins.json", names=[login.name for login in LOGINS])
        server = EmbeddedServer(
            pid=control.start(cluster, programs=installation),
            log=cluster.log,
            socket_dir=cluster.sockets,
            passwords=passwords,
            _cluster=cluster,
            _programs=installation,
        )
        _provision(server)
    return server


def stop(data_dir: Path) -> None:
    """Stop the server of `data_dir` if one runs there, whoever started it."""
    if is_running(data_dir):
        control.stop(_cluster_of(data_dir), programs=programs(server_account()))


def is_running(data_dir: Path) -> bool:
    """Whether the server of `data_dir` runs now."""
    return control.running_pid(_cluster_of(data_dir)) is not None


def remove(data_dir: Path) -> None:
    """Stop the server of `data_dir` and remove its data, its passwords and nothing else. No way back."""
    stop(data_dir)
    home = data_dir.absolute() / "postgres"
    shutil.rmtree(home.resolve(), ignore_errors=True)
    if home.is_symlink():
        home.unlink()
    (data_dir / "logins.json").unlink(missing_ok=True)


def _cluster_of(data_dir: Path) -> Cluster:
    return Cluster(home=(data_dir.absolute() / "postgres").resolve())


def _make(data_dir: Path) -> None:
    """The folder, and the right to walk through it: the server's account must reach what lies inside."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            data_dir.chmod(data_dir.stat().st_mode | 0o011)
    except OSError as error:
        raise EmbeddedError(
            f"The data folder {data_dir} cannot be made ({error.strerror}). "
            "Set CONCORDAT_DATA_DIR to a folder that you may write to."
        ) from error


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    try:
        lock = (data_dir / "postgres.lock").open("w")
    except OSError as error:
        raise EmbeddedError(
            f"The data folder {data_dir} cannot be written ({error.strerror}). "
            "Mend its permissions, or set CONCORDAT_DATA_DIR to a folder of your own."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _provision(server: EmbeddedServer) -> None:
    try:
        provision(superuser_dsn=server.superuser_dsn(), passwords=server.passwords)
    except psycopg.Error as error:
        raise EmbeddedError(f"PostgreSQL runs but could not be set up: {str(error).strip()}") from error
