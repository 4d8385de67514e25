"""Runs `concordat` as people do: a process of its own, in an environment of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from tests.support.cluster import CONTEXT_KEY, Cluster

ROOT = Path(__file__).parents[3]


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The environment without any of our settings but the data folder and those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORDAT_")}
    ours = {f"CONCORDAT_{name}": value for name, value in settings.items()}
    path = f"{ROOT}{os.pathsep}{ROOT / 'graphql'}"
    return {**kept, "PYTHONPATH": path, "CONCORDAT_DATA_DIR": str(data_dir), "COLUMNS": "200", **ours}


def concordat(
    *arguments: str, data_dir: Path, input: str | None = None, **settings: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end; `input` is what is typed."""
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", *arguments],
        cwd=ROOT,
        env=environment(data_dir, **settings),
        input=input or "",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def settings_of(cluster: Cluster) -> dict[str, str]:
    """The variables of a process on the test cluster."""
    names = {"app": "DATABASE_URL"} | {
        login: f"DATABASE_{login.upper()}_URL" for login in ("worker", "national", "public", "owner")
    }
    keys = {"CONTEXT_KEY": CONTEXT_KEY.hex(), "SECRET_KEY": "0123456789abcdef" * 4}
    return {name: cluster.dsns[login] for login, name in names.items()} | keys


class Say(Protocol):
    """Runs a command on the test cluster; fails unless it ends with this exit code."""

    def __call__(
        self, *arguments: str, code: int = 0, input: str | None = None
    ) -> "subprocess.CompletedProcess[str]": ...


def on_cluster(cluster: Cluster, *, data_dir: Path) -> Say:
    """Commands on the test cluster."""

    def say(*arguments: str, code: int = 0, input: str | None = None) -> "subprocess.CompletedProcess[str]":
        done = concordat(*arguments, data_dir=data_dir, input=input, **settings_of(cluster))
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return say
