"""The embedded server as everyone uses it: started, connected to, stopped, started again."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from infra.postgres import embedded
from infra.postgres.embedded import EmbeddedServer
from infra.postgres.logins import LOGINS


@pytest.mark.parametrize("login", [login.name for login in LOGINS])
def test_every_login_connects_with_its_own_password(server: EmbeddedServer, login: str) -> None:
    with psycopg.connect(server.dsn(login)) as connection:
        who = connection.execute("select current_user, current_database()").fetchone()
    assert who == (login, "concordat")


def test_a_wrong_password_is_refused(server: EmbeddedServer) -> None:
    forged = server.dsn("concordat_app").replace(server.passwords["concordat_app"], "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(forged)


def test_no_rule_trusts_a_connection(server: EmbeddedServer) -> None:
    with psycopg.connect(server.superuser_dsn()) as connection:
        rules = connection.execute("select type, auth_method from pg_hba_file_rules").fetchall()
    assert rules == [("local", "peer"), ("local", "scram-sha-256")]


def test_it_listens_on_no_network_address(server: EmbeddedServer) -> None:
    with psycopg.connect(server.superuser_dsn()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_sockets_data_and_passwords_are_private(server: EmbeddedServer) -> None:
    passwords = server.log.parent.parent / "logins.json"
    assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    assert server.passwords["concordat_app"] not in repr(server)


def test_the_server_never_runs_as_root(server: EmbeddedServer) -> None:
    assert Path(f"/proc/{server.pid}").stat().st_uid != 0


def test_starting_again_finds_the_running_server(server: EmbeddedServer) -> None:
    again = embedded.start(server.log.parent.parent)
    assert (again.pid, again.passwords) == (server.pid, server.passwords)


def test_data_and_passwords_outlive_a_stop(data_dir: Path) -> None:
    first = embedded.start(data_dir)
    with psycopg.connect(first.dsn("concordat_owner")) as connection:
        connection.execute("create table kept as select 1 as one")
    first.stop()
    first.stop()
    second = embedded.start(data_dir)
    with psycopg.connect(second.dsn("concordat_owner")) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)
    assert second.passwords == first.passwords


def test_its_environment_names_the_five_addresses(server: EmbeddedServer) -> None:
    assert sorted(server.environment()) == [
        "CONCORDAT_DATABASE_NATIONAL_URL",
        "CONCORDAT_DATABASE_OWNER_URL",
        "CONCORDAT_DATABASE_PUBLIC_URL",
        "CONCORDAT_DATABASE_URL",
        "CONCORDAT_DATABASE_WORKER_URL",
    ]


def test_a_long_path_moves_the_sockets_not_the_data(data_dir: Path) -> None:
    deep = data_dir / ("a-rather-long-folder-name-" * 4)
    data_dir.chmod(0o711)
    server = embedded.start(deep, durable=False)
    try:
        assert len(os.fsencode(server.socket_dir)) < 80
        assert server.log.is_relative_to(deep)
        psycopg.connect(server.dsn("concordat_app")).close()
    finally:
        server.stop()
        server.socket_dir.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_root_opens_no_folder_that_was_closed(data_dir: Path) -> None:
    closed = data_dir / "closed"
    closed.mkdir(mode=0o700)
    server = embedded.start(closed / "data", durable=False)
    try:
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        psycopg.connect(server.dsn("concordat_app")).close()
    finally:
        server.stop()
        embedded.remove(closed / "data")
    assert not server.log.exists()
