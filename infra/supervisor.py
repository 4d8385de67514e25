"""Starts a few processes, watches them, and stops exactly those: what `concordat demo` runs on.

Each child has a process group of its own, so that a Ctrl-C at the terminal reaches only the supervisor, and a
stop reaches whatever the child itself started. What a killed supervisor left running is written in its record
file, and is stopped by the next one.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra import process_record
from infra.health import answer, answers, is_free

POLL_SECONDS = 0.1
STOP_SECONDS = 15.0
REAP_SECONDS = 1.0


class SupervisorError(Exception):
    """A process could not be started or has ended by itself; the text says which, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """One process to run. `health` is a path that answers 200 on `port` once it serves; without, it just runs.

    `other_port` is what a person types to have another port when this one is taken."""

    name: str
    command: tuple[str, ...]
    host: str = "127.0.0.1"
    port: int | None = None
    health: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    other_port: str = ""
    ready_seconds: float = 60.0


class Supervisor:
    """The running children, in the order they were started. `logs` is the folder for their output."""

    def __init__(self, *, logs: Path, record: Path) -> None:
        self._logs = logs
        self._record = record
        self._children: list[tuple[Service, subprocess.Popen[bytes]]] = []

    def start(self, service: Service) -> None:
        """Start one service and return when it is ready; raise `SupervisorError` when it does not become so."""
        self._logs.mkdir(parents=True, exist_ok=True)
        with self.log_of(service).open("wb") as log:
            child = subprocess.Popen(
                service.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **service.environment},
                start_new_session=True,
            )
            self._children.append((service, child))
        process_record.write(self._record, pids=[child.pid for _, child in self._children])
        self._await_ready(service, child)

    def watch(self) -> None:
        """Block until a child ends by itself, then raise `SupervisorError`; Ctrl-C passes through."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """Raise `SupervisorError` when a child has ended by itself."""
        for service, child in self._children:
            if child.poll() is not None:
                raise SupervisorError(self._ended(service, child))

    def stop(self) -> None:
        """End every child, last started first; what does not go within seconds, or a second Ctrl-C, is killed."""
        try:
            for _, child in reversed(self._children):
                _signal(child, signal.SIGTERM)
            deadline = time.monotonic() + STOP_SECONDS
            while any(child.poll() is None for _, child in self._children) and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS / 2)
        finally:
            for _, child in self._children:
                _signal(child, signal.SIGKILL)
                child.wait()
                _await_end(child)
            self._children.clear()
            self._record.unlink(missing_ok=True)

    def log_of(self, service: Service) -> Path:
        """The file that holds the service's output since its last start."""
        return self._logs / f"{service.name.replace(' ', '-')}.log"

    def _await_ready(self, service: Service, child: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + service.ready_seconds
        while not _is_ready(service):
            if child.poll() is not None:
                raise SupervisorError(self._ended(service, child))
            if time.monotonic() > deadline:
                raise SupervisorError(self._silent(service))
            time.sleep(POLL_SECONDS)
        self.check()

    def _silent(self, service: Service) -> str:
        return (
            f"{service.name} was not ready within {service.ready_seconds:.0f} seconds.{_what_it_lacks(service)} "
            f"Its output is in {self.log_of(service)}.{self._last_words(service)}"
        )

    def _ended(self, service: Service, child: subprocess.Popen[bytes]) -> str:
        code = child.returncode
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended by itself (code {code})"
        return f"{service.name} {how}. Its output is in {self.log_of(service)}.{self._last_words(service)}"

    def _last_words(self, service: Service) -> str:
        """Return the last lines of its output but those that only tell that it was asked whether it is ready."""
        lines = self.log_of(service).read_text(errors="replace").splitlines()
        telling = [line for line in lines if service.health in (None, "/") or service.health not in line]
        return "".join(f"\n  | {line}" for line in telling[-5:])


def check_ports(services: Iterable[Service]) -> None:
    """Raise `SupervisorError` naming the first port that another program holds; nothing is started yet."""
    for service in services:
        if service.port is not None and not is_free(host=service.host, port=service.port):
            remedy = f", or choose another port: {service.other_port}" if service.other_port else ""
            raise SupervisorError(
                f"Port {service.port} on {service.host}, wanted for {service.name}, is in use by another "
                f"program. Stop that program{remedy}"
            )


def _is_ready(service: Service) -> bool:
    if service.health is None or service.port is None:
        return True
    return answers(host=service.host, port=service.port, path=service.health)


def _what_it_lacks(service: Service) -> str:
    """Return what the service itself says that it still waits for, where it answers at all."""
    if service.health is None or service.port is None:
        return ""
    said = answer(host=service.host, port=service.port, path=service.health).strip()
    return f" It says: {'; '.join(said.splitlines())}." if said else ""


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the whole group, also when the child itself has gone: its own children may still be there."""
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return


def _await_end(child: subprocess.Popen[bytes]) -> None:
    """Until the whole group has gone; a killed process needs a moment, and one that init must reap a little more."""
    deadline = time.monotonic() + REAP_SECONDS
    while time.monotonic() < deadline:
        try:
            os.killpg(child.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(POLL_SECONDS / 10)
