"""The container files, as far as they can be tried without an engine: names, values and the logins they make."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from infra.deploy.logins import passwords
from infra.postgres.logins import LOGINS
from infra.queue.process import DRAIN_MILLISECONDS
from infra.queue.registry import QUEUES
from infra.settings import PREFIX, Settings, load_settings
from tests.infra.manifests import values
from tests.shape.files import ROOT

DEPLOY = ROOT / "infra" / "deploy"
SERVICES: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"] == "concordat")
VALUES = {
    "BASE_URL": "https://concordat.example.org",
    "SECRET_KEY": "0" * 64,
    "CONTEXT_KEY": "a" * 64,
    "MAIL_FROM": "concordat@example.org",
    "SMTP_HOST": "smtp.example.org",
}


def environment(service: str) -> dict[str, str]:
    """What a container would be given, with `.env` filled in."""

    def filled(match: re.Match[str]) -> str:
        return VALUES.get(match["name"], match["default"] or ("" if ":-" in match[0] else "password"))

    variable = re.compile(r"\$\{(?P<name>\w+)(?::(?:-(?P<default>[^}]*)|\?[^}]*))?\}")
    return {name: variable.sub(filled, str(value)) for name, value in SERVICES[service]["environment"].items()}


@pytest.mark.parametrize("service", OURS)
def test_every_setting_named_is_known_and_together_they_are_accepted(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = environment(service)
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert {name for name in given if name.startswith(PREFIX)} <= known
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.is_production, settings.is_embedded) == (True, False)


def test_only_those_that_need_it_hold_the_owners_password() -> None:
    holders = {name for name in OURS if "OWNER_PASSWORD" in str(SERVICES[name]["environment"])}
    assert holders == {"logins", "migrate"}


def test_only_the_maker_of_logins_knows_the_superuser() -> None:
    holders = {name for name in OURS if "SUPERUSER" in str(SERVICES[name]["environment"])}
    assert holders == {"logins"}


def test_the_logins_are_given_the_passwords_of_their_addresses() -> None:
    assert passwords(environment("logins")) == {login.name: "password" for login in LOGINS}


def test_an_address_of_another_login_is_named() -> None:
    swapped = environment("logins") | {"CONCORDAT_DATABASE_URL": environment("logins")["CONCORDAT_DATABASE_WORKER_URL"]}
    with pytest.raises(ValueError, match="CONCORDAT_DATABASE_URL must be the address of concordat_app"):
        passwords(swapped)


@pytest.mark.parametrize("service", OURS)
def test_containers_start_what_the_command_line_has(service: str) -> None:
    from backend.cli import concordat

    started = SERVICES[service]["command"]
    assert started == [] or started[0] in concordat.commands


def test_what_the_image_copies_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert {f"{path.name}/" for path in ROOT.iterdir() if (path / "__init__.py").exists()} - {"tests/"} <= set(copied)


def test_every_variable_of_the_env_file_is_told() -> None:
    told = (DEPLOY / "README.md").read_text()
    needed = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text()))
    assert sorted(name for name in needed if f"`{name}`" not in told) == []


def test_every_queue_has_a_consumer() -> None:
    workers = [name for name in OURS if SERVICES[name]["command"] == ["worker"]]
    served = {queue for name in workers for queue in environment(name)["CONCORDAT_WORKER_QUEUES"].split(",")}
    assert served == set(QUEUES)


@pytest.mark.parametrize("service", OURS)
def test_every_address_leads_to_a_service_of_the_file(service: str) -> None:
    given = environment(service)
    led = {urlsplit(value).hostname for name, value in given.items() if name.startswith("CONCORDAT_DATABASE")}
    assert led == {"database", "replica"}
    broker = urlsplit(given["CONCORDAT_BROKER_URL"])
    made = SERVICES["broker"]["environment"]
    assert (broker.hostname, broker.username, broker.path) == (
        "broker", made["RABBITMQ_DEFAULT_USER"], f"/{made['RABBITMQ_DEFAULT_VHOST']}"
    )  # fmt: skip


def test_files_mounted_from_here_are_here_and_volumes_are_declared() -> None:
    declared = set(yaml.safe_load((DEPLOY / "compose.yaml").read_text())["volumes"])
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (DEPLOY / source).is_file() if source.startswith("./") else source in declared, name


def test_a_worker_is_given_the_time_that_it_takes_to_end() -> None:
    for name in ("worker", "worker-bulk"):
        assert int(SERVICES[name]["stop_grace_period"].rstrip("s")) > DRAIN_MILLISECONDS / 1000 + 10


def test_the_scripts_and_configuration_are_those_that_kubernetes_is_given() -> None:
    assert values("ConfigMap", "broker")["concordat.conf"] == (DEPLOY / "rabbitmq.conf").read_text()
    script = (DEPLOY / "postgres" / "replication.sh").read_text().splitlines()
    assert script[2:] == values("ConfigMap", "database-first-start")["replication.sh"].splitlines()
