"""How figures are told: a table in docs/performance.md, with what the machine was like."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence

import psutil

from tests.documents import marked

DOCUMENT = marked.DOCS / "performance.md"


def machine() -> str:
    """Return a sentence about the machine and how busy it was when this is called."""
    load = os.getloadavg()
    gigabytes = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores, {gigabytes:.0f} GiB, Python {platform.python_version()}; "
        f"load average over the last minute {load[0]:.1f}, over the last five {load[1]:.1f}."
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write(part: str, *, load: str, body: str) -> None:
    """Write a part of the document: when it was measured is git's to say, on what is `load`."""
    marked.write(DOCUMENT, part, f"\n{body}\nMeasured on {load}\n\n")


def spread(values: Sequence[float], *, form: str = ".1f") -> str:
    """Return the middle of the rounds, with the lowest and the highest."""
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"
