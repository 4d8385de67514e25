"""What a killed supervisor left behind is stopped by the next; a stranger with the same number is not."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from infra import process_record


@pytest.fixture
def left_over() -> Iterator["subprocess.Popen[bytes]"]:
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    with subprocess.Popen(command, start_new_session=True) as process:
        yield process
        process.kill()


def test_a_recorded_process_is_stopped(left_over: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    record = tmp_path / "processes.json"
    process_record.write(record, pids=[left_over.pid])
    assert process_record.stop_recorded(record) == 1
    assert not psutil.pid_exists(left_over.pid)
    assert not record.exists()


def test_a_stranger_with_its_number_is_left(left_over: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    record = tmp_path / "processes.json"
    record.write_text(json.dumps([[left_over.pid, 12345.0]]))
    assert process_record.stop_recorded(record) == 0
    assert left_over.poll() is None


@pytest.mark.parametrize("text", ["", "{", "[[1]]", '[["a", "b"]]'])
def test_a_damaged_record_stops_nobody(tmp_path: Path, text: str) -> None:
    record = tmp_path / "processes.json"
    record.write_text(text)
    assert process_record.stop_recorded(record) == 0
    assert not record.exists()


def test_no_record_is_no_work(tmp_path: Path) -> None:
    assert process_record.stop_recorded(tmp_path / "none.json") == 0


def test_one_that_ends_while_it_is_looked_for_keeps_nobody_from_being_stopped(
    left_over: "subprocess.Popen[bytes]", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks whether it is there hears yes; a moment later it is gone."""
    record, gone = tmp_path / "processes.json", subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    process_record.write(record, pids=[gone.pid, left_over.pid])
    assert len(json.loads(record.read_text())) == 2
    found = dict(json.loads(record.read_text()))
    gone.wait()
    with monkeypatch.context() as patched:
        patched.setattr(process_record, "_began", found.get)
        patched.setattr(psutil, "pid_exists", lambda pid: True)
        assert process_record.stop_recorded(record) == 2
    assert not psutil.pid_exists(left_over.pid)
    assert not record.exists()
