"""kill -9 of the worker while it tells an area's own system: no message is lost, none is told under a second id."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tenants.connections.endpoints import jobs
from tenants.connections.endpoints.rules import message_id
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.agencies import RunningAgencies, running_agencies
from tests.support.cluster import Cluster
from tests.support.webhooks import deliveries_of, happens, hurry, listening
from tests.support.worker_process import until, worker_process

pytestmark = pytest.mark.faults
ROUNDS, AT_ONCE = 2, 18  #: no more than a page of messages is read below


async def test_every_message_arrives_and_under_one_id(database: Cluster, tmp_path: Path) -> None:
    chance = random.Random(7)
    with running_agencies() as agencies:
        listener = await listening(url=f"{agencies.url('office')}/inbox")
        agencies.do("office", "secret", secret=listener.secret)
        agencies.fault("office", "slow", times=None, seconds=0.1)
        about: list[str] = []

        async def all_delivered() -> bool:
            listed = await deliveries_of(listener)
            return len(listed) == len(about) and {one.state for one in listed} == {"delivered"}

        with worker_process(database, tmp_path, CONCORDAT_ENVIRONMENT="development") as worker:
            for number in range(ROUNDS):
                about += await happens(listener.area, times=AT_ONCE)
                async with tenant_scope(worker_actor("webhook.events", powers=["queue"])):
                    await jobs.new_events()
                taken = number * AT_ONCE // 2

                async def some_arrived(more_than: int = taken) -> bool:
                    return len(await asyncio.to_thread(_taken, agencies)) > more_than

                await until(some_arrived, why=worker.log)
                await asyncio.sleep(chance.uniform(0, 0.2))
                worker.kill()
                worker.start()
            await hurry(listener)  # the claims of the dead lapse
            await until(all_delivered, seconds=120, why=worker.log)
        taken_ids = _taken(agencies)
    told = await deliveries_of(listener)
    assert sorted(one.subject_id for one in told) == sorted(about), "one message for each thing that happened"
    assert set(taken_ids) == {message_id(one.id) for one in told}


def _taken(agencies: RunningAgencies) -> list[str]:
    return [str(one["id"]) for one in agencies.show("office")["seen"]["messages"]]
