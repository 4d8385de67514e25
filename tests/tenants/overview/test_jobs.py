"""When rows are computed: by the message of a change, by the sweep for what no message came for, and every night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.worker import opening
from infra.clock import today
from infra.queue.registry import SWEEPS, import_jobs
from infra.queue.runner import run
from infra.queue.runs import Delivery
from tenants.overview import jobs
from tenants.overview.rules import Subject
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.membership import make_bodies
from tests.support.queue import as_superuser, make_due, relayed
from tests.support.world import AreaMade, make_area
from tests.tenants.overview.keeping import messages, recorded, refresh, rows, shown, stale


@pytest.fixture(autouse=True)
def the_tests_make_more_areas_than_one_sweep_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 100_000)


async def delivered(area: AreaMade) -> list[str]:
    """Let the worker do what is asked of this area, and of this area only."""
    import_jobs("tenants")
    await make_due()
    here: list[Delivery] = []
    while batch := await relayed():
        here += [one for one in batch if one.area_id == area.id and one.actor.startswith("overview.")]
    for delivery in here:
        await run(delivery, opening=opening)
    return [delivery.actor for delivery in here]


async def swept(name: str) -> None:
    async with opening(name, None, SWEEPS[name].powers).scope:
        await SWEEPS[name].work()


async def test_the_message_of_a_change_computes_the_row(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    await make_bodies(area)
    assert await delivered(area) == ["overview.refresh"]
    assert await stale(area) == set()
    assert (await rows(area))[Subject.MEMBERSHIP].fact == (await recorded(area))[Subject.MEMBERSHIP]


async def test_the_sweep_asks_for_a_new_area_once(database: Cluster) -> None:
    area = await make_area()
    await swept("overview.catch_up")
    await swept("overview.catch_up")
    assert await delivered(area) == ["overview.refresh"]
    assert set(await rows(area)) == set(Subject)
    await swept("overview.catch_up")
    assert await messages(database, area) == []


async def test_the_sweep_asks_for_a_row_whose_day_has_come(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    query = "update area_fact set recheck_on = $2, words = 'Old news' where area_id = $1 and subject = 'budget'"
    await as_superuser(database, query, area.id, today() + timedelta(days=1))
    await swept("overview.catch_up")
    assert await messages(database, area) == []
    await as_superuser(database, query, area.id, today())
    assert await shown(area) == await recorded(area), "the day it is due it is not shown any more"
    await swept("overview.catch_up")
    assert await delivered(area) == ["overview.refresh"]
    assert (await rows(area))[Subject.BUDGET].fact == (await recorded(area))[Subject.BUDGET]


async def test_the_sweep_asks_again_where_a_message_came_to_nothing(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    await make_bodies(area)
    await as_superuser(database, "delete from queue.outbox where area_id = $1", area.id)
    await as_superuser(database, "update queue.job_run set state = 'failed' where area_id = $1", area.id)
    await swept("overview.catch_up")
    assert await delivered(area) == ["overview.refresh"]


async def test_every_area_is_compared_every_night(database: Cluster) -> None:
    one, other = await make_area(), await make_area()
    await swept("overview.verify_all")
    for area in (one, other):
        assert [message["actor"] for message in await messages(database, area)] == ["overview.verify"]
    await swept("overview.verify_all")
    assert len(await messages(database, one)) == 1, "one that still waits is not asked for twice"
    assert SWEEPS["overview.verify_all"].every == 24 * 3600


async def test_an_area_in_which_someone_writes_is_computed_a_moment_later(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*, area_id: int) -> None:
        return None

    area = await make_area()
    monkeypatch.setattr("tenants.overview.service.refresh", busy)
    async with tenant_scope(worker_actor("overview.refresh", areas=[area.id])):
        await jobs.refresh(area_id=area.id)
    (message,) = await messages(database, area)
    assert (message["actor"], message["later"]) == ("overview.refresh", True)
