"""Sweeps run every so often, once however many workers there are, and a failing one stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from infra.database import sql
from infra.ids import uuid7
from infra.queue import registry, sweep
from infra.queue.registry import import_jobs
from infra.queue.sweeper import sweep_due
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, opening


@pytest.fixture
def runs() -> Iterator[list[str]]:
    """Two sweeps: one that fails and one that notes its turns."""
    import_jobs("infra")
    before, noted = dict(registry.SWEEPS), list[str]()
    registry.SWEEPS.clear()

    @sweep("test.fails", every=3600)
    async def fails() -> None:
        raise KeyError("Ada Okafor")

    @sweep("test.notes", every=3600, powers=["queue"])
    async def notes(*, by: object) -> None:
        noted.append(str(await sql.fetch_value("select security.part(7)")))

    yield noted
    registry.SWEEPS.clear()
    registry.SWEEPS.update(before)


async def test_a_sweep_runs_when_its_time_has_come(empty_queue: Cluster, runs: list[str]) -> None:
    assert await sweep_due(opening=opening) == ["test.fails", "test.notes"]
    assert await sweep_due(opening=opening) == []
    await as_superuser(empty_queue, "update queue.sweep_run set started_at = now() - interval '1 hour'")
    assert await sweep_due(opening=opening) == ["test.fails", "test.notes"]
    assert runs == ["queue", "queue"]


async def test_several_workers_run_it_once(empty_queue: Cluster, runs: list[str]) -> None:
    await asyncio.gather(*(sweep_due(opening=opening) for _ in range(8)))
    assert len(runs) == 1


async def test_a_failing_sweep_says_so_in_words(empty_queue: Cluster, runs: list[str]) -> None:
    await sweep_due(opening=opening)
    (row,) = await as_superuser(empty_queue, "select error from queue.sweep_run where name = 'test.fails'")
    assert row["error"].startswith("KeyError in infra.queue.sweeper")


async def test_a_sweep_that_failed_does_not_wait_for_its_next_day(empty_queue: Cluster, runs: list[str]) -> None:
    """It may have met a connection that was just lost; the nightly anchor is not to be left out for it."""
    await sweep_due(opening=opening)
    await as_superuser(empty_queue, "update queue.sweep_run set started_at = now() - interval '9 minutes'")
    assert await sweep_due(opening=opening) == []
    await as_superuser(empty_queue, "update queue.sweep_run set started_at = now() - interval '11 minutes'")
    assert await sweep_due(opening=opening) == ["test.fails"]


async def test_a_sweep_whose_process_died_in_it_is_run_by_another(empty_queue: Cluster, runs: list[str]) -> None:
    await sweep_due(opening=opening)
    await as_superuser(
        empty_queue,
        "update queue.sweep_run set started_at = now() - interval '11 minutes', finished_at = null, error = null",
    )
    assert await sweep_due(opening=opening) == ["test.fails", "test.notes"]


async def test_the_queue_forgets_what_was_done_long_ago(
    empty_queue: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_jobs("infra")
    for name in registry.SWEEPS.keys() - {"queue.tidy"}:
        monkeypatch.delitem(registry.SWEEPS, name)
    for age, state in ((100, "done"), (100, "failed"), (1, "done")):
        message = uuid7()
        if state == "done":
            await as_superuser(
                empty_queue,
                "insert into queue.inbox (message_id, done_at) values ($1, now() - make_interval(days => $2))",
                message,
                age,
            )
        await as_superuser(
            empty_queue,
            "insert into queue.job_run (message_id, actor, args, state, finished_at) "
            "values ($1, 'a.b', '{}', $3, now() - make_interval(days => $2))",
            message,
            age,
            state,
        )
    assert await sweep_due(opening=opening) == ["queue.tidy"]
    left = await as_superuser(empty_queue, "select state from queue.job_run order by state")
    assert [row["state"] for row in left] == ["done", "failed"]
    assert len(await as_superuser(empty_queue, "select from queue.inbox")) == 1
