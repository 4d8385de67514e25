"""Whatever ends or changes what a person may do holds from the very next request, in every process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from infra.clock import today
from infra.database import sql
from tenants.tenancy import service as tenancy
from tenants.tenancy.people import accounts, queries
from tenants.tenancy.people import service as people
from tenants.tenancy.roles import Hat, Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tenants.tenancy.sessions import queries as session_queries
from tenants.tenancy.sessions import service as sessions
from tests.graphql.kept.world import Warm
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import actor, make_area

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)


async def sign_out_everywhere(world: Warm) -> None:
    async with tenant_scope(world.actor):
        await sessions.revoke_all(by=world.actor, person_id=world.person, reason="signed out everywhere")


async def disable(world: Warm) -> None:
    async with tenant_scope(ADMIN):
        await accounts.disable_person(by=ADMIN, person_id=world.person, reason="Left")


async def end_the_role(world: Warm) -> None:
    yesterday = today() - timedelta(days=1)
    async with tenant_scope(ADMIN):
        (held,) = await queries.every_assignment_of(person_ids=[world.person])
        await people.end_role(
            by=ADMIN, assignment_id=held.id, ends_on=yesterday, reason="Moved on", version=held.version
        )


async def switch_hat(world: Warm) -> None:
    async with system_scope("test", powers=["signin"]):
        (session,) = await session_queries.sessions_of(person_id=world.person)
        await sessions.rotate(by=world.actor, session=session, hat=Hat.PLATFORM)


async def sign_out_at_the_provider(world: Warm) -> None:
    async with system_scope("test", powers=["signin"]):
        ended = await sessions.revoke_provider_session(by=ADMIN, issuer="test", subject=str(world.person))
    assert ended == 1


EVENTS = (sign_out_everywhere, disable, end_the_role, switch_hat, sign_out_at_the_provider)


@pytest.mark.parametrize("event", EVENTS)
async def test_the_next_request_sees_it_in_every_process(world: Warm, event: Callable[[Warm], Awaitable[None]]) -> None:
    before, _ = await world.ask(world.processes[0])
    await event(world)
    answers = [(await world.ask(process))[0] for process in world.processes]
    world.forget()
    anew, _ = await world.ask(world.processes[0])
    assert answers[0] == answers[1] == anew != before
    assert "Adults board" not in str(answers[0])


@pytest.mark.parametrize(
    "change",
    [
        "update session set last_seen_at = now() - interval '31 minutes' where person_id = $1",
        "update session set expires_at = now() where person_id = $1",
        "delete from session where person_id = $1",
        "delete from role_assignment where person_id = $1",
        "update role_assignment r set area_id = (select max(a.id) from area a where a.id <> r.area_id)"
        " where person_id = $1",
    ],
)
async def test_however_it_was_changed(database: Cluster, world: Warm, change: str) -> None:
    await as_superuser(database, change, world.person)
    for process in world.processes:
        assert "Adults board" not in str(await world.ask(process))


async def test_a_role_that_begins_is_there_at_once_too(world: Warm) -> None:
    other = await make_area()
    async with tenant_scope(ADMIN):
        await people.grant_role(
            by=ADMIN, person_id=world.person, role=Role.VIEWER, area_id=other.id, organisation_id=None, post=None,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
    assert world.kept is not None
    assert other.id not in world.kept.read_areas
    await world.ask(world.processes[0])
    assert other.id in world.kept.read_areas


async def test_a_role_that_ends_today_is_over_at_midnight(world: Warm, monkeypatch: pytest.MonkeyPatch) -> None:
    async with tenant_scope(ADMIN):
        await sql.execute("update role_assignment set valid_to = $2 where person_id = $1", world.person, today())
    assert "Adults board" in str(await world.ask(world.processes[0]))
    tomorrow = today() + timedelta(days=1)
    for module in ("backend.auth.kept_actors", "backend.auth.actors", "tenants.tenancy.people.queries"):
        monkeypatch.setattr(f"{module}.today", lambda: tomorrow)
    assert "Adults board" not in str(await world.ask(world.processes[0]))


async def test_a_merged_area_is_read_as_a_viewer(world: Warm) -> None:
    into = await make_area()
    async with tenant_scope(ADMIN):
        await tenancy.merge_area(by=ADMIN, area_id=world.area.id, into=into.id, reason="Reorganised")
    await world.ask(world.processes[0])
    assert world.kept is not None
    assert world.kept.read_areas == {world.area.id}
    assert world.kept.write_areas == frozenset()
