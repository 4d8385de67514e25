"""The last platform administrator keeps role and account until someone else has the role: nobody else could give it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from infra.clock import today
from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import WrongState
from tenants.tenancy.people import accounts, queries, service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import make_actor

OPERATOR = system_actor("command line", powers=["platform"])
_DISABLE_OTHERS = """
update person set disabled_at = now() where disabled_at is null and not id = any ($1)
    and id in (select person_id from role_assignment where role = 'platform_administrator')
"""


async def keeper() -> Actor:
    return await make_actor(Role.PLATFORM_ADMINISTRATOR)


def id_of(who: Actor) -> UUID:
    assert who.id is not None
    return who.id


async def only(*left: Actor) -> None:
    """Leave these administrators alone in the service, until the scope that each test ends by a refusal is undone."""
    await sql.execute(_DISABLE_OTHERS, [id_of(one) for one in left])


async def end(by: Actor, who: Actor, *, in_days: int = 0) -> None:
    [held] = await queries.assignments_of_person(person_id=id_of(who))
    day = today() + timedelta(days=in_days)
    await service.end_role(by=by, assignment_id=held.id, ends_on=day, reason="I move on.", version=held.version)


async def test_the_last_administrator_does_not_end_their_own_role(database: Cluster) -> None:
    one = await keeper()
    with pytest.raises(WrongState, match="Give someone else that role first"):
        async with tenant_scope(one):
            await only(one)
            await end(one, one)


async def test_with_another_they_do(database: Cluster) -> None:
    one, _ = await keeper(), await keeper()
    async with tenant_scope(one):
        await end(one, one)
        [held] = await queries.every_assignment_of(person_ids=[id_of(one)])
    assert held.valid_to == today()


async def test_two_do_not_go_one_after_the_other(database: Cluster) -> None:
    one, two = await keeper(), await keeper()
    with pytest.raises(WrongState, match="platform administrator"):
        async with tenant_scope(one):
            await only(one, two)
            await end(one, one, in_days=30)
            await end(one, two, in_days=10)


async def test_an_account_that_is_disabled_is_no_other_administrator(database: Cluster) -> None:
    one, two = await keeper(), await keeper()
    with pytest.raises(WrongState, match="platform administrator"):
        async with tenant_scope(one):
            await only(one, two)
            await accounts.disable_person(by=one, person_id=id_of(two), reason="They have left.")
            await end(one, one)


async def test_an_administrator_about_to_leave_does_not_disable_the_one_who_stays(database: Cluster) -> None:
    one, two = await keeper(), await keeper()
    with pytest.raises(WrongState, match="platform administrator"):
        async with tenant_scope(one):
            await only(one, two)
            await end(one, one, in_days=30)
            await accounts.disable_person(by=one, person_id=id_of(two), reason="They have left.")


async def test_the_command_line_does_not_disable_the_last_either(database: Cluster) -> None:
    one = await keeper()
    with pytest.raises(WrongState, match="Give someone else that role first"):
        async with tenant_scope(OPERATOR):
            await only(one)
            await accounts.disable_person(by=OPERATOR, person_id=id_of(one), reason="They have left.")


async def test_nobody_disables_themselves(database: Cluster) -> None:
    one = await keeper()
    with pytest.raises(WrongState, match="cannot disable your own account"):
        async with tenant_scope(one):
            await accounts.disable_person(by=one, person_id=id_of(one), reason="I move on.")
