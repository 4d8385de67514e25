"""An invitation that is sent again: a fresh link, the same role, and never two links that work."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from infra.ids import uuid7
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed, NotFound, WrongState
from tenants.tenancy.people import queries, service
from tenants.tenancy.people.accepting import accept_invitation
from tenants.tenancy.people.sending_again import send_again
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area

SIGN_IN = system_actor("signing in", powers=["signin"])
EXPIRED = "update invitation set created_at = now() - interval '9 days', expires_at = now() - interval '2 days'"


async def invited(by: Actor, area: AreaMade) -> UUID:
    async with tenant_scope(by):
        return await service.invite(
            by=by, email="lee@example.org", name="Lee Park", role="viewer", area_id=area.id, post="Lay member"
        )


async def sent_again(by: Actor, invitation: UUID) -> UUID:
    async with tenant_scope(by):
        return await send_again(by=by, invitation_id=invitation)


async def of_area(by: Actor, area: AreaMade) -> dict[UUID, queries.InvitationRow]:
    async with tenant_scope(by, readonly=True):
        return {row.id: row for row in await queries.invitations_of_area(area_id=area.id)}


async def accept(invitation: UUID) -> UUID | None:
    subject = str(uuid7())
    async with tenant_scope(SIGN_IN):
        return await accept_invitation(
            by=SIGN_IN, token=invitation_token(invitation), issuer="https://id.test", subject=subject, name="Lee",
            email="lee@example.org",
        )  # fmt: skip


async def test_the_old_link_ends_and_the_new_invitation_says_what_the_old_one_did(database: Cluster) -> None:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    old = await invited(by, area)
    new = await sent_again(by, old)
    rows = await of_area(by, area)
    assert [(rows[one].state, rows[one].may_send_again) for one in (old, new)] == [("revoked", False), ("open", True)]
    assert (rows[new].email, rows[new].role, rows[new].post) == ("lee@example.org", "viewer", "Lay member")
    assert invitation_token(old) != invitation_token(new)
    with pytest.raises(WrongState):
        await accept(old)
    mails = await as_superuser(database, "select address from mail where about = any ($1)", [old, new])
    assert [mail["address"] for mail in mails] == ["lee@example.org"] * 2


async def test_one_that_has_expired_is_sent_again_once(database: Cluster) -> None:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    old = await invited(by, area)
    await as_superuser(database, f"{EXPIRED} where id = $1", old)
    assert (await of_area(by, area))[old].may_send_again
    new = await sent_again(by, old)
    rows = await of_area(by, area)
    assert [(rows[one].state, rows[one].may_send_again) for one in (old, new)] == [("expired", False), ("open", True)]
    with pytest.raises(WrongState, match="is open"):
        await sent_again(by, old)


@pytest.mark.parametrize("expired", [False, True])
async def test_two_people_who_send_it_again_at_once_send_one(database: Cluster, expired: bool) -> None:
    area = await make_area()
    by, other = [await make_actor(Role.BUSINESS_MANAGER, area=area) for _ in range(2)]
    old = await invited(by, area)
    if expired:
        await as_superuser(database, f"{EXPIRED} where id = $1", old)
    done = await asyncio.gather(sent_again(by, old), sent_again(other, old), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["UUID", "WrongState"]
    assert [row.state for row in (await of_area(by, area)).values()].count("open") == 1


ANSWERED = "answered_at = now(), answered_issuer = 'https://id.test', answered_subject = 'lee'"


@pytest.mark.parametrize(("done", "words"), [
    (f"{ANSWERED}, confirmed_at = now(), confirmed_by = invited_by", "has been confirmed"),
    ("accepted_at = now()", "need not be sent again"),
    ("revoked_at = now()", "withdrawn, or sent again already"),
])  # fmt: skip
async def test_what_is_over_is_not_sent_again(database: Cluster, done: str, words: str) -> None:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    old = await invited(by, area)
    await as_superuser(database, f"update invitation set {done} where id = $1", old)
    with pytest.raises(WrongState, match=words):
        await sent_again(by, old)
    ((only, row),) = (await of_area(by, area)).items()
    assert (only, row.may_send_again) == (old, False)


async def test_one_that_somebody_else_opened_is_sent_again_for_whom_it_is_meant(database: Cluster) -> None:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    old = await invited(by, area)
    await as_superuser(database, f"update invitation set {ANSWERED} where id = $1", old)
    new = await sent_again(by, old)
    rows = await of_area(by, area)
    assert (rows[old].state, rows[new].state, rows[new].answered_at) == ("revoked", "open", None)
    assert await accept(new) is not None


async def test_only_who_may_give_the_role_sends_it_again(database: Cluster) -> None:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    old = await invited(by, area)
    with pytest.raises(NotAllowed):
        await sent_again(await make_actor(Role.VIEWER, area=area), old)
    with pytest.raises(NotFound):
        await sent_again(await make_actor(Role.BUSINESS_MANAGER, area=await make_area()), old)
    assert list(await of_area(by, area)) == [old]
