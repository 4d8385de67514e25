"""Inviting, accepting, giving and ending roles."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from uuid import UUID

import asyncpg
import pytest

from infra.clock import today
from infra.ids import uuid7
from infra.secrets import token_hash
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, Problem, WrongState
from tenants.tenancy.people import accepting, queries, service
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_actor, make_area

SIGN_IN = system_actor("signing in", powers=["signin"])


async def invite(by: Actor, area: AreaMade, **changed: object) -> UUID:
    values: dict[str, object] = {"name": "Lee Park", "role": "viewer", "area_id": area.id}
    values["email"] = f"lee@{area.slug}.example"
    async with tenant_scope(by):
        return await service.invite(by=by, **{**values, **changed})  # type: ignore[arg-type]


async def accept(token: str, *, subject: str) -> UUID:
    """With an account that has the address that was invited."""
    async with tenant_scope(SIGN_IN):
        found = await queries.invitation_by_token(token_hash=token_hash(token))
        person_id = await accepting.accept_invitation(
            by=SIGN_IN,
            token=token,
            issuer="https://id.test",
            subject=subject,
            name="Lee",
            email="" if found is None else found.email,
        )
    assert person_id is not None
    return person_id


async def test_an_invitation_becomes_a_role_on_the_day_it_is_accepted(database: Cluster) -> None:
    area = await make_area()
    invitation = await invite(await make_actor(Role.BUSINESS_MANAGER, area=area), area)
    person_id = await accept(invitation_token(invitation), subject=str(uuid7()))
    async with tenant_scope(SIGN_IN):
        held = await queries.assignments_of_person(person_id=person_id)
    assert [(row.role, row.area_id, row.valid_from) for row in held] == [("viewer", area.id, today())]


async def test_a_link_opened_twice_at_once_works_once(database: Cluster) -> None:
    area = await make_area()
    token = invitation_token(await invite(await make_actor(Role.BUSINESS_MANAGER, area=area), area))
    tried = await asyncio.gather(
        *(accept(token, subject=str(uuid7())) for _ in range(4)), return_exceptions=True
    )
    assert [type(one) for one in tried].count(UUID) == 1
    assert all(isinstance(one, WrongState) for one in tried if not isinstance(one, UUID))


async def test_a_forged_token_is_not_found(database: Cluster) -> None:
    with pytest.raises(NotFound):
        await accept("forged", subject="x")
    with pytest.raises(NotFound):
        await accept(invitation_token(uuid7()), subject="x")


async def test_an_expired_or_withdrawn_invitation_is_over(database: Cluster) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    withdrawn, expired = await invite(manager, area), await invite(manager, area, email="kim@example.org")
    async with tenant_scope(manager):
        await service.revoke_invitation(by=manager, invitation_id=withdrawn)
    clock = await asyncpg.connect(database.superuser)
    await clock.execute("update invitation set expires_at = now() - interval '1 second' where id = $1", expired)
    await clock.close()
    for invitation, state in ((withdrawn, "revoked"), (expired, "expired")):
        with pytest.raises(WrongState, match=state):
            await accept(invitation_token(invitation), subject=str(uuid7()))


@pytest.mark.parametrize(("setting", "days"), [(None, 7), ("2", 2)])
async def test_a_link_works_for_as_many_days_as_is_set(
    database: Cluster, monkeypatch: pytest.MonkeyPatch, setting: str | None, days: int
) -> None:
    if setting is not None:
        monkeypatch.setenv("CONCORDAT_INVITATION_DAYS", setting)
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    invited = await invite(manager, area)
    async with tenant_scope(manager):
        found = await queries.invitation(invitation_id=invited)
    assert found is not None
    assert found.expires_at - found.created_at == pytest.approx(timedelta(days=days), abs=timedelta(minutes=5))


async def test_an_open_invitation_is_not_sent_a_second_time(database: Cluster) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    open_one = await invite(manager, area)
    with pytest.raises(WrongState, match="Withdraw it before you send another"):
        await invite(manager, area, email=f"LEE@{area.slug}.example")
    await invite(manager, area, role="independent_scrutineer")
    async with tenant_scope(manager):
        await service.revoke_invitation(by=manager, invitation_id=open_one)
    assert await invite(manager, area) != open_one


async def test_whoever_holds_the_role_already_is_not_given_it_twice(database: Cluster) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    subject = str(uuid7())
    person_id = await accept(invitation_token(await invite(manager, area)), subject=subject)
    assert await accept(invitation_token(await invite(manager, area)), subject=subject) == person_id
    administrator, there = await make_actor(Role.PLATFORM_ADMINISTRATOR), (await make_area("Elsewhere")).id
    async with tenant_scope(administrator):
        with pytest.raises(WrongState, match="already"):
            await service.grant_role(by=administrator, person_id=person_id, role=Role.VIEWER, area_id=area.id)
        await service.grant_role(by=administrator, person_id=person_id, role=Role.VIEWER, area_id=there)
        held = await queries.assignments_of_person(person_id=person_id)
    assert sorted(row.area_id or 0 for row in held) == sorted([area.id, there])


async def test_a_role_that_has_ended_may_be_given_again(database: Cluster) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    person_id = await accept(invitation_token(await invite(manager, area)), subject=str(uuid7()))
    async with tenant_scope(manager):
        (held,) = await queries.assignments_of_person(person_id=person_id)
        await service.end_role(by=manager, assignment_id=held.id, ends_on=today(), reason="Moved.", version=1)
        tomorrow = today() + timedelta(days=1)
        again = await service.grant_role(
            by=manager, person_id=person_id, role=Role.VIEWER, area_id=area.id, valid_from=tomorrow
        )
    assert again != held.id


async def test_an_address_that_signs_in_another_way_is_not_taken_over(database: Cluster) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(SIGN_IN):
        await service.create_person(name="Lee", email="same@example.org", issuer="https://id.test", subject="first")
    token = invitation_token(await invite(manager, area, email="same@example.org"))
    with pytest.raises(NotAllowed, match="signs in another way"):
        async with tenant_scope(SIGN_IN):
            await accepting.accept_invitation(
                by=SIGN_IN, token=token, issuer="https://other.test", subject="x", name="", email="same@example.org"
            )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "x" * 300 + "@example.org"}, "email"),
        ({"name": " "}, "name"),
        ({"role": "king"}, "role"),
        ({"role": "establishment_contact"}, "organisationId"),
    ],
)
async def test_a_bad_invitation_is_refused_and_not_kept(
    database: Cluster, changed: dict[str, object], field: str
) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    with pytest.raises(Problem) as refused:
        await invite(manager, area, **changed)
    assert refused.value.field == field
    async with tenant_scope(manager):
        assert await queries.invitations_of_area(area_id=area.id) == []


async def test_another_area_sees_neither_people_nor_invitations(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    theirs = await make_actor(Role.BUSINESS_MANAGER, area=there)
    invitation = await invite(theirs, there)
    mine = actor(Role.BUSINESS_MANAGER, area_id=here.id)
    async with tenant_scope(mine):
        assert await queries.assignments_of_area(area_id=there.id) == []
        assert await queries.invitations_of_area(area_id=there.id) == []
        assert await queries.invitation(invitation_id=invitation) is None
        assert theirs.id is not None
        assert await queries.person(person_id=theirs.id) is None
        with pytest.raises(NotFound):
            await service.revoke_invitation(by=mine, invitation_id=invitation)


async def end(by: Actor, assignment_id: UUID, **changed: object) -> None:
    values: dict[str, object] = {"ends_on": today(), "reason": "Left the post", "version": 1}
    async with tenant_scope(by):
        await service.end_role(by=by, assignment_id=assignment_id, **{**values, **changed})  # type: ignore[arg-type]


async def test_an_ended_role_is_over_the_day_after_and_stays_in_the_record(database: Cluster) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    viewer = await make_actor(Role.VIEWER, area=area)
    assert viewer.id is not None
    async with tenant_scope(manager):
        [row] = [r for r in await queries.assignments_of_area(area_id=area.id) if r.person_id == viewer.id]
    await end(manager, row.id)
    async with tenant_scope(manager):
        tomorrow = today() + timedelta(days=1)
        held = [await queries.assignments_of_area(area_id=area.id, on=day) for day in (today(), tomorrow)]
    assert [viewer.id in [r.person_id for r in rows] for rows in held] == [True, False]
    with pytest.raises(WrongState):
        await end(manager, row.id, version=2)


@pytest.mark.parametrize(
    ("changed", "error"),
    [({"version": 7}, Conflict), ({"ends_on": date(2019, 1, 1)}, Invalid), ({"reason": ""}, Invalid)],
)
async def test_a_role_is_not_ended_on_a_wrong_day_without_a_reason_or_by_a_stale_page(
    database: Cluster, changed: dict[str, object], error: type[Problem]
) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        [row] = await queries.assignments_of_area(area_id=area.id)
    with pytest.raises(error):
        await end(manager, row.id, **changed)
    async with tenant_scope(manager):
        [row] = await queries.assignments_of_area(area_id=area.id)
    assert row.valid_to is None
