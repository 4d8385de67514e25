"""Which processes we started, kept in a file, so that what a `kill -9` left behind can be stopped later.

A process number alone may by then belong to a stranger; the time the process began tells them apart.
"""

import contextlib
import json
import os
import signal
from collections.abc import Iterable
from pathlib import Path

import psutil

PATIENCE_SECONDS = 5.0


def write(path: Path, *, pids: Iterable[int]) -> None:
    """Record those of the processes that run now; each must lead a process group of its own."""
    path.write_text(json.dumps([[pid, began] for pid in pids if (began := _began(pid)) is not None]))


def stop_recorded(path: Path) -> int:
    """Stop what the record names and still runs; return how many there were. The record is removed."""
    left = [pid for pid, began in _read(path) if _began(pid) == began]
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, number)
        psutil.wait_procs(_running(left), timeout=PATIENCE_SECONDS)
    path.unlink(missing_ok=True)
    return len(left)


def _read(path: Path) -> list[tuple[int, float]]:
    try:
        return [(int(pid), float(began)) for pid, began in json.loads(path.read_text())]
    except (OSError, ValueError):
        return []


def _began(pid: int) -> float | None:
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None


def _running(pids: Iterable[int]) -> list[psutil.Process]:
    return [process for pid in pids if (process := _process(pid)) is not None]


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.Error:  # it ended at this moment: who asks first whether it is there is told too late
        return None
