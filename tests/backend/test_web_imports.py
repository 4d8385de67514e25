"""What a web process does not hold in memory until somebody asks for it."""

from __future__ import annotations

import subprocess
import sys

from tests.shape.files import ROOT

RARE = ("xlsxwriter", "requests", "urllib3", "charset_normalizer")
ASKED = f"import sys, backend.app; print(sorted(set({RARE}) & sys.modules.keys()))"


def test_starting_loads_neither_the_writer_of_workbooks_nor_a_second_client_for_http() -> None:
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}"}
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, env=path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
