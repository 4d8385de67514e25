"""An area linked to an agency with two pages of numbers, run by the queue's own job with little patience."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from infra.database import sql
from integrations import systems
from integrations.neighbour import forget_neighbours
from tests.integrations.engine.conftest import Linked, linked
from tests.integrations.engine.numbers import NUMBERS
from tests.support.cluster import Cluster
from tests.support.connections import asked, row_of, serving
from tests.support.queue import as_superuser, drain, make_due

__all__ = ["linked"]


@dataclass(frozen=True)
class Outcome:
    """What became of a run: as the area reads it, as the queue has it, and what it wrote."""

    state: str
    problem: str | None
    connection: str
    told_the_queue: str | None
    written: int
    set_aside: int


@dataclass(frozen=True)
class Faulty:
    """The linked agency, and its runs."""

    linked: Linked
    database: Cluster

    def is_well(self) -> None:
        """Let the agency answer as it should: three numbers on two pages."""
        self.linked.agency.scripts.clear()
        self.linked.has([1, 2], [3])
        forget_neighbours()

    async def run(self) -> UUID:
        """Ask for a run, and let the worker start it once."""
        run_id = await asked(self.linked.area, self.linked.connection)
        await drain()
        return run_id

    async def again(self) -> None:
        """Let the time come for what waits to be tried again."""
        forget_neighbours()
        await make_due()
        await drain()

    async def outcome(self, run_id: UUID) -> Outcome:
        run = await row_of(self.linked.area, "connection_run", run_id)
        link = await row_of(self.linked.area, "agency_connection", self.linked.connection)
        queue = await as_superuser(self.database, "select error from queue.job_run where error is not null")
        return Outcome(
            state=run["state"],
            problem=run["problem"],
            connection=link["state"],
            told_the_queue=queue[0]["error"] if queue else None,
            written=await self._count("connection_record where connection_id = $1", self.linked.connection),
            set_aside=await self._count("connection_quarantine where run_id = $1", run_id),
        )

    async def _count(self, rows: str, of: UUID) -> int:
        async with serving(self.linked.area):
            return int(await sql.fetch_value(f"select count(*) from {rows}", of))


@pytest.fixture
def faulty(linked: Linked, database: Cluster, monkeypatch: pytest.MonkeyPatch) -> Faulty:
    monkeypatch.setitem(systems.CONNECTORS, "numbers", NUMBERS)
    monkeypatch.setenv("CONCORDAT_ENVIRONMENT", "development")
    monkeypatch.setattr("integrations.engine.jobs._TOTAL_SECONDS", 6.0)
    monkeypatch.setattr("integrations.engine.jobs._MOST_BYTES", 10_000)
    monkeypatch.setattr("integrations.agency.ATTEMPTS", 2)
    made = Faulty(linked, database)
    made.is_well()
    return made


