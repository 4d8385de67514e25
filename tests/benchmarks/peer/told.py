"""The figures as tables, each beside what is promised: must, goal, stretch; what is missed is said."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks import figures
from tests.benchmarks.peer.operations import OURS, PEERS
from tests.benchmarks.peer.rounds import Measured, Round
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
PROMISES = ("must", "goal", "stretch", "", "of its other forms")


def ratios(rounds: Sequence[Round], of: Callable[[Cell], float], *, form: str = PEERS) -> list[float]:
    """Return ours over the peer's, round by round."""
    return [of(cells[OURS]) / of(cells[form]) for cells in rounds]


def promised(measured: Sequence[Measured], *, megabytes: float, again: Sequence[float]) -> str:
    """Return the table of what is promised."""
    rows = [_throughput(one) for one in measured]
    for one in measured:
        if one.operation.code in ("Q1", "Q2"):
            found = ratios(one.rounds[1], lambda cell: cell.p50)
            rows.append(_row(f"middle answer to {one.operation.code} at 1 connection", found, LATENCY))
    rows.append(_row("unchanged 25,000-row re-import, of a bare COPY", again, AGAIN))
    memory = [f"{megabytes:.0f} MB", *MEMORY.columns(unit=" MB"), MEMORY.said(megabytes), ""]
    rows.append(["memory of a web process after load", *memory])
    return figures.table(("at 16 connections, of the peer's in the same round", "measured", *PROMISES), rows)


def _throughput(one: Measured) -> list[str]:
    found = {
        form.name: ratios(one.rounds[16], lambda cell: cell.per_second, form=form.name)
        for form in one.operation.forms[1:]
    }
    others = [
        f"{name.partition(', ')[2]} {statistics.median(values):.2f}×" for name, values in found.items() if name != PEERS
    ]
    target = THROUGHPUT.get(one.operation.code)
    return _row(f"{one.operation.code} {one.operation.title}", found[PEERS], target, others="; ".join(others))


def _row(name: str, found: Sequence[float], target: Target | None, *, others: str = "") -> list[str]:
    measured = f"{figures.spread(found, form='.2f')}×"
    if target is None:
        return [name, measured, "", "", "", "not promised", others]
    return [name, measured, *target.columns(), target.said(statistics.median(found)), others]


HEAD = ("", "connections", "requests/s", "p50 ms", "p99 ms", "server CPU ms", "PostgreSQL CPU ms")


def detail(measured: Sequence[Measured]) -> str:
    """Return every cell: the middle of its rounds."""
    rows = [
        [f"{one.operation.code} {form.name}", str(many), *_middles([cells[form.name] for cells in rounds])]
        for one in measured
        for many, rounds in one.rounds.items()
        for form in one.operation.forms
    ]
    return figures.table(HEAD, rows)


def _middles(cells: Sequence[Cell]) -> list[str]:
    return [
        f"{statistics.median(getattr(cell, name) for cell in cells):{form}}"
        for name, form in (("per_second", ".0f"), ("p50", ".1f"), ("p99", ".1f"), ("server_cpu", ".2f"),
                           ("postgres_cpu", ".2f"))
    ]  # fmt: skip
