"""PostgreSQL's programs where the server's account can run them."""

import os
from pathlib import Path

import pytest

from infra.postgres import binaries
from infra.postgres.account import server_account


def test_the_programs_are_postgresql_18(data_dir: Path) -> None:
    data_dir.chmod(0o755)
    assert " 18." in binaries.programs(server_account()).run("postgres", "--version", cwd=data_dir)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a copy")
def test_a_copy_runs_as_the_servers_account(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir.chmod(0o755)
    monkeypatch.setattr(binaries, "shared_folder", lambda: data_dir)
    monkeypatch.setattr(binaries, "_is_readable", lambda _package: False)
    installation = binaries.programs(server_account())
    assert installation.folder.is_relative_to(data_dir)
    assert "18." in installation.run("initdb", "--version", cwd=data_dir)
    assert binaries.programs(server_account()) == installation


def test_a_failing_program_tells_what_it_said(data_dir: Path) -> None:
    data_dir.chmod(0o755)
    with pytest.raises(binaries.ProgramError, match="no-such-option"):
        binaries.programs(server_account()).run("initdb", "--no-such-option", cwd=data_dir)
