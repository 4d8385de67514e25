"""The forces as an agency of the sandbox. `GET /api/forces`, `GET /api/forces/{id}`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.messages import Reply, Request, json_reply

FORCES = {
    "ashdale": "Ashdale Constabulary",
    "brambleshire": "Brambleshire Police",
    "combe-and-tarn": "Combe & Tarn Constabulary",
    "northern-ireland": "Police Service of Northern Ireland",
}


class Forces:
    """The forces by id."""

    def __init__(self, listed: Mapping[str, str]) -> None:
        self.listed = listed
        self.reset()

    def reset(self) -> None:
        """As at the start."""
        self.named = dict(self.listed)


def make(setup: Setup) -> Agency:
    """The directory: the forces that it is told to hold (`{id: name}`), or its own."""
    forces = Forces(setup.holds or FORCES)
    return Agency(
        name="datapolice",
        label="data.police.uk: the directory of forces",
        routes=[
            Route(method="GET", path="/api/forces", handler=partial(_all, forces)),
            Route(method="GET", path="/api/forces/{id}", handler=partial(_one, forces)),
        ],
        actions={"name": partial(_name, forces), "remove": partial(_remove, forces)},
        error=lambda status: Reply(status=status, body=b"Not Found" if status == 404 else b""),
        seen=lambda: {"forces": forces.named},
        reset=forces.reset,
    )


def _all(forces: Forces, request: Request) -> Reply:  # noqa: ARG001
    return json_reply([{"id": key, "name": name} for key, name in sorted(forces.named.items())])


def _one(forces: Forces, request: Request) -> Reply:
    key = request.parts["id"]
    if key not in forces.named:
        return Reply(status=404, body=b"Not Found", headers={"Content-Type": "text/plain"})
    told: dict[str, Any] = {"id": key, "name": forces.named[key], "description": "<p>An invented force.</p>"}
    return json_reply({**told, "url": f"https://{key}.example", "telephone": "101", "engagement_methods": []})


def _name(forces: Forces, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A force is there under a name: `id`, `name`."""
    forces.named[str(told["id"])] = str(told["name"])
    return {}


def _remove(forces: Forces, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A force is gone: `id`."""
    del forces.named[str(told["id"])]
    return {}
