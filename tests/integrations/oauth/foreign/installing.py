"""Servers installed from npm by name into the cache, and run as processes of their own."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from tests.shape.files import ROOT

HERE = Path(__file__).parent
CACHE = ROOT / ".concordat" / "interoperability"


class NotHere(Exception):
    """The server cannot be had on this machine; says why in one sentence."""


def install() -> Path:
    """Install the server of `package.json`; return its folder. Raises `NotHere`."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise NotHere("The servers of others need Node and npm, which are not on this machine.")
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / ".lock").open("w") as turn:  # several processes run tests at once
        fcntl.flock(turn, fcntl.LOCK_EX)
        _fill()
    return CACHE


def _fill() -> None:
    wanted, mark = (HERE / "package.json").read_bytes(), CACHE / "installed.json"
    if not mark.exists() or mark.read_bytes() != wanted:
        (CACHE / "package.json").write_bytes(wanted)
        command = ("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
        done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, timeout=100, check=False)
        if done.returncode:
            raise NotHere(f"The servers of others cannot be installed from npm here: {done.stderr.strip()[-200:]}")
        mark.write_bytes(wanted)
    for script in HERE.glob("*.mjs"):
        if not (CACHE / script.name).exists() or (CACHE / script.name).read_bytes() != script.read_bytes():
            shutil.copy(script, CACHE)


def token_service(clients: Sequence[Mapping[str, Any]]) -> AbstractContextManager[str]:
    """Yield the issuer's address of an oidc-provider with these clients, for the length of the block."""
    return running("server.mjs", list(clients))


@contextmanager
def running(script: str, told: object) -> Iterator[str]:
    """Run one of our scripts around a server no one here wrote; yield its address for the length of the block."""
    command = ["node", script, json.dumps(told)]
    process = subprocess.Popen(command, cwd=install(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening on "), line
        yield line.removeprefix("listening on ").strip()
    finally:
        process.terminate()
        process.wait(timeout=60)
        if process.stdout:
            process.stdout.close()
