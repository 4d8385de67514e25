"""Rounds that alternate: ours, the peer's, ours again, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.peer.operations import Operation
from tests.benchmarks.peer.request import write_prepared
from tests.benchmarks.peer.wrk import Cell, measure
from tests.benchmarks.process import Running

PREPARED = 400  #: requests that one cell sends round and round


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long it is measured."""

    rounds: int
    seconds: int

    @classmethod
    def chosen(cls) -> Plan:
        """Return the full plan, or with PEER_SHORT=1 in the environment one that takes some three minutes."""
        return cls(rounds=2, seconds=2) if os.environ.get("PEER_SHORT") == "1" else cls(rounds=5, seconds=3)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One round: ours and the peer's, a moment apart."""

    ours: Cell
    peers: Cell


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All rounds of one operation, by the number of connections."""

    operation: Operation
    pairs: dict[int, list[Pair]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Both servers and the database that they share."""

    ours: Running
    peers: Running
    postgres: psutil.Process
    folder: Path
    reset: Callable[[], Awaitable[None]]

    async def run(self, operation: Operation, *, plan: Plan, connections: tuple[int, ...] = (1, 16)) -> Measured:
        """Measure one operation; the first round of each kind warms up and is not kept."""
        measured = Measured(operation=operation)
        for many in connections:
            pairs = [await self._pair(operation, plan=plan, connections=many, seed=n) for n in range(plan.rounds + 1)]
            measured.pairs[many] = pairs[1:]
        return measured

    async def _pair(self, operation: Operation, *, plan: Plan, connections: int, seed: int) -> Pair:
        chosen = operation.pick(PREPARED, seed=seed)
        cells = {}
        for name in ("ours", "peers") if seed % 2 else ("peers", "ours"):
            server: Running = getattr(self, name)
            prepared = self.folder / f"{name}.requests"
            requests = getattr(operation, name)
            write_prepared([requests[at] for at in chosen], address=server.address, path=prepared)
            if operation.changes:
                await self.reset()
            cells[name] = measure(
                server.address,
                prepared,
                connections=connections,
                seconds=plan.seconds,
                server=server.process,
                postgres=self.postgres,
            )
        return Pair(ours=cells["ours"], peers=cells["peers"])
