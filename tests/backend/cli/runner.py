"""Runs `concordat` as people do: a process of its own, in an environment of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The environment without any of our settings but the data folder and those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORDAT_")}
    ours = {f"CONCORDAT_{name}": value for name, value in settings.items()}
    path = f"{ROOT}{os.pathsep}{ROOT / 'graphql'}"
    return {**kept, "PYTHONPATH": path, "CONCORDAT_DATA_DIR": str(data_dir), "COLUMNS": "200", **ours}


def concordat(*arguments: str, data_dir: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", *arguments],
        cwd=ROOT,
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
