"""What an earlier life left behind: mended without asking where that is safe, else told in a sentence."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from infra.postgres import embedded
from infra.postgres.errors import EmbeddedError


def test_a_killed_server_starts_again_with_its_data(data_dir: Path) -> None:
    first = embedded.start(data_dir)
    with psycopg.connect(first.dsn("concordat_owner")) as connection:
        connection.execute("create table kept as select generate_series(1, 1000) as n")
    os.kill(first.pid, signal.SIGKILL)
    assert _ends(first.pid)
    second = embedded.start(data_dir)
    with psycopg.connect(second.dsn("concordat_owner")) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1000,)


def test_a_server_whose_starter_was_killed_is_found_and_stopped(data_dir: Path) -> None:
    code = (
        "import os, pathlib, signal, sys; from infra.postgres import embedded;"
        "print(embedded.start(pathlib.Path(sys.argv[1]), durable=False).pid, flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", code, str(data_dir)]
    pid = int(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert embedded.start(data_dir).pid == pid
    embedded.stop(data_dir)
    assert _ends(pid), "it says that it has stopped a moment before it ends"


def test_a_stranger_with_the_old_process_number_is_left_alone(data_dir: Path) -> None:
    embedded.start(data_dir, durable=False).stop()
    (data_dir / "postgres" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert embedded.start(data_dir, durable=False).pid != os.getpid()


def test_an_interrupted_first_start_is_made_anew(data_dir: Path) -> None:
    unfinished = data_dir / "postgres" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    psycopg.connect(embedded.start(data_dir, durable=False).dsn("concordat_app")).close()
    assert not unfinished.exists()


def test_lost_passwords_are_made_anew(data_dir: Path) -> None:
    first = embedded.start(data_dir, durable=False)
    (data_dir / "logins.json").unlink()
    second = embedded.start(data_dir, durable=False)
    assert first.passwords != second.passwords
    psycopg.connect(second.dsn("concordat_app")).close()


def test_an_unreadable_password_file_is_named(data_dir: Path) -> None:
    (data_dir / "logins.json").write_text("{ half a fi")
    with pytest.raises(EmbeddedError, match=r"logins\.json cannot be read.*remove it to have new passwords"):
        embedded.start(data_dir, durable=False)


def test_a_folder_that_is_not_a_server_is_not_touched(data_dir: Path) -> None:
    precious = data_dir / "postgres" / "data" / "thesis.txt"
    precious.parent.mkdir(parents=True)
    precious.write_text("years of work")
    with pytest.raises(EmbeddedError, match="not a complete PostgreSQL data folder"):
        _start_as_owner_of(precious.parent)
    assert precious.read_text() == "years of work"


def test_a_foreign_version_is_named_with_the_way_out(data_dir: Path) -> None:
    data = data_dir / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedError, match=r"made by PostgreSQL 16.*concordat demo --fresh"):
        _start_as_owner_of(data)
    shutil.rmtree(data)


def test_a_data_folder_that_is_a_file_is_named(data_dir: Path) -> None:
    (data_dir / "taken").write_text("")
    with pytest.raises(EmbeddedError, match=r"cannot be made.*CONCORDAT_DATA_DIR"):
        embedded.start(data_dir / "taken")


def test_a_server_that_cannot_start_says_why_and_where(data_dir: Path) -> None:
    embedded.start(data_dir, durable=False).stop()
    configuration = data_dir / "postgres" / "data" / "postgresql.conf"
    configuration.write_text(configuration.read_text() + "shared_buffers = 'plenty'\n")
    with pytest.raises(EmbeddedError, match=r"did not start: .*/postgres/log"):
        embedded.start(data_dir, durable=False)


def _ends(pid: int) -> bool:
    """Wait until the process has gone, or waits only for its parent to notice."""
    deadline = time.monotonic() + 60
    with contextlib.suppress(psutil.NoSuchProcess):
        while psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
    return True


def _start_as_owner_of(data: Path) -> None:
    """Start on a hand-made folder; as root it is first given to the server's own user."""
    if os.geteuid() == 0:
        shutil.chown(data, "embedded_postgres")
    embedded.start(data.parent.parent, durable=False)
