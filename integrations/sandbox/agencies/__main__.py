"""Starts the sandbox. Writes `listening on ADDRESS` once it can be reached; port 0 picks a free one."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import uvicorn

from integrations.sandbox.agencies.agency import Setup
from integrations.sandbox.agencies.controls import controls
from integrations.sandbox.agencies.faults import Faults, fault_of
from integrations.sandbox.agencies.registry import MAKERS
from integrations.sandbox.agencies.server import Sandbox, application


def main() -> None:
    asked = _arguments()
    config = uvicorn.Config(
        "unused", host=asked.host, port=asked.port, lifespan="off", log_level="critical", access_log=False
    )
    listener = config.bind_socket()
    listener.listen()  # so that whoever reads the line below can connect at once
    base_url = (asked.base_url or f"http://{asked.host}:{listener.getsockname()[1]}").rstrip("/")
    nation = json.loads(asked.nation.read_text()) if asked.nation and asked.nation.exists() else {}
    sandbox = build(base_url=base_url, seed=asked.seed, options=_options(asked.set), nation=nation)
    config.app = application(sandbox, controls(sandbox))
    sys.stdout.write(f"listening on {base_url}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listener])


def build(
    *,
    base_url: str,
    seed: int = 1,
    options: Mapping[str, Mapping[str, str]] | None = None,
    nation: Mapping[str, Any] | None = None,
) -> Sandbox:
    """Every agency of the registry, at this address.

    `nation` says what agencies hold, by name, and under `faults` how they misbehave from the start.
    """
    faults, told, holds = Faults(), options or {}, nation or {}
    setups = {
        name: Setup(
            base_url=f"{base_url}/{name}",
            seed=seed,
            options=told.get(name, {}),
            faults=faults,
            holds=holds.get(name),
        )
        for name in MAKERS
    }
    for fault in holds.get("faults", []):
        faults.set(fault["agency"], fault_of(fault))
    return Sandbox(agencies={name: make(setups[name]) for name, make in MAKERS.items()}, faults=faults)


def _options(pairs: Sequence[str]) -> dict[str, dict[str, str]]:
    options: dict[str, dict[str, str]] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        agency, _, option = name.partition(".")
        options.setdefault(agency, {})[option] = value
    return options


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="agencies", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8020)
    parser.add_argument("--base-url", help="the address that callers use, when it is not host and port")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other invented bodies and people")
    parser.add_argument("--nation", type=Path, help="a JSON file of what the agencies hold, and how they misbehave")
    parser.add_argument("--set", action="append", default=[], metavar="AGENCY.OPTION=VALUE", help="repeatable")
    return parser.parse_args()


if __name__ == "__main__":
    main()
