"""One measured cell: wrk on one contender for a few seconds, and what it cost both servers in processor time."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.peer.graphile import NotHere
from tests.benchmarks.peer.request import SCRIPT

PATIENCE = 30  #: seconds after which an answer counts as none


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Times in milliseconds: to answer, and of processor per request."""

    requests: int
    per_second: float
    p50: float
    p99: float
    server_cpu: float
    postgres_cpu: float


def check_there() -> None:
    """Raise `NotHere` when wrk is not installed."""
    if shutil.which("wrk") is None:
        raise NotHere("The comparison needs wrk, which is not on this machine (Debian: apt-get install wrk).")


def measure(
    address: str, prepared: Path, *, connections: int, seconds: float, server: psutil.Process, postgres: psutil.Process
) -> Cell:
    """Send prepared requests for that long. Raises `AssertionError` for an answer that is not 200."""
    before = processor_seconds(server), processor_seconds(postgres)
    how_long = (f"-d{seconds:g}s", f"--timeout={PATIENCE}s")
    command = ("wrk", "-t1", f"-c{connections}", *how_long, "-s", str(SCRIPT), address, "--", str(prepared))
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = processor_seconds(server), processor_seconds(postgres)
    found = json.loads(said.splitlines()[-1])
    count = found["requests"]
    assert count > 0, f"{address} did not answer once"
    assert found["bad"] == 0, f"{address}: {found}"
    return Cell(
        requests=count,
        per_second=count / (found["microseconds"] / 1e6),
        p50=found["p50"] / 1000,
        p99=found["p99"] / 1000,
        server_cpu=1000 * (after[0] - before[0]) / count,
        postgres_cpu=1000 * (after[1] - before[1]) / count,
    )


def processor_seconds(process: psutil.Process) -> float:
    """Return what a process, its threads and its children have run so far, from the scheduler's own books."""
    nanoseconds = 0
    for one in (process, *process.children(recursive=True)):
        for task in Path(f"/proc/{one.pid}/task").glob("*/schedstat"):
            try:
                nanoseconds += int(task.read_text().split()[0])
            except OSError:
                continue  # it has ended meanwhile
    return nanoseconds / 1e9
