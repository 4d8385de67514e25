"""A kept official: each read is recorded once, in the name of someone who is certainly signed in."""

from __future__ import annotations

from litestar import Litestar

from infra.database import sql
from infra.database.scope import observer
from infra.ids import uuid7
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tenants.tenancy.sessions import service as sessions
from tests.support.product import Api, session_token
from tests.support.world import make_actor

READS = "select count(*) from audit.event where area_id = 0 and action = 'national.read' and actor_name = $1"


async def recorded(by: Actor) -> int:
    async with system_scope("reading the trail", powers=["national"], areas=[0]):
        count: int = await sql.fetch_value(READS, by.name)
    return count


async def test_an_officials_read_is_checked_recorded_and_made(processes: tuple[Litestar, Litestar]) -> None:
    by = await make_actor(Role.OFFICIAL, name=f"Official {uuid7()}")
    api = Api(processes[0], token=await session_token(by))
    first = await api.run("NationalFlags", openOnly=True)
    seen: list[str] = []
    watching = observer.set(seen.append)
    second = await api.run("NationalFlags", openOnly=True)
    observer.reset(watching)
    assert first == second
    [read] = seen  # beside the transaction of the ledger, which asks the same as it begins
    assert "session_live" in read
    assert await recorded(by) == 2


async def test_each_entry_names_the_request_that_it_is_of(processes: tuple[Litestar, Litestar]) -> None:
    by = await make_actor(Role.OFFICIAL, name=f"Official {uuid7()}")
    api = Api(processes[0], token=await session_token(by))
    for _ in range(3):
        await api.run("NationalFlags", openOnly=True)
    async with system_scope("reading the trail", powers=["national"], areas=[0]):
        named: int = await sql.fetch_value(READS.replace("*", "distinct request_id"), by.name)
    assert named == 3


async def test_nothing_is_recorded_for_a_session_that_has_ended(processes: tuple[Litestar, Litestar]) -> None:
    by = await make_actor(Role.OFFICIAL, name=f"Official {uuid7()}")
    assert by.id is not None
    api = Api(processes[0], token=await session_token(by))
    await api.run("NationalFlags", openOnly=True)
    async with tenant_scope(by):
        await sessions.revoke_all(by=by, person_id=by.id, reason="signed out")
    answer = await api.run("NationalFlags", openOnly=True)
    assert answer["errors"]
    assert await recorded(by) == 1
