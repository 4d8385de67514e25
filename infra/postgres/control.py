"""Starting and stopping the server's process, whatever its last life left behind."""

import time
from pathlib import Path

import psutil

from infra.postgres.binaries import ProgramError, Programs
from infra.postgres.cluster import Cluster
from infra.postgres.errors import EmbeddedError

RECOVERY_SECONDS = 3600
ATTEMPTS = 30
_LEFT_OVER = "shared memory block"  # the last server was killed and its children are still leaving


def running_pid(cluster: Cluster) -> int | None:
    """The process id of the cluster's server, or None when none runs."""
    pid = _recorded_pid(cluster)
    return pid if pid is not None and _serves(pid, cluster.data) else None


def start(cluster: Cluster, *, programs: Programs) -> int:
    """Start the server, or find it running, and return its process id.

    Waits out a crash recovery of up to an hour; a Ctrl-C meanwhile ends the server too.
    Raises `EmbeddedError` with the server's own last words when it does not come up.
    """
    running = running_pid(cluster)
    if running is not None:
        return running
    # PostgreSQL takes a killed one, whom nobody has buried yet, for a living one
    for left in (cluster.data / "postmaster.pid", cluster.sockets / ".s.PGSQL.5432.lock"):
        left.unlink(missing_ok=True)
    options = ("-D", str(cluster.data), "-w", "-s", "-t", str(RECOVERY_SECONDS), "-l", str(cluster.log))
    for attempt in range(ATTEMPTS):
        before = _length(cluster.log)
        try:
            programs.run("pg_ctl", *options, "start", cwd=cluster.home)
            break
        except ProgramError as error:
            # not only the last lines: each of a killed server's children that leaves meanwhile writes one as well
            words = _words_since(before, cluster.log)
            if _LEFT_OVER not in words or attempt == ATTEMPTS - 1:
                raise _refused(cluster, words) from error
            time.sleep(1)
    started = running_pid(cluster)
    if started is None:
        raise _refused(cluster, _words_since(before, cluster.log))
    return started


def stop(cluster: Cluster, *, programs: Programs) -> None:
    """Stop the server if it runs: open sessions are ended, committed work is kept."""
    pid = running_pid(cluster)
    if pid is None:
        return
    for mode, seconds in (("fast", "30"), ("immediate", "10")):
        try:
            options = ("-D", str(cluster.data), "-m", mode, "-w", "-t", seconds, "stop")
            programs.run("pg_ctl", *options, cwd=cluster.home)
            return
        except ProgramError:
            if running_pid(cluster) is None:
                return
    raise EmbeddedError(f"PostgreSQL (process {pid}) does not stop; end it by hand: kill -QUIT {pid}")


def _recorded_pid(cluster: Cluster) -> int | None:
    try:
        return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _serves(pid: int, data: Path) -> bool:
    """Whether that process is this cluster's server and not a stranger that was given its old number."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and str(data) in process.cmdline()
    except psutil.Error:
        return False


def _length(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _words_since(length: int, log: Path) -> str:
    try:
        return log.read_bytes()[length:].decode(errors="replace")
    except OSError:
        return ""


def _refused(cluster: Cluster, words: str) -> EmbeddedError:
    fatal = [line for line in words.splitlines() if "FATAL" in line or "PANIC" in line]
    reason = fatal[-1].split(": ", 1)[-1].strip() if fatal else "it left no reason"
    return EmbeddedError(f"PostgreSQL did not start: {reason}. Its whole story is in {cluster.log}.")
