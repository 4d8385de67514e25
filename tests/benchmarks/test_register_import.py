"""A whole register, 52,000 rows of 140 columns, against only reading the same file with Python's csv module.

Measured in one process of its own on an embedded server, in one run: the reading first, as the floor, then the first
import into an empty register in which every local authority is covered by an area (everything is created, dated
and placed), then the same file again. Wall-clock seconds, from the file's first byte to the commit; the middle of
three rounds, each on an emptied register. Memory is the process's peak resident size, its libraries included.
Targets: the first import at most four times the reading, and under 300 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from integrations.gias import synthetic
from tests.benchmarks import figures as told
from tests.support.cluster import CONTEXT_KEY, Cluster

ROOT = Path(__file__).parents[2]
ROWS, ROUNDS = 52_000, 3
MOST_TIMES_THE_READING, MOST_MEGABYTES = 4.0, 300


def rows(figures: dict[str, float]) -> list[list[str]]:
    """The figures as the lines of a table."""
    first, again = f"{figures['import_over_reading']:.1f}", f"{figures['again_over_reading']:.1f}"
    return [
        ["only reading the file", f"{figures['reading_seconds']:.2f}", "1", ""],
        ["first import", f"{figures['import_seconds']:.2f}", first, f"at most {MOST_TIMES_THE_READING:.0f} times"],
        ["the same file again", f"{figures['again_seconds']:.2f}", again, ""],
        [f"peak memory: {figures['peak_megabytes']:.0f} MB", "", "", f"under {MOST_MEGABYTES} MB"],
    ]


@pytest.mark.benchmark
@pytest.mark.timeout(300)
def test_importing_a_register_costs_little_more_than_reading_it(cluster: Cluster, tmp_path: Path) -> None:
    busy = told.machine()
    path = synthetic.write_extracts(tmp_path, rows=ROWS, trusts=400).establishments
    result = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.register_import", str(path), str(ROUNDS)],
        cwd=ROOT,
        input=json.dumps({"dsns": cluster.dsns, "superuser": cluster.superuser, "key": CONTEXT_KEY.hex()}),
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(result.stdout.splitlines()[-1])
    sys.stderr.write(f"\nregister import: {json.dumps(figures)}\n")
    told.write(
        "register import", load=busy, body=told.table(("", "seconds", "times the reading", "target"), rows(figures))
    )
    assert figures["created"] == ROWS
    assert figures["unchanged"] == ROWS
    assert figures["peak_megabytes"] < MOST_MEGABYTES
    assert figures["import_over_reading"] <= MOST_TIMES_THE_READING
