"""Before each fault test nothing waits to be done: real workers would first do what all earlier tests left behind."""

from __future__ import annotations

import pytest_asyncio

from infra.queue.registry import SWEEPS, import_jobs
from tests.faults.brokers import carrier
from tests.support.cluster import Cluster
from tests.support.queue import QUEUE, as_superuser

__all__ = ["carrier", "nothing_left_to_do"]

RAN = """
insert into queue.sweep_run (name, started_at) select unnest($1::text[]), now()
on conflict (name) do update set started_at = now()
"""


@pytest_asyncio.fixture(autouse=True)
async def nothing_left_to_do(database: Cluster) -> None:
    import_jobs("infra", "tenants", "integrations")
    await as_superuser(database, f"truncate {QUEUE}")
    await as_superuser(database, RAN, list(SWEEPS))
