"""The command line as a person meets it: help, mistakes in a sentence, migrations."""

import socket
import subprocess
import sys
from pathlib import Path

import asyncpg
import click
import pytest
from click.testing import CliRunner

from backend.cli import COMMANDS
from backend.cli.errors import CommandError, sentence_for
from tests.backend.cli.runner import ROOT, concordat, environment


def test_help_lists_every_command(tmp_path: Path) -> None:
    done = concordat("--help", data_dir=tmp_path)
    assert done.returncode == 0
    assert all(str(command.name) in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command: click.Command) -> None:
    shown = CliRunner().invoke(command, ["--help"])
    assert shown.exit_code == 0
    assert command.help is not None
    assert len(command.help) > 60


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_wrong_settings_are_a_list_not_a_traceback(tmp_path: Path, command: str) -> None:
    done = concordat(command, data_dir=tmp_path, PORT="abc", MAIL_TRANSPORT="pigeon")
    assert done.returncode == 1
    assert "CONCORDAT_PORT must be a whole number" in done.stderr
    assert "CONCORDAT_MAIL_TRANSPORT must be one of" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_sql_for_an_administrator_needs_no_database(tmp_path: Path) -> None:
    done = concordat("migrate", "--print-logins", data_dir=tmp_path)
    assert "CREATE ROLE concordat_national" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_migrating_twice_does_nothing_the_second_time(data_dir: Path) -> None:
    first = concordat("migrate", data_dir=data_dir)
    second = concordat("migrate", data_dir=data_dir)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "tenancy" in first.stdout
    assert "Nothing to do." in second.stdout


NOWHERE = {
    f"DATABASE_{name}": "postgresql://concordat@127.0.0.1:1/x"
    for name in ("URL", "WORKER_URL", "NATIONAL_URL", "PUBLIC_URL", "OWNER_URL")
} | {"SECRET_KEY": "k" * 32, "CONTEXT_KEY": "ab" * 32}


def test_a_port_that_another_program_holds_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        done = concordat("serve", data_dir=tmp_path, PORT=str(port), **NOWHERE)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Concordat cannot listen on 127.0.0.1, port {port}: another program does")
    assert done.stderr.count("\n") == 1


def test_an_unreachable_database_is_a_sentence(tmp_path: Path) -> None:
    done = concordat("migrate", data_dir=tmp_path, **NOWHERE)
    assert done.returncode == 1
    assert "The database cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_that_the_database_does_not_know_is_no_question_of_addresses() -> None:
    sentence = sentence_for(asyncpg.InvalidAuthorizationSpecificationError("tenant context: unknown key")) or ""
    assert sentence.startswith("The database does not accept what CONCORDAT_CONTEXT_KEY signs (tenant context: ")


def test_a_full_disk_is_said_as_such() -> None:
    sentence = sentence_for(asyncpg.DiskFullError("could not extend file")) or ""
    assert sentence.startswith("The database has no room left: could not extend file. Nothing was changed.")


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    assert sentence_for(CommandError("do this")) == "do this"
    assert sentence_for(KeyError("area")) is None
    assert sentence_for(PermissionError(13, "Permission denied")) is None, "which names no file"


def test_a_web_process_carries_nothing_that_only_other_commands_need() -> None:
    """The embedded server's driver alone was 10 MB of every web process."""
    script = "import sys, backend.cli, backend.app; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment(ROOT), capture_output=True, text=True, check=True
    )
    assert "litestar" in done.stdout
    assert [name for name in ("psycopg", "openpyxl", "pika", "psutil") if f"'{name}'" in done.stdout] == []
