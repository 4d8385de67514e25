"""Rounds that alternate: ours, the peer's, ours again, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.peer.operations import Form, Operation
from tests.benchmarks.peer.request import send_each, write_prepared
from tests.benchmarks.peer.wrk import Cell, measure
from tests.benchmarks.process import Running

CALM = 0.3  #: seconds between cells: what wrk has left unanswered comes to its end
PLANNED = 200  #: changes that are sent before those that are measured
PREPARED = 400  #: requests that one cell sends round and round


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long it is measured."""

    rounds: int
    seconds: int

    @classmethod
    def chosen(cls) -> Plan:
        """Return the full plan, or with PEER_SHORT=1 in the environment one that takes some three minutes."""
        return cls(rounds=2, seconds=2) if os.environ.get("PEER_SHORT") == "1" else cls(rounds=5, seconds=2)


Round = dict[str, Cell]  #: the cells of one round by the name of the form, a moment apart


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All rounds of one operation, by the number of connections."""

    operation: Operation
    rounds: dict[int, list[Round]] = field(default_factory=dict)


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
            found = [await self._round(operation, plan=plan, connections=many, seed=n) for n in range(plan.rounds + 1)]
            measured.rounds[many] = found[1:]
        return measured

    async def _round(self, operation: Operation, *, plan: Plan, connections: int, seed: int) -> Round:
        chosen = operation.pick(PREPARED, seed=seed)
        forms = list(operation.forms) if seed % 2 else list(reversed(operation.forms))
        return {form.name: await self._cell(operation, form, chosen, plan, connections) for form in forms}

    async def _cell(
        self, operation: Operation, form: Form, chosen: Sequence[int], plan: Plan, connections: int
    ) -> Cell:
        server = self.ours if form.ours else self.peers
        prepared = self.folder / "prepared.requests"
        if operation.changes:
            await self.reset()
        if form.opened:
            await send_each([form.opened[at] for at in chosen], address=server.address)
        if operation.changes:  # the reset has thrown away every plan, of both: those of reads are kept between cells
            await send_each([form.requests[at] for at in chosen[:PLANNED]], address=server.address, connections=16)
            chosen = chosen[PLANNED:]
        write_prepared([form.requests[at] for at in chosen], address=server.address, path=prepared)
        await asyncio.sleep(CALM)
        found = measure(
            server.address,
            prepared,
            connections=connections,
            seconds=plan.seconds,
            server=server.process,
            postgres=self.postgres,
        )
        assert not operation.changes or found.requests <= len(chosen), "a request was sent twice"
        return found
