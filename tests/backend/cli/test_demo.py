"""`concordat demo` with small stand-ins for its services: what it starts, and that all of it stops."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from infra.postgres import embedded
from tests.backend.cli.runner import ROOT, concordat, environment
from tests.support.ports import unused_port

DRIVER = """
import sys
from backend.cli import demo_nation
from backend.cli.demo_run import run
from backend.cli.errors import told_in_a_sentence
from infra import process_record
from infra.settings import load_settings
from infra.supervisor import Service
demo_nation.BUILDER = "backend.no_nation"  # building one is another test's subject
process_record.PATIENCE_SECONDS = 100  # with what has ended, none is needed
port = int(sys.argv[1])
web = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", "/var/empty")
idle = (sys.executable, "-c", "import time; time.sleep(120)")
services = (
    Service(name="web", command=web, port=port, health="/"),
    Service(name="worker", command=idle),
)
with told_in_a_sentence():
    run(load_settings(), services=services, identity_url="http://127.0.0.1:1", agencies_url="http://127.0.0.1:2",
        fresh="--fresh" in sys.argv)
"""


@contextmanager
def _demo(data_dir: Path, port: int, *options: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", DRIVER.replace("/var/empty", str(data_dir)), str(port), *options]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, env=environment(data_dir), text=True, **streams) as process:
        try:
            yield process
        finally:
            process.kill()


def _until_it_runs(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C stops everything" in line:
            return said
    pytest.fail(f"the demo ended: {said}")


def _started(data_dir: Path) -> list[psutil.Process]:
    pids = [pid for pid, _ in json.loads((data_dir / "processes.json").read_text())]
    return [psutil.Process(pid) for pid in pids]


def _gone(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, timeout=60)[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_everything_it_started(data_dir: Path, free_port: int, number: signal.Signals) -> None:
    with _demo(data_dir, free_port) as process:
        _until_it_runs(process)
        children = _started(data_dir)
        assert embedded.is_running(data_dir)
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
    assert len(children) == 2
    assert _gone(children)
    assert not embedded.is_running(data_dir)


def test_a_child_that_dies_ends_the_demo_with_a_sentence(data_dir: Path, free_port: int) -> None:
    with _demo(data_dir, free_port) as process:
        _until_it_runs(process)
        web, worker = _started(data_dir)
        web.kill()
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 1
    assert "web was ended by SIGKILL" in said
    assert _gone([worker])
    assert not embedded.is_running(data_dir)


def test_after_a_kill_the_next_start_clears_up_and_goes_on(data_dir: Path, free_port: int) -> None:
    with _demo(data_dir, free_port) as process:
        _until_it_runs(process)
        left = _started(data_dir)
        process.kill()
        process.wait()
    assert all(child.is_running() for child in left)
    with _demo(data_dir, free_port) as process:
        began = time.monotonic()
        said = _until_it_runs(process)
        assert time.monotonic() - began < 60
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    assert "ended by force" in said
    assert _gone(left)


def test_a_second_demo_in_the_same_folder_is_refused(data_dir: Path, free_port: int) -> None:
    with _demo(data_dir, free_port) as first:
        _until_it_runs(first)
        with _demo(data_dir, free_port) as second:
            said, _ = second.communicate(timeout=60)
        assert "A demo already runs from" in said
        assert second.returncode == 1
        assert all(child.is_running() for child in _started(data_dir))
        first.send_signal(signal.SIGINT)
        first.wait(timeout=60)


def test_a_busy_port_is_noticed_before_anything_starts(data_dir: Path, free_port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        others = (f"--identity-port={unused_port()}", f"--agencies-port={unused_port()}")  # another demo may run here
        done = concordat("demo", *others, data_dir=data_dir, PORT=str(free_port))
    assert done.returncode == 1
    assert f"Port {free_port} on 127.0.0.1, wanted for web, is in use" in done.stderr
    assert f"CONCORDAT_PORT={free_port + 1}" in done.stderr
    assert not (data_dir / "postgres").exists()


def test_it_refuses_a_database_that_is_not_its_own(tmp_path: Path) -> None:
    names = ("URL", "WORKER_URL", "NATIONAL_URL", "PUBLIC_URL", "OWNER_URL")
    real = {f"DATABASE_{name}": "postgresql://concordat@db.example.org/x" for name in names}
    done = concordat("demo", data_dir=tmp_path, SECRET_KEY="k" * 32, CONTEXT_KEY="ab" * 32, **real)
    assert done.returncode == 1
    assert "only runs on its own embedded server" in done.stderr


def test_a_folder_that_cannot_be_made_is_a_sentence() -> None:
    done = concordat("demo", data_dir=Path("/proc/concordat"))
    assert "The data folder /proc/concordat cannot be written" in done.stderr


def test_an_address_where_nothing_would_listen_is_refused(data_dir: Path) -> None:
    done = concordat("demo", data_dir=data_dir, BASE_URL="http://127.0.0.1:8540", PORT="8541")
    assert done.returncode == 1
    assert "People would be sent to http://127.0.0.1:8540, but the web process listens on port 8541." in done.stderr
    assert "Set CONCORDAT_PORT=8540 as well" in done.stderr
    assert not (data_dir / "postgres").exists()
