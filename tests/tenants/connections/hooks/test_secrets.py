"""The secrets of a hook: shown once, sealed, changed with an overlap, ended, erased."""

from __future__ import annotations

from uuid import UUID

import asyncpg
import pytest

from infra import standard_webhooks as form
from infra.clock import now
from infra.database import sql
from tenants.audit import queries as audit
from tenants.connections import service as connections
from tenants.connections.hooks import door, queries, service
from tenants.connections.hooks.queries import HookRow
from tenants.connections.hooks.rules import OVERLAP
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import keeper, make_connection
from tests.support.hooks import Told, changed_secret, told
from tests.support.world import AreaMade, make_actor, make_area


async def seen(hook: Told) -> HookRow:
    async with tenant_scope(keeper(hook.area), readonly=True):
        found = await queries.hook(connection_id=hook.connection)
    assert found is not None
    return found


async def good_at(hook: Told) -> list[bytes]:
    async with system_scope("hooks", powers=[door.POWER]):
        found = await door.find(address=hook.address)
    assert found is not None
    return list(found.keys)


def keys(*hooks: Told) -> set[bytes | None]:
    return {form.key_of(hook.secret) for hook in hooks}


async def end(hook: Told, secret_id: UUID) -> None:
    async with tenant_scope(keeper(hook.area)):
        await service.end_secret(by=keeper(hook.area), connection_id=hook.connection, secret_id=secret_id)


async def test_a_secret_is_ours_or_the_one_that_the_system_gave(database: Cluster) -> None:
    ours = await told()
    theirs = await changed_secret(ours.area, ours.connection, secret=" whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
    assert theirs.secret == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert [one.made_here for one in (await seen(ours)).secrets] == [False, True]
    assert set(await good_at(ours)) == keys(ours, theirs)


async def test_the_one_before_ends_a_day_later(database: Cluster) -> None:
    before = now()
    hook = await told()
    await changed_secret(hook.area, hook.connection)
    newest, older = (await seen(hook)).secrets
    assert newest.ends_at is None
    assert older.ends_at is not None
    assert before + OVERLAP <= older.ends_at <= now() + OVERLAP
    async with tenant_scope(keeper(hook.area)):
        await sql.execute("update connection_hook_secret set ends_at = now() where id = $1", older.id)
    assert len(await good_at(hook)) == 1


async def test_an_ended_secret_is_good_for_nothing_and_erased(database: Cluster) -> None:
    hook = await told()
    newer = await changed_secret(hook.area, hook.connection)
    await end(hook, (await seen(hook)).secrets[1].id)
    assert set(await good_at(hook)) == keys(newer)
    with pytest.raises(NotFound):
        await end(hook, UUID(int=0))
    await end(hook, (await seen(hook)).secrets[0].id)
    assert await good_at(hook) == []
    assert await sealed_of(database, hook) == [None, None]


async def test_with_the_connection_its_secrets_end(database: Cluster) -> None:
    hook = await told()
    who = keeper(hook.area)
    async with tenant_scope(who):
        await connections.retire_connection(by=who, connection_id=hook.connection, version=1, reason="They left.")
    assert await good_at(hook) == []
    assert await sealed_of(database, hook) == [None]
    with pytest.raises(WrongState):
        await changed_secret(hook.area, hook.connection)


async def test_not_more_than_three_are_good_at_once(database: Cluster) -> None:
    hook = await told()
    for _ in range(2):
        await changed_secret(hook.area, hook.connection)
    with pytest.raises(WrongState, match="End one of them first"):
        await changed_secret(hook.area, hook.connection)


@pytest.mark.parametrize("secret", ["", "whsec_", "hunter2", "whsec_c2hvcnQ="])
async def test_what_is_no_secret_is_refused(database: Cluster, secret: str) -> None:
    area = await make_area()
    with pytest.raises(Invalid):
        await changed_secret(area, await make_connection(area), secret=secret)


async def test_a_system_that_sends_none_has_no_hook(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(WrongState, match="does not tell us"):
        await changed_secret(area, await make_connection(area, system="education_statistics"))
    with pytest.raises(WrongState, match="does not tell us"):
        who, national = keeper(None), await make_connection(None, system="gias")
        async with tenant_scope(who):
            await service.make_secret(by=who, connection_id=national)


async def viewer(area: AreaMade) -> Actor:
    return await make_actor(Role.VIEWER, area=area)


async def test_only_the_areas_manager_keeps_them(database: Cluster) -> None:
    hook = await told()
    stranger = await make_actor(Role.BUSINESS_MANAGER, area=await make_area("Elsewhere"))
    for who, refusal in ((await viewer(hook.area), NotAllowed), (stranger, NotFound)):
        async with tenant_scope(who):
            with pytest.raises(refusal):
                await service.make_secret(by=who, connection_id=hook.connection)


async def test_the_trail_says_who_and_when_and_no_secret(database: Cluster) -> None:
    hook = await told()
    await end(hook, (await seen(hook)).secrets[0].id)
    async with tenant_scope(keeper(hook.area), readonly=True):
        said = await audit.entries(area_id=hook.area.id, limit=10)
    mine = [event for event in said if "hook_secret" in event.action]
    assert [event.action for event in mine] == ["connection.end_hook_secret", "connection.hook_secret"]
    assert hook.secret not in repr(mine)


async def test_the_web_comes_by_a_secret_through_the_door_alone(database: Cluster) -> None:
    hook = await told()
    async with tenant_scope(keeper(hook.area)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await sql.fetch("select sealed from connection_hook_secret")
    async with tenant_scope(keeper(hook.area)):
        assert await sql.fetch("select * from security.hook_secrets($1)", hook.address) == []
    async with system_scope("hooks", powers=[door.POWER]):
        assert await sql.fetch("select id from connection_hook_secret") == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(keeper(hook.area)):
            await sql.execute(
                "insert into connection_arrival (area_id, connection_id, outcome, reason, sha256, bytes) "
                "values ($1, $2, 'refused', 'Made up.', repeat('0', 64), 0)", hook.area.id, hook.connection
            )  # fmt: skip


async def sealed_of(database: Cluster, hook: Told) -> list[bytes | None]:
    superuser = await asyncpg.connect(database.superuser)
    rows = await superuser.fetch(
        "select sealed from connection_hook_secret where connection_id = $1", hook.connection
    )
    await superuser.close()
    return [row["sealed"] for row in rows]


async def test_a_secret_moved_to_another_connection_does_not_open(database: Cluster) -> None:
    mine, other = await told(), await told()
    superuser = await asyncpg.connect(database.superuser)
    await superuser.execute(
        "update connection_hook_secret t set sealed = f.sealed from connection_hook_secret f "
        "where t.connection_id = $1 and f.connection_id = $2", mine.connection, other.connection
    )  # fmt: skip
    await superuser.close()
    assert await good_at(mine) == []

