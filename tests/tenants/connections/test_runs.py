"""A run: asked for once, begun by whoever is there, and no longer written by whoever was overtaken."""

from __future__ import annotations

import asyncio

import pytest

from infra.database import sql
from tenants.connections import records, runs
from tenants.connections.records import Seen
from tenants.connections.rules.counting import Counts
from tenants.connections.runs import Overtaken, Rejection
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, WrongState
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, keeper, make_connection, serving
from tests.support.world import AreaMade, make_area

PAGE = Counts(read=100, applied=2, proposed=3, unchanged=95)


@pytest.mark.parametrize("national", [False, True])
async def test_a_run_is_asked_for_begun_and_finished(database: Cluster, national: bool) -> None:
    area = None if national else await make_area()
    connection = await make_connection(area)
    run = await asked(area, connection)
    held = await begun(area, run)
    assert (held.fence, held.cursor, held.connection_id, held.cause) == (1, None, connection, "by_hand")
    async with serving(area):
        await runs.checkpoint(run_id=run, fence=1, cursor={"offset": 100}, counts=PAGE, expected=150)
        await runs.checkpoint(run_id=run, fence=1, cursor=None, counts=Counts(read=50, unchanged=50))
        await runs.finish(run_id=run, fence=1, watermark="2026-11-22T00:00:00Z")
        row = await sql.fetch_one("select * from connection_run where id = $1", run)
        link = await sql.fetch_one("select last_worked_at, watermark from agency_connection where id = $1", connection)
    assert row is not None
    assert link is not None
    assert (row["state"], row["pages"], row["read"], row["applied"], row["expected"]) == ("done", 2, 150, 2, 150)
    assert link["last_worked_at"] is not None
    assert link["watermark"] == "2026-11-22T00:00:00Z"


async def test_the_message_of_a_run_names_the_connection_and_the_run(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    run = await asked(area, connection)
    async with tenant_scope(_queue()):
        sent = await sql.fetch_one(
            "select actor, args->>'connection_id' as connection, area_id from queue.outbox where args->>'run_id' = $1",
            str(run),
        )
    assert sent is not None
    assert tuple(sent) == ("connection.run", str(connection), area.id)


async def test_a_second_run_is_refused_while_one_is_open(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    await asked(area, connection)
    with pytest.raises(WrongState, match="under way"):
        await asked(area, connection, cause="test")


async def test_twenty_who_ask_at_once_get_one_run(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    answers = await asyncio.gather(*(asked(area, connection) for _ in range(20)), return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert all(isinstance(answer, WrongState) for answer in answers if isinstance(answer, BaseException))


async def test_the_heir_of_a_frozen_worker_begins_where_it_was_and_the_frozen_one_writes_nothing(
    database: Cluster,
) -> None:
    area = await make_area()
    connection = await make_connection(area)
    run = await asked(area, connection)
    frozen = await begun(area, run)
    async with serving(area):
        await runs.checkpoint(run_id=run, fence=frozen.fence, cursor={"page": 2}, counts=PAGE)
    heir = await begun(area, run)
    assert (heir.fence, heir.cursor) == (2, {"page": 2})
    with pytest.raises(Overtaken):
        async with serving(area):
            seen = [Seen(external_id="a", digest=b"1")]
            await records.remember(connection_id=connection, kind="staff", rows=seen)
            await runs.checkpoint(run_id=run, fence=frozen.fence, cursor={"page": 3}, counts=PAGE)
    async with serving(area):
        assert await records.known(connection_id=connection, kind="staff", external_ids=["a"]) == {}
        with pytest.raises(Overtaken):
            await runs.hold(run_id=run, fence=frozen.fence)
        with pytest.raises(Overtaken):
            await runs.fail(run_id=run, fence=frozen.fence, problem="The network is gone.")
        await runs.hold(run_id=run, fence=heir.fence)


async def test_rejections_and_quarantine_say_why_and_never_what(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    run = await asked(area, connection)
    held = await begun(area, run)
    async with serving(area):
        rejected = [Rejection(reference="staff 17", reason="It names no school.")]
        await runs.checkpoint(run_id=run, fence=held.fence, cursor={}, counts=PAGE, rejected=rejected)
        await runs.quarantine(run_id=run, sha256="0" * 64, size=17, reason="The answer is not JSON.")
        await runs.fail(run_id=run, fence=held.fence, problem="The agency answered with something else.")
        found = await sql.fetch("select reference, reason from connection_rejection where run_id = $1", run)
        kept = await sql.fetch_value("select count(*) from connection_quarantine where run_id = $1", run)
    assert [tuple(row) for row in found] == [("staff 17", "It names no school.")]
    assert kept == 1
    assert await asked(area, connection) != run, "a run that failed makes way for the next"


async def test_a_connection_whose_credentials_are_refused_waits_for_new_ones_until_a_test_succeeds(
    database: Cluster,
) -> None:
    area = await make_area()
    connection = await make_connection(area)
    held = await begun(area, await asked(area, connection))
    async with serving(area):
        await runs.reauthorise(run_id=held.run_id, fence=held.fence, problem="invalid_client")
    with pytest.raises(WrongState, match="no longer accepts"):
        await asked(area, connection)
    test = await begun(area, await asked(area, connection, cause="test"))
    async with serving(area):
        await runs.finish(run_id=test.run_id, fence=test.fence, said="The agency answered: 4 schools.")
    await asked(area, connection)
    assert await _worked(area, connection) is None, "a test is no synchronisation"


async def test_a_paused_connection_does_not_begin(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    run = await asked(area, connection)
    who = keeper(area)
    async with tenant_scope(who):
        await sql.execute("update agency_connection set state = 'paused' where id = $1", connection)
    async with serving(area):
        assert await runs.begin(run_id=run) is None


async def test_another_area_can_neither_ask_nor_begin(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    connection = await make_connection(area)
    run = await asked(area, connection)
    with pytest.raises(NotFound):
        await asked(other, connection)
    with pytest.raises(NotFound):
        await asked(None, connection)
    async with serving(other):
        assert await runs.begin(run_id=run) is None
    async with serving(None):
        assert await runs.begin(run_id=run) is None


async def _worked(area: AreaMade, connection: object) -> object:
    async with serving(area):
        return await sql.fetch_value("select last_worked_at from agency_connection where id = $1", connection)


def _queue() -> Actor:
    return worker_actor("queue", powers=["queue"])
