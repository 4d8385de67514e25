"""The figures as tables, each beside what is promised: must, goal, stretch; what is missed is said."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks import figures
from tests.benchmarks.peer.rounds import Measured, Pair
from tests.benchmarks.peer.wrk import Cell


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is promised of one figure. `least`: it should be at least that, otherwise at most."""

    must: float
    goal: float
    stretch: float
    least: bool = True

    def said(self, value: float) -> str:
        """Return how the figure stands."""
        reached = [
            name for name in ("must", "goal", "stretch")
            if (value >= getattr(self, name) if self.least else value <= getattr(self, name))
        ]  # fmt: skip
        return f"{reached[-1]} kept" if reached else "**must missed**"

    def columns(self, *, unit: str = "×") -> list[str]:
        """Return the three promises."""
        return [f"{value:g}{unit}" for value in (self.must, self.goal, self.stretch)]


THROUGHPUT = {
    "Q1": Target(must=2.5, goal=3.0, stretch=3.5),
    "Q2": Target(must=2.5, goal=3.0, stretch=3.5),
    "Q3": Target(must=2.5, goal=3.0, stretch=4.0),
    "M1": Target(must=1.2, goal=2.0, stretch=3.5),
}
LATENCY = Target(must=0.5, goal=0.4, stretch=0.3, least=False)
MEMORY = Target(must=150, goal=110, stretch=80, least=False)
AGAIN = Target(must=1.5, goal=0.8, stretch=0.4, least=False)
PROMISES = ("must", "goal", "stretch", "")


def ratios(pairs: Sequence[Pair], of: Callable[[Cell], float]) -> list[float]:
    """Return ours over the peer's, round by round."""
    return [of(pair.ours) / of(pair.peers) for pair in pairs]


def promised(measured: Sequence[Measured], *, megabytes: float, again: Sequence[float]) -> str:
    """Return the table of what is promised."""
    rows = []
    for one in measured:
        found = ratios(one.pairs[16], lambda cell: cell.per_second)
        rows.append(_row(f"{one.operation.code} {one.operation.title}", found, THROUGHPUT[one.operation.code], ".2f"))
    for one in measured:
        if one.operation.code in ("Q1", "Q2"):
            found = ratios(one.pairs[1], lambda cell: cell.p50)
            rows.append(_row(f"middle answer to {one.operation.code} at 1 connection", found, LATENCY, ".2f"))
    rows.append(_row("unchanged 25,000-row re-import, of a bare COPY", again, AGAIN, ".2f"))
    rows.append(
        [
            "memory of a web process after load",
            f"{megabytes:.0f} MB",
            *MEMORY.columns(unit=" MB"),
            MEMORY.said(megabytes),
        ]
    )
    return figures.table(("of the peer's, in the same round", "measured", *PROMISES), rows)


def _row(name: str, found: Sequence[float], target: Target, form: str) -> list[str]:
    return [name, f"{figures.spread(found, form=form)}×", *target.columns(), target.said(statistics.median(found))]


HEAD = ("", "connections", "requests/s", "p50 ms", "p99 ms", "server CPU ms", "PostgreSQL CPU ms")


def detail(measured: Sequence[Measured]) -> str:
    """Return every cell: the middle of its rounds."""
    rows = [
        [f"{one.operation.code} {name}", str(many), *_middles([getattr(pair, side) for pair in pairs])]
        for one in measured
        for many, pairs in one.pairs.items()
        for side, name in (("ours", "Concordat"), ("peers", "PostGraphile"))
    ]
    return figures.table(HEAD, rows)


def _middles(cells: Sequence[Cell]) -> list[str]:
    return [
        f"{statistics.median(getattr(cell, name) for cell in cells):{form}}"
        for name, form in (("per_second", ".0f"), ("p50", ".1f"), ("p99", ".1f"), ("server_cpu", ".2f"),
                           ("postgres_cpu", ".2f"))
    ]  # fmt: skip
