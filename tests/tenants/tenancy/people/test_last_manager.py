"""An area's last business manager keeps the role until another has it: nobody else in the area could invite one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from infra.clock import today
from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import WrongState
from tenants.tenancy.people import queries, service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_actor, make_area


async def manager(area: AreaMade) -> Actor:
    return await make_actor(Role.BUSINESS_MANAGER, area=area)


def id_of(who: Actor) -> UUID:
    assert who.id is not None
    return who.id


async def end(by: Actor, who: Actor, *, in_days: int = 0) -> None:
    [held] = await queries.assignments_of_person(person_id=id_of(who))
    day = today() + timedelta(days=in_days)
    await service.end_role(by=by, assignment_id=held.id, ends_on=day, reason="I move on.", version=held.version)


async def test_the_last_manager_does_not_end_their_own_role(database: Cluster) -> None:
    area = await make_area()
    one = await manager(area)
    with pytest.raises(WrongState, match="Invite someone else as business manager first"):
        async with tenant_scope(one):
            await end(one, one)


async def test_a_manager_of_another_area_is_no_help(database: Cluster) -> None:
    area = await make_area()
    one = await manager(area)
    await manager(await make_area())
    with pytest.raises(WrongState, match="business manager"):
        async with tenant_scope(one):
            await end(one, one)


async def test_with_another_they_do(database: Cluster) -> None:
    area = await make_area()
    one, _ = await manager(area), await manager(area)
    async with tenant_scope(one):
        await end(one, one)
        [held] = await queries.every_assignment_of(person_ids=[id_of(one)])
    assert held.valid_to == today()


async def test_two_do_not_go_one_after_the_other(database: Cluster) -> None:
    area = await make_area()
    one, two = await manager(area), await manager(area)
    with pytest.raises(WrongState, match="business manager"):
        async with tenant_scope(one):
            await end(one, one, in_days=30)
            await end(one, two, in_days=10)


async def test_an_account_that_is_disabled_is_no_other_manager(database: Cluster) -> None:
    area = await make_area()
    one, two = await manager(area), await manager(area)
    async with system_scope("test world", powers=["platform"]):
        await sql.execute("update person set disabled_at = now() where id = $1", id_of(two))
    with pytest.raises(WrongState, match="business manager"):
        async with tenant_scope(one):
            await end(one, one)


async def test_a_platform_administrator_ends_it_and_can_invite_the_next(database: Cluster) -> None:
    one, keeper = await manager(await make_area()), await make_actor(Role.PLATFORM_ADMINISTRATOR)
    async with tenant_scope(keeper):
        await end(keeper, one)
        [held] = await queries.every_assignment_of(person_ids=[id_of(one)])
    assert held.valid_to == today()
