"""The Kubernetes files, as far as they can be tried without a cluster: nothing named in them is missing elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from litestar.handlers import BaseRouteHandler

from backend.cli import concordat
from backend.web.routes import ROUTES
from backend.worker import DRAIN_MILLISECONDS
from infra.deploy.logins import passwords
from infra.postgres.logins import LOGINS
from infra.queue.registry import QUEUES
from infra.settings import PREFIX, Settings, load_settings
from tests.infra.manifests import FOLDER, Pod, objects, of_kind, our_containers, pods, told, values

CONTAINERS = [pytest.param(pod, one, id=f"{pod.name}/{one['name']}") for pod, one in our_containers()]
KEYS = {"CONCORDAT_SECRET_KEY": "0" * 64, "CONCORDAT_CONTEXT_KEY": "a" * 64}
WORKERS = [(pod, one) for pod, one in our_containers() if one.get("args") == ["worker"]]


def addresses(container: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in told(container).items() if name.endswith("_URL") and "://" in value}


def test_every_file_is_listed() -> None:
    import yaml

    listed = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())["resources"]
    assert sorted(listed) == sorted({file.name for file in FOLDER.glob("*.yaml")} - {"kustomization.yaml"})


def test_no_two_objects_have_one_name() -> None:
    named = [(made["kind"], made["metadata"]["name"]) for made in objects()]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(("pod", "container"), CONTAINERS)
def test_every_setting_named_is_known_and_together_they_are_accepted(
    pod: Pod, container: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = told(container) | KEYS
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert {name for name in given if name.startswith(PREFIX)} <= known
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.is_production, settings.is_embedded) == (True, False)


@pytest.mark.parametrize(("pod", "container"), CONTAINERS)
def test_every_process_started_is_one_of_the_command_line(pod: Pod, container: dict[str, Any]) -> None:
    if "command" in container:
        assert container["command"] == ["python", "-m", "infra.deploy.logins"]
    else:
        assert container["args"][0] in concordat.commands


def test_every_queue_has_a_consumer() -> None:
    working = [told(one)["CONCORDAT_WORKER_QUEUES"] for pod, one in WORKERS if pod.replicas > 0]
    served = {name for queues in working for name in queues.split(",")}
    assert served == set(QUEUES)


def test_there_are_several_of_what_serves() -> None:
    replicas = {pod.name: pod.replicas for pod, _ in our_containers() if pod.kind == "Deployment"}
    assert min(replicas.values()) >= 2, replicas


@pytest.mark.parametrize(("pod", "container"), CONTAINERS)
def test_every_address_leads_to_a_service_by_a_login_that_exists(pod: Pod, container: dict[str, Any]) -> None:
    services = {made["metadata"]["name"] for made in of_kind("Service")}
    logins = {login.name for login in LOGINS} | {"postgres"}
    broker = values("Secret", "broker")
    for name, value in addresses(container).items():
        address = urlsplit(value)
        if name == f"{PREFIX}BASE_URL":
            continue
        assert address.hostname in services, name
        if address.scheme == "postgresql":
            assert address.username in logins, name
        else:
            assert (address.username, address.path) == (
                broker["RABBITMQ_DEFAULT_USER"], f"/{broker['RABBITMQ_DEFAULT_VHOST']}"
            )  # fmt: skip


def test_reading_logins_use_the_replica_and_writing_ones_the_primary() -> None:
    secret = values("Secret", "concordat")
    hosts = {name: urlsplit(value).hostname for name, value in secret.items() if "DATABASE" in name}
    assert {name for name, host in hosts.items() if host == "replica"} == {
        "CONCORDAT_DATABASE_NATIONAL_URL", "CONCORDAT_DATABASE_PUBLIC_URL"
    }  # fmt: skip


def test_the_logins_are_given_the_passwords_of_their_addresses() -> None:
    (maker,) = [one for _, one in our_containers() if one["name"] == "logins"]
    assert passwords(told(maker)) == {login.name: "PASSWORD" for login in LOGINS}


def test_only_those_that_need_it_hold_the_owners_and_the_superusers_password() -> None:
    owners = {pod.name for pod, one in our_containers() if "not-here" not in told(one)["CONCORDAT_DATABASE_OWNER_URL"]}
    superusers = {pod.name for pod, one in our_containers() if "SUPERUSER_URL" in told(one)}
    assert (owners, superusers) == ({"migrate"}, {"migrate"})


def test_every_service_has_pods_that_listen_on_its_port() -> None:
    for service in of_kind("Service"):
        (behind,) = [pod for pod in pods() if service["spec"]["selector"].items() <= pod.labels.items()]
        open_ports = {port["containerPort"] for one in behind.containers() for port in one.get("ports", [])}
        for port in service["spec"]["ports"]:
            assert port.get("targetPort", port["port"]) in open_ports, service["metadata"]["name"]


def test_probes_point_at_routes_that_exist() -> None:
    routes = {path for handler in ROUTES if isinstance(handler, BaseRouteHandler) for path in handler.paths}
    seen = 0
    for pod, container in our_containers():
        environment = told(container)
        web, scraped = int(environment["CONCORDAT_PORT"]), int(environment["CONCORDAT_WORKER_METRICS_PORT"])
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            if probe in container:
                asked = container[probe]["httpGet"]
                assert asked["port"] == (scraped if container["args"] == ["worker"] else web), pod.name
                assert asked["path"] in (("/metrics",) if asked["port"] == scraped else routes), pod.name
                seen += 1
    assert seen >= 7


def test_a_pod_is_given_the_time_that_its_process_takes_to_end() -> None:
    for pod, _ in WORKERS:
        assert pod.spec["terminationGracePeriodSeconds"] > DRAIN_MILLISECONDS / 1000 + 10


def test_what_is_mounted_is_there() -> None:
    claims = {made["metadata"]["name"] for made in of_kind("PersistentVolumeClaim")}
    for made in objects():
        if "template" not in made.get("spec", {}):
            continue
        spec = made["spec"]["template"]["spec"]
        own = {claim["metadata"]["name"] for claim in made["spec"].get("volumeClaimTemplates", [])}
        volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
        for container in [*spec.get("initContainers", []), *spec["containers"]]:
            assert {mount["name"] for mount in container.get("volumeMounts", [])} <= own | set(volumes)
        for volume in volumes.values():
            if "persistentVolumeClaim" in volume:
                assert volume["persistentVolumeClaim"]["claimName"] in claims
            else:
                values("ConfigMap", volume["configMap"]["name"])


def test_web_and_workers_share_the_folder_of_uploads() -> None:
    for pod, container in our_containers():
        if pod.kind == "Deployment":
            mounted = [mount["mountPath"] for mount in container["volumeMounts"]]
            assert mounted == [told(container)["CONCORDAT_DATA_DIR"]]
