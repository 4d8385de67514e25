"""Start, kill and end real worker processes against the test cluster."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.cluster import CONTEXT_KEY, SECRET_KEY, Cluster

ROOT = Path(__file__).parents[2]


def environment(cluster: Cluster, *, folder: Path) -> dict[str, str]:
    """Return the variables of a process on the test cluster."""
    names = {"app": "", "worker": "WORKER_", "national": "NATIONAL_", "public": "PUBLIC_", "owner": "OWNER_"}
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}",
        "CONCORDAT_CONTEXT_KEY": CONTEXT_KEY.hex(),
        "CONCORDAT_SECRET_KEY": SECRET_KEY,
        "CONCORDAT_DATA_DIR": str(folder),
        "CONCORDAT_WORKER_THREADS": "4",
        "WORKER_FOLDER": str(folder),
    } | {f"CONCORDAT_DATABASE_{part}URL": cluster.dsns[login] for login, part in names.items()}


class WorkerProcess:
    """A worker process that can be killed and started again."""

    def __init__(self, cluster: Cluster, folder: Path, *, module: str, **variables: str) -> None:
        self._folder, self._module = folder, module
        self._environment = environment(cluster, folder=folder) | variables
        self.start()

    def start(self) -> None:
        """Start (again)."""
        with (self._folder / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self._module],
                env=self._environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """kill -9: no handler runs, no connection is closed politely."""
        self.process.kill()
        self.process.wait(timeout=60)

    def terminate(self) -> int:
        """SIGTERM, then the exit code once the messages at work have ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGUSR1)  # every thread writes where it stands
            time.sleep(0.5)
            raise AssertionError(f"the worker does not end:\n{self.log()}") from None

    def log(self) -> str:
        """Return what it wrote."""
        return (self._folder / "worker.log").read_text()


@contextmanager
def worker_process(
    cluster: Cluster, folder: Path, *, module: str = "tests.support.worker_main", **variables: str
) -> Iterator[WorkerProcess]:
    """A running worker, gone at the end of the block whatever happened; `backend.worker` is the service's own."""
    worker = WorkerProcess(cluster, folder, module=module, **variables)
    try:
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.kill()


async def until(condition: Callable[[], Awaitable[bool]], *, seconds: float = 60, why: Callable[[], str]) -> None:
    """Wait until the condition holds; fail with `why()` when it does not in time."""
    end = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < end, why()
        await asyncio.sleep(0.05)
