"""The operating-system account that PostgreSQL runs as, and folders that account can reach.

PostgreSQL refuses to run as root. Started by root, it runs as `embedded_postgres`; nobody's existing folder
is opened for it: where it may not walk, programs are copied and data is kept below `SHARED`.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.postgres.errors import EmbeddedError

ACCOUNT = "embedded_postgres"
SHARED = Path("/var/lib/concordat")


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who PostgreSQL runs as; `uid` and `gid` are None when that is simply us."""

    name: str
    uid: int | None
    gid: int | None


def server_account() -> Account:
    """The account for the server: ourselves, or for root a system user, made when it is missing.

    Raises `EmbeddedError` when root cannot make that user.
    """
    if os.geteuid() != 0:
        return Account(name=current_user(), uid=None, gid=None)
    entry = _find(ACCOUNT) or _create(ACCOUNT)
    return Account(name=ACCOUNT, uid=entry.pw_uid, gid=entry.pw_gid)


def current_user() -> str:
    """Our own name, or the number PostgreSQL's peer check would not know, as an `EmbeddedError`."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as error:
        raise EmbeddedError(
            f"The user id {os.geteuid()} has no name on this machine, so PostgreSQL cannot recognise it. "
            "Run as a user listed in /etc/passwd, or set the five CONCORDAT_DATABASE_*URL variables."
        ) from error


def can_reach(account: Account, *, folder: Path) -> bool:
    """Whether the account may walk down to `folder`, judged by the permissions of every folder above it."""
    return account.uid is None or all(_lets_through(parent, account) for parent in folder.resolve().parents)


def give(account: Account, *, folder: Path) -> None:
    """Make `folder` private to the account (mode 0700)."""
    folder.mkdir(parents=True, exist_ok=True)
    if account.uid is not None and account.gid is not None:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(stat.S_IRWXU)


def shared_folder() -> Path:
    """`SHARED`, made by root for what the account must reach."""
    try:
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(
            f"{SHARED} cannot be made ({error.strerror}), and {ACCOUNT} may not enter the present folder. "
            "Keep Concordat in a folder that everyone may enter, such as /srv/concordat."
        ) from error
    return SHARED


def _lets_through(folder: Path, account: Account) -> bool:
    status = folder.stat()
    return bool(status.st_mode & stat.S_IXOTH) or status.st_uid == account.uid


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create(name: str) -> pwd.struct_passwd:
    command = shutil.which("useradd")
    if command is not None:
        subprocess.run([command, "--system", "--no-create-home", name], check=False, capture_output=True)
    entry = _find(name)
    if entry is None:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and the user {name} could not be made. "
            f"Make it (useradd --system {name}), or run Concordat as an ordinary user."
        )
    return entry
