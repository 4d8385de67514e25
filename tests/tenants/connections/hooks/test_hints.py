"""A hint is never lost: told while a run is under way, or just after one, it brings the next."""

from __future__ import annotations

from datetime import timedelta

from infra.database import sql
from tenants.connections import runs
from tenants.connections.hooks import arrivals, door, jobs, rules
from tenants.connections.hooks.rules import Message
from tenants.tenancy.scope import system_actor, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, engine, serving
from tests.support.hooks import Told, arrived, runs_of, told


async def take(hook: Told, message_id: str) -> bool:
    by = system_actor(arrivals.TELLER, powers=[door.POWER], areas=[hook.area.id])
    message = Message(message_id=message_id, event_type=None, content_type=None, sha256="0" * 64, bytes=2)
    async with tenant_scope(by):
        return await arrivals.take(by=by, area_id=hook.area.id, connection_id=hook.connection, message=message)


async def ended(hook: Told) -> None:
    """Let the run that is open come to its end, and a while pass."""
    held = await begun(hook.area, (await runs_of(hook))[0].id)
    async with serving(hook.area):
        await runs.finish(run_id=held.run_id, fence=held.fence)
        await sql.execute("update connection_hook set asked_at = asked_at - $1::interval", 2 * rules.PAUSE)


async def swept(hook: Told) -> list[str]:
    """Run the sweep's question, then its job for this connection; return what the runs were asked for by."""
    async with tenant_scope(worker_actor("connection.hinted", powers=["queue"])):
        rows = await sql.fetch("select connection_id from security.hooks_hinted()")
    if hook.connection in {row["connection_id"] for row in rows}:
        async with serving(hook.area):
            await jobs.ask_hinted(by=engine(hook.area), connection_id=hook.connection)
    return [run.cause for run in await runs_of(hook)]


async def test_a_hint_during_a_run_brings_another_when_it_has_ended(database: Cluster) -> None:
    hook = await told()
    await asked(hook.area, hook.connection)
    assert await take(hook, "msg_1")
    assert await swept(hook) == ["by_hand"], "one run at a time"
    await ended(hook)
    assert await swept(hook) == ["hook", "by_hand"]
    assert (await arrived(hook))[0].run_id == (await runs_of(hook))[0].id
    await ended(hook)
    assert await swept(hook) == ["hook", "by_hand"], "the hint was spent"


async def test_many_hints_in_a_moment_bring_one_run_now_and_one_after_the_pause(database: Cluster) -> None:
    hook = await told()
    assert [await take(hook, f"msg_{number}") for number in range(5)] == [True] * 5
    held = await begun(hook.area, (await runs_of(hook))[0].id)
    async with serving(hook.area):
        await runs.finish(run_id=held.run_id, fence=held.fence)
    assert await take(hook, "msg_late")
    assert await swept(hook) == ["hook"], "not within a minute of the one before"
    async with serving(hook.area):
        await sql.execute("update connection_hook set asked_at = asked_at - $1::interval", timedelta(minutes=2))
    assert await swept(hook) == ["hook", "hook"]


async def test_a_connection_that_waits_for_credentials_runs_when_it_has_them(database: Cluster) -> None:
    hook = await told()
    state = "update agency_connection set state = $2 where id = $1"
    async with serving(hook.area):
        await sql.execute(state, hook.connection, "reauthorise")
    assert await take(hook, "msg_1")
    assert await swept(hook) == []
    async with serving(hook.area):
        await sql.execute(state, hook.connection, "active")
    assert await swept(hook) == ["hook"]
