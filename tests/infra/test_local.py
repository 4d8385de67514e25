"""Settings of a command on this machine: the embedded server when no database is named."""

import os
from pathlib import Path

import psycopg
import pytest

from infra.local import ready_settings
from infra.postgres import embedded


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())
    for name in [name for name in os.environ if name.startswith("CONCORDAT_")]:
        del os.environ[name]
    os.environ["CONCORDAT_DATA_DIR"] = str(data_dir)


def test_the_server_runs_only_meanwhile(data_dir: Path) -> None:
    with ready_settings() as settings:
        psycopg.connect(settings.dsn("app")).close()
        assert not settings.is_embedded
    assert not embedded.is_running(data_dir)


def test_a_server_that_ran_before_keeps_running(data_dir: Path) -> None:
    embedded.start(data_dir, durable=False)
    with ready_settings() as settings:
        psycopg.connect(settings.dsn("worker")).close()
    assert embedded.is_running(data_dir)


def test_keys_are_kept_between_commands(data_dir: Path) -> None:
    embedded.start(data_dir, durable=False)
    seen = []
    for _ in range(2):
        os.environ.pop("CONCORDAT_CONTEXT_KEY", None)
        for name in [name for name in os.environ if name.startswith("CONCORDAT_DATABASE")]:
            del os.environ[name]
        with ready_settings() as settings:
            seen.append((settings.context_key.get_secret_value(), settings.secret_key.get_secret_value()))
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 64


def test_a_named_database_is_left_as_it_is() -> None:
    names = ("URL", "WORKER_URL", "NATIONAL_URL", "PUBLIC_URL", "OWNER_URL")
    for name in names:
        os.environ[f"CONCORDAT_DATABASE_{name}"] = "postgresql://concordat@db.example.org/concordat"
    os.environ |= {"CONCORDAT_SECRET_KEY": "k" * 32, "CONCORDAT_CONTEXT_KEY": "ab" * 32}
    with ready_settings() as settings:
        assert settings.dsn("app") == "postgresql://concordat@db.example.org/concordat"
