"""Which login may do what with messages: people send into their own area and see nothing; the worker carries."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import ENGINE, Scope, sql
from infra.ids import uuid7
from infra.queue import admin, enqueue
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, system_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, manager, official

VERBS = {
    "select": "select from {table}",
    "insert": "insert into {table} default values",
    "update": "update {table} set {column} = {column}",
    "delete": "delete from {table}",
    "truncate": "truncate {table}",
}
COLUMNS = {
    "outbox": "actor",
    "inbox": "done_at",
    "job_run": "state",
    "sweep_run": "error",
    "process": "until",
    "lease": "until",
}
GRANTED = {
    "app": {table: set[str]() for table in COLUMNS}
    | {"outbox": {"insert"}, "job_run": {"select", "update"}, "sweep_run": {"select"}},
    "worker": {
        "outbox": {"select", "insert", "delete"},
        "inbox": {"select", "insert", "delete"},
        "job_run": {"select", "update", "delete"},
        "sweep_run": {"select", "insert", "update"},
        "process": {"select", "insert", "update", "delete"},
        "lease": {"select", "insert", "update", "delete"},
    },
    "national": {table: set() for table in COLUMNS},
    "public": {table: set() for table in COLUMNS},
}


@pytest.mark.parametrize("login", GRANTED)
async def test_every_table_login_and_verb(database: Cluster, login: str) -> None:
    for table, column in COLUMNS.items():
        for verb, statement in VERBS.items():
            allowed = verb in GRANTED[login][table]
            assert await granted(login, statement.format(table=f"queue.{table}", column=column)) is allowed, (
                f"{login} {verb} {table}"
            )


async def granted(login: str, statement: str) -> bool:
    """Return whether the login has the right at all, whatever the policies then hide."""
    async with ENGINE.pool_of(login).acquire() as connection:
        try:
            await connection.execute(f"explain {statement}" if "truncate" not in statement else statement)
        except asyncpg.InsufficientPrivilegeError:
            return False
        except asyncpg.ReadOnlySQLTransactionError:
            return False
    return True


@pytest.mark.parametrize("login", ["app", "worker", "national", "public"])
async def test_only_the_worker_sees_the_brokers_tables(database: Cluster, login: str) -> None:
    for table in ("queue", "worker", "result"):
        assert await granted(login, f"select from dramatiq.{table}") is (login == "worker")


async def rows(login: str, who: Actor | None) -> dict[str, int]:
    scope = tenant_scope(who, login=login) if who else Scope(login=login, context=None)
    tables = [table for table in COLUMNS if "select" in GRANTED[login][table]]
    async with scope:
        return {table: await sql.fetch_value(f"select count(*) from queue.{table}") for table in tables}


async def test_without_the_power_nobody_sees_a_message(empty_queue: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        await enqueue("board.add", area_id=area.id, board_id=uuid7())
    nobody = {"job_run": 0, "sweep_run": 0}
    for who in (None, manager(area), official()):
        assert await rows("app", who) == nobody
    job_of_the_area = worker_actor("board.add", areas=[area.id])
    assert await rows("worker", job_of_the_area) == {"outbox": 0, "inbox": 0, "process": 0, "lease": 0, **nobody}
    async with system_scope("test", powers=["platform"]):
        assert len(await admin.job_runs()) == 1


async def send_as(who: Actor, area_id: int | None, *, login: str | None = None) -> None:
    async with tenant_scope(who, login=login):
        await enqueue("board.add", area_id=area_id, board_id=uuid7())


async def test_people_send_into_their_own_area_only(empty_queue: Cluster) -> None:
    here, there = await make_area(), await make_area()
    await send_as(manager(here), here.id)
    await send_as(manager(here), None)
    for who in (manager(here), actor(Role.VIEWER, area_id=there.id), worker_actor("x", areas=[here.id])):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await send_as(who, there.id)


async def test_an_agency_sends_into_an_area_where_it_is_present(empty_queue: Cluster) -> None:
    area, there = await make_area(), await make_area()
    school = actor(Role.ESTABLISHMENT_CONTACT, area_id=area.id, organisation_id=uuid7())
    await send_as(school, area.id)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await send_as(school, there.id)


async def test_without_a_context_nobody_sends(empty_queue: Cluster) -> None:
    for login in ("app", "worker"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with Scope(login=login, context=None):
                await enqueue("board.add", area_id=None)


@pytest.mark.parametrize("scope", [national_scope, public_scope])
async def test_logins_that_only_read_send_nothing(database: Cluster, scope: type) -> None:
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)):
        async with scope():
            await enqueue("board.add", area_id=None)


async def test_nobody_can_revive_another_areas_message(empty_queue: Cluster) -> None:
    from infra.queue import outbox

    here, there = await make_area(), await make_area()
    await send_as(manager(there), there.id)
    async with system_scope("test", powers=["platform"]):
        (run,) = await admin.job_runs()
        await sql.execute("update queue.job_run set state = 'discarded'")
    async with tenant_scope(manager(here)):
        await outbox.send(message_id=run.message_id, actor="board.add", args={}, area_id=here.id)
    async with system_scope("test", powers=["platform"]):
        assert [r.state for r in await admin.job_runs()] == ["discarded"]
