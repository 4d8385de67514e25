"""Real child processes: started, watched, and every one of them gone afterwards."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from infra.supervisor import Service, Supervisor, SupervisorError, check_ports

SLEEPER = (sys.executable, "-c", "import time; time.sleep(60)")
STUBBORN = (
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
)
PARENT = (
    sys.executable,
    "-c",
    "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(p.pid, flush=True); time.sleep(60)",
)


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    running = Supervisor(logs=tmp_path / "logs", record=tmp_path / "processes.json")
    yield running
    running.stop()


def _alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _gone(pid: int) -> bool:
    """Wait until the process has gone: who is killed is reaped when the machine comes to it."""
    deadline = time.monotonic() + 60
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not _alive(pid)


def _wait_for(path: Path) -> str:
    deadline = time.monotonic() + 60
    while not path.exists() or not path.read_text().endswith("\n"):
        assert time.monotonic() < deadline, f"{path} stayed empty"
        time.sleep(0.02)
    return path.read_text().strip()


def _server(*, port: int) -> Service:
    command = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1")
    return Service(name="web", command=command, port=port, health="/", other_port="make demo CONCORDAT_PORT=1")


def test_a_service_is_ready_once_it_answers(supervisor: Supervisor, free_port: int) -> None:
    supervisor.start(_server(port=free_port))
    with socket.create_connection(("127.0.0.1", free_port), timeout=1):
        pass
    supervisor.check()


def test_stop_ends_the_children_of_children(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(Service(name="parent", command=PARENT))
    grandchild = int(_wait_for(tmp_path / "logs" / "parent.log"))
    supervisor.stop()
    assert _gone(grandchild)


def test_stop_leaves_strangers_alone(supervisor: Supervisor) -> None:
    with subprocess.Popen(SLEEPER) as stranger:
        supervisor.start(Service(name="ours", command=SLEEPER))
        supervisor.stop()
        assert stranger.poll() is None
        stranger.kill()


def test_a_deaf_child_is_killed(supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.supervisor.STOP_SECONDS", 0.3)
    service = Service(name="deaf", command=STUBBORN)
    supervisor.start(service)
    _wait_for(supervisor.log_of(service))
    [(_, child)] = supervisor._children
    supervisor.stop()
    assert child.returncode == -signal.SIGKILL


def test_a_child_that_fails_at_once_is_told_with_its_last_words(supervisor: Supervisor) -> None:
    command = (sys.executable, "-c", "import sys; sys.exit('no such table: area')")
    with pytest.raises(SupervisorError, match=r"worker ended by itself \(code 1\)[\s\S]*no such table: area"):
        supervisor.start(Service(name="worker", command=command, port=1, health="/"))


def test_a_child_killed_later_is_told(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(Service(name="web", command=PARENT))
    _wait_for(tmp_path / "logs" / "web.log")
    [[child, _]] = json.loads((tmp_path / "processes.json").read_text())
    os.kill(child, signal.SIGKILL)
    with pytest.raises(SupervisorError, match="web was ended by SIGKILL"):
        supervisor.watch()


def test_a_service_that_never_answers_is_told(supervisor: Supervisor, free_port: int) -> None:
    silent = Service(name="web", command=SLEEPER, port=free_port, health="/", ready_seconds=0.3)
    with pytest.raises(SupervisorError, match=r"web was not ready within 0 seconds\. Its output"):
        supervisor.start(silent)


UNREADY = """
import http.server, sys
class Unready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503)
        self.end_headers()
        self.wfile.write(b"the database is not migrated\\nthe queue does not answer")
print("starting on port", sys.argv[1], flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Unready).serve_forever()
"""


def test_a_service_that_never_gets_ready_is_told_with_what_it_lacks(
    supervisor: Supervisor, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = (sys.executable, "-c", UNREADY, str(free_port))
    service = Service(name="web", command=command, port=free_port, health="/health/ready")

    def clock() -> float:
        """The time is up as soon as it has answered, however long its start takes."""
        return 61.0 if '"GET /health/ready' in supervisor.log_of(service).read_text() else 0.0

    monkeypatch.setattr("infra.supervisor.time", SimpleNamespace(monotonic=clock, sleep=time.sleep))
    with pytest.raises(SupervisorError) as refused:
        supervisor.start(service)
    told = str(refused.value)
    assert "It says: the database is not migrated; the queue does not answer. Its output is in" in told
    assert "starting on port" in told
    assert " 503 " not in told, "a line for each time it was asked says nothing"


def test_a_busy_port_is_named_with_the_way_out(free_port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        expected = rf"Port {free_port} on 127\.0\.0\.1, wanted for web, is in use .*make demo CONCORDAT_PORT=1"
        with pytest.raises(SupervisorError, match=expected):
            check_ports([_server(port=free_port)])


def test_free_ports_pass(free_port: int) -> None:
    check_ports([_server(port=free_port), Service(name="worker", command=SLEEPER)])
