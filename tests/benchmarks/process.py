"""Processes that are measured: started on a free port, asked until they answer, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.shape.files import ROOT
from tests.support.cluster import CONTEXT_KEY, SECRET_KEY

QUIET = {
    "CONCORDAT_LOG_LEVEL": "warning",
    "CONCORDAT_RATE_LIMIT_ACCOUNT_PER_MINUTE": "10000000",
    "CONCORDAT_RATE_LIMIT_CLIENT_PER_MINUTE": "10000000",
}


@dataclass(frozen=True, kw_only=True)
class Running:
    """A process and its address."""

    address: str
    process: psutil.Process

    def megabytes(self) -> float:
        """Return its resident memory now, with that of its children."""
        family = [self.process, *self.process.children(recursive=True)]
        return float(sum(one.memory_info().rss for one in family) / 2**20)


def environment(dsns: Mapping[str, str], *, folder: object, port: int) -> dict[str, str]:
    """Return what a process of the product on the test cluster is given."""
    names = {"app": "", "worker": "WORKER_", "national": "NATIONAL_", "public": "PUBLIC_", "owner": "OWNER_"}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CONCORDAT_")},
        **QUIET,
        **{f"CONCORDAT_DATABASE_{part}URL": dsns[login] for login, part in names.items()},
        "CONCORDAT_CONTEXT_KEY": CONTEXT_KEY.hex(),
        "CONCORDAT_SECRET_KEY": SECRET_KEY,
        "CONCORDAT_DATA_DIR": str(folder),
        "CONCORDAT_BASE_URL": f"http://127.0.0.1:{port}",
        "CONCORDAT_PORT": str(port),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}",
    }


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(
    *command: str, port: int, given: Mapping[str, str], path: str | None, log: Path | None = None
) -> Iterator[Running]:
    """Run `python -m …` for the length of the block; `path` is asked until something answers.

    What it says goes to the file `log`, or where this process's own words go.
    """
    with contextlib.nullcontext() if log is None else log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=dict(given), stdout=said, stderr=said
        )
    address = f"http://127.0.0.1:{port}"
    try:
        if path is not None:
            _wait(address + path)
        yield Running(address=address, process=psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait(url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(url, trust_env=False)
            return
        time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")
