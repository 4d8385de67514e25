"""What happens by itself: runs when their time has come, one email about a stale connection, silent runs given up."""

from __future__ import annotations

from uuid import UUID

import asyncpg

from backend.worker import opening
from infra.database import sql
from infra.queue.registry import JOBS, SWEEPS, offered_to
from tenants.connections import jobs, runs
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, keeper, make_connection, serving
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area


async def swept(name: str) -> None:
    """Run a sweep as the worker would, then the messages it wrote for the connections' jobs, here and now."""
    sweep = SWEEPS[name]
    opened = opening(name, None, sweep.powers)
    async with opened.scope:
        await sweep.work(**offered_to(sweep.work, by=opened.by))


async def ran(cluster: Cluster, name: str, connection: UUID) -> int:
    """Run the messages of a job about one connection; return how many there were."""
    connected = await asyncpg.connect(cluster.superuser)
    rows = await connected.fetch(
        "delete from queue.outbox where actor = $1 and args->>'connection_id' = $2 returning area_id", name,
        str(connection),
    )  # fmt: skip
    await connected.close()
    for row in rows:
        opened = opening(name, row["area_id"], JOBS[name].powers)
        async with opened.scope:
            await JOBS[name].work(by=opened.by, connection_id=connection)
    return len(rows)


async def due_now(area: AreaMade | None, connection: UUID) -> None:
    async with tenant_scope(keeper(area)):
        await sql.execute("update agency_connection set due_at = now() - interval '1 minute' where id = $1", connection)


async def states(area: AreaMade | None, connection: UUID) -> list[tuple[str, str]]:
    async with serving(area):
        rows = await sql.fetch("select cause, state from connection_run where connection_id = $1", connection)
    return [tuple(row) for row in rows]


async def test_a_connection_runs_when_its_time_has_come_and_once_however_often_it_is_swept(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area, every_minutes=60)
    await due_now(area, connection)
    await swept("connection.due")
    await swept("connection.due")
    assert await ran(database, "connection.ask", connection) == 2
    assert await states(area, connection) == [("schedule", "queued")]
    await swept("connection.due")
    assert await ran(database, "connection.ask", connection) == 0


async def test_a_national_one_runs_by_schedule_as_well(database: Cluster) -> None:
    connection = await make_connection(None, system="police_forces", every_minutes=60)
    await due_now(None, connection)
    await swept("connection.due")
    await ran(database, "connection.ask", connection)
    assert await states(None, connection) == [("schedule", "queued")]


async def test_a_paused_one_and_one_of_a_merged_area_do_not_run(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area, every_minutes=60)
    await due_now(area, connection)
    async with tenant_scope(keeper(area)):
        await sql.execute("update agency_connection set state = 'paused' where id = $1", connection)
    await swept("connection.due")
    assert await ran(database, "connection.ask", connection) == 0


async def mails(cluster: Cluster, area: AreaMade) -> list[str]:
    rows = await as_superuser(cluster, "select address from mail where area_id = $1 order by address", area.id)
    return [row["address"] for row in rows]


async def test_the_managers_are_told_once_of_a_stale_connection_and_again_after_it_worked(database: Cluster) -> None:
    area = await make_area()
    await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea One")
    await make_actor(Role.VIEWER, area=area, name="Vera Viewer")
    connection = await make_connection(area, every_minutes=60)
    old = "update agency_connection set created_at = now() - interval '80 hours', last_worked_at = null where id = $1"
    await as_superuser(database, old, connection)
    await swept("connection.stale")
    await swept("connection.stale")
    await ran(database, "connection.alert", connection)
    assert len(await mails(database, area)) == 1
    await swept("connection.stale")
    assert await ran(database, "connection.alert", connection) == 0
    held = await begun(area, await asked(area, connection))
    async with serving(area):
        await runs.finish(run_id=held.run_id, fence=held.fence)
    await as_superuser(database, "update agency_connection set last_worked_at = now() - interval '80 hours' "
                       "where id = $1", connection)  # fmt: skip
    await swept("connection.stale")
    await ran(database, "connection.alert", connection)
    assert len(await mails(database, area)) == 2


async def test_administrators_are_told_of_a_national_one(database: Cluster) -> None:
    who = await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Platform")
    connection = await make_connection(None, system="police_forces", every_minutes=60)
    await as_superuser(database, "update agency_connection set created_at = now() - interval '80 hours' where id = $1",
                       connection)  # fmt: skip
    await swept("connection.stale")
    await ran(database, "connection.alert", connection)
    sent = "select 1 from mail where person_id = $1 and template = 'connection_stale'"
    told = await as_superuser(database, sent, who.id)
    assert len(told) == 1


async def test_the_managers_are_told_at_once_of_credentials_that_open_nothing(database: Cluster) -> None:
    area = await make_area()
    await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea One")
    connection = await make_connection(area, every_minutes=60)
    for _ in range(2):
        await told_of(area, connection)
    assert await mails(database, area) == [], "it works"
    held = await begun(area, await asked(area, connection))
    async with serving(area):
        await runs.reauthorise(run_id=held.run_id, fence=held.fence, problem="The secret has expired.")
    for _ in range(2):
        await told_of(area, connection)
    sent = await as_superuser(database, "select template, details::text from mail where area_id = $1", area.id)
    assert [row["template"] for row in sent] == ["connection_stopped"]
    assert "The secret has expired." in sent[0]["details"]


async def told_of(area: AreaMade, connection: UUID) -> None:
    opened = opening("connection.alert", area.id, JOBS["connection.alert"].powers)
    async with opened.scope:
        await jobs.alert(by=opened.by, connection_id=connection)


async def test_a_run_that_fell_silent_makes_way_for_the_next(database: Cluster) -> None:
    area = await make_area()
    connection = await make_connection(area)
    held = await begun(area, await asked(area, connection))
    silence = "update connection_run set heard_from_at = now() - interval '3 hours' where id = $1"
    await as_superuser(database, silence, held.run_id)
    await swept("connection.silent")
    by = opening("connection.give_up", area.id, frozenset({"agencies"}))
    async with by.scope:
        await jobs.give_up(by=by.by, run_id=held.run_id)
    assert await states(area, connection) == [("by_hand", "failed")]
    await asked(area, connection)
