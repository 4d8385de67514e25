"""The worker's resident memory after it has sent two hundred emails; the target is 150 MB."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenants.tenancy.people import service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.benchmarks import figures
from tests.benchmarks.process import environment, free_port, started
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.worker_process import until
from tests.support.world import make_actor, make_area

EMAILS, MOST_MEGABYTES = 200, 150


@pytest.mark.benchmark
@pytest.mark.timeout(300)
async def test_the_worker_stays_small(database: Cluster, tmp_path: Path) -> None:
    load = figures.machine()
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    for number in range(EMAILS):
        async with tenant_scope(manager):
            await service.invite(
                by=manager, email=f"person-{number}@example.org", name="Ada Okafor", role=Role.VIEWER, area_id=area.id
            )
    given = environment(database.dsns, folder=tmp_path, port=free_port())
    with started("backend.worker", port=0, given=given, path=None) as worker:

        async def sent() -> bool:
            counted = await as_superuser(database, "select count(*) from queue.job_run where state <> 'done'")
            return int(counted[0][0]) == 0

        await until(sent, seconds=200, why=lambda: "the worker did not come to the end")
        resident = worker.megabytes()
    rows = [[f"worker, after {EMAILS} emails", f"{resident:.0f} MB", f"at most {MOST_MEGABYTES} MB"]]
    figures.write("memory of the worker", load=load, body=figures.table(("process", "resident", "target"), rows))
    assert resident <= MOST_MEGABYTES
