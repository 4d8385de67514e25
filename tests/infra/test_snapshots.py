"""Printed files: refreshed, compared, and left out while their printer does not exist."""

import sys
from pathlib import Path

import pytest

from infra import snapshots
from infra.snapshots import Snapshot

PRINTER = "from pathlib import Path\nPath('printed.txt').write_text('{}\\n')\n"


@pytest.fixture(autouse=True)
def _a_house_with_one_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "demo_printer.py").write_text(PRINTER.format("first"))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(snapshots, "ROOT", tmp_path)
    monkeypatch.setattr(
        snapshots,
        "SNAPSHOTS",
        (
            Snapshot(module="demo_printer", file="printed.txt"),
            Snapshot(module="no_such_house.printer", file="never.txt"),
        ),
    )


def test_a_changed_file_is_named_once(tmp_path: Path) -> None:
    assert snapshots.refresh() == ["printed.txt"]
    assert snapshots.refresh() == []
    (tmp_path / "demo_printer.py").write_text(PRINTER.format("second"))
    assert snapshots.refresh() == ["printed.txt"]
    assert sys.modules.get("demo_printer") is None


def test_the_check_fails_on_a_changed_file_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert snapshots.main(["--check"]) == 1
    assert "printed.txt" in capsys.readouterr().err
    assert snapshots.main(["--check"]) == 0


def test_a_printer_that_is_not_there_yet_is_left_out(tmp_path: Path) -> None:
    assert snapshots.main([]) == 0
    assert not (tmp_path / "never.txt").exists()
