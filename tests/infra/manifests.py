"""The Kubernetes files as what they say: objects, containers, and what each container is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tests.shape.files import ROOT

FOLDER = ROOT / "infra" / "deploy" / "kubernetes"
OURS = "concordat"  #: the name of the image of every process of ours
RUNNING = ("Deployment", "StatefulSet", "Job")


@dataclass(frozen=True, kw_only=True)
class Pod:
    """One kind of pod: the object that makes it, its template, how many there are."""

    name: str
    kind: str
    replicas: int
    spec: dict[str, Any]
    labels: dict[str, str]

    def containers(self) -> list[dict[str, Any]]:
        return [*self.spec.get("initContainers", []), *self.spec["containers"]]


def objects() -> list[dict[str, Any]]:
    """Every object that `kubectl apply -k` would make."""
    listed = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())["resources"]
    return [made for name in listed for made in yaml.safe_load_all((FOLDER / name).read_text())]


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [made for made in objects() if made["kind"] == kind]


def pods() -> list[Pod]:
    found = []
    for made in objects():
        if made["kind"] in RUNNING:
            template = made["spec"]["template"]
            found.append(
                Pod(
                    name=made["metadata"]["name"],
                    kind=made["kind"],
                    replicas=made["spec"].get("replicas", 1),
                    spec=template["spec"],
                    labels=template["metadata"]["labels"],
                )
            )
    return found


def our_containers() -> Iterator[tuple[Pod, dict[str, Any]]]:
    for pod in pods():
        for container in pod.containers():
            if container["image"] == OURS:
                yield pod, container


def values(kind: str, name: str) -> dict[str, str]:
    """What a ConfigMap or a Secret holds; fails when there is none of that name."""
    (made,) = [one for one in of_kind(kind) if one["metadata"]["name"] == name]
    return dict(made.get("data") or made["stringData"])


def told(container: dict[str, Any]) -> dict[str, str]:
    """The environment of a container, later sources over earlier ones, as the cluster does it."""
    environment: dict[str, str] = {}
    for source in container.get("envFrom", []):
        kind = "ConfigMap" if "configMapRef" in source else "Secret"
        environment |= values(kind, (source.get("configMapRef") or source["secretRef"])["name"])
    for entry in container.get("env", []):
        reference = entry.get("valueFrom", {}).get("secretKeyRef")
        known = values("Secret", reference["name"])[reference["key"]] if reference else entry["value"]
        environment[entry["name"]] = known
    return environment
