"""A link alone gives no role: the account has the address that was invited, or someone confirms who opened it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from tenants.audit import queries as trail
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed, NotFound, Problem, WrongState
from tenants.tenancy.people import accepting, queries, service
from tenants.tenancy.people.queries import AssignmentRow, InvitationRow
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, actor, make_actor, make_area

SIGN_IN = system_actor("signing in", powers=["signin"])


@dataclass(frozen=True, kw_only=True)
class Sent:
    area: AreaMade
    manager: Actor
    id: UUID
    email: str


async def sent() -> Sent:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    address = f"lee-{uuid4().hex}@example.org"
    async with tenant_scope(manager):
        made = await service.invite(by=manager, email=address, name="Lee Park", role="viewer", area_id=area.id)
    return Sent(area=area, manager=manager, id=made, email=address)


async def opened(one: Sent, *, subject: str, email: str, issuer: str = "https://id.test") -> UUID | None:
    async with tenant_scope(SIGN_IN):
        return await accepting.accept_invitation(
            by=SIGN_IN, token=invitation_token(one.id), issuer=issuer, subject=subject, name="Lee Parker", email=email
        )


async def signs_in(*, subject: str, email: str, issuer: str = "https://id.test") -> int:
    async with tenant_scope(SIGN_IN):
        return await accepting.take_up_confirmed(
            by=SIGN_IN, issuer=issuer, subject=subject, name="Lee Parker", email=email
        )


async def confirmed(one: Sent, *, by: Actor | None = None) -> UUID:
    by = by or one.manager
    async with tenant_scope(by):
        return await accepting.confirm_invitation(by=by, invitation_id=one.id)


async def row(one: Sent) -> InvitationRow:
    async with tenant_scope(one.manager):
        found = await queries.invitation(invitation_id=one.id)
    assert found is not None
    return found


async def held(subject: str) -> list[AssignmentRow]:
    async with tenant_scope(SIGN_IN):
        person = await queries.person_by_identity(issuer="https://id.test", subject=subject)
        return [] if person is None else await queries.assignments_of_person(person_id=person.id)


async def test_the_account_with_the_invited_address_has_the_role_at_once(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    assert await opened(one, subject=subject, email=one.email.upper()) is not None
    assert [(held_.role, held_.area_id) for held_ in await held(subject)] == [("viewer", one.area.id)]


@pytest.mark.parametrize("stated", ["l.parker@elsewhere.example", ""], ids=["another address", "no address told"])
async def test_any_other_account_waits_and_has_nothing(database: Cluster, stated: str) -> None:
    one, subject = await sent(), uuid4().hex
    stated = stated and f"{subject}-{stated}"
    assert await opened(one, subject=subject, email=stated) is None
    assert await held(subject) == []
    found = await row(one)
    assert (found.state, found.answered_name, found.answered_email) == ("open", "Lee Parker", stated or None)
    assert await signs_in(subject=subject, email=stated) == 0, "not before it is confirmed"
    assert await held(subject) == []


async def test_once_confirmed_the_next_sign_in_gives_the_role_once(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    address = f"{subject}@elsewhere.example"
    await opened(one, subject=subject, email=address)
    await confirmed(one)
    assert await held(subject) == []
    assert await signs_in(subject=uuid4().hex, email="other@elsewhere.example") == 0, "not to whoever signs in next"
    assert await signs_in(subject=subject, email=address, issuer="https://other.test") == 0
    assert await signs_in(subject=subject, email=address) == 1
    assert await signs_in(subject=subject, email=address) == 0
    assert [(held_.role, held_.area_id, held_.email) for held_ in await held(subject)] == [
        ("viewer", one.area.id, address)
    ]
    assert (await row(one)).state == "accepted"


async def test_the_link_opened_again_after_it_was_confirmed_gives_the_role_too(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    await opened(one, subject=subject, email="")
    await confirmed(one)
    assert await opened(one, subject=subject, email="") is not None
    assert [held_.email for held_ in await held(subject)] == [one.email]


async def test_the_first_answer_stays_and_the_right_account_need_not_wait_for_it(database: Cluster) -> None:
    one, first, second = await sent(), uuid4().hex, uuid4().hex
    await opened(one, subject=first, email=f"{first}@elsewhere.example")
    with pytest.raises(WrongState, match="Someone else has opened"):
        await opened(one, subject=second, email=f"{second}@elsewhere.example")
    assert (await row(one)).answered_subject == first
    await confirmed(one)
    with pytest.raises(WrongState, match="Someone else has opened"):
        await opened(one, subject=second, email=f"{second}@elsewhere.example")
    assert await opened(one, subject=second, email=one.email) is not None
    assert await signs_in(subject=first, email=f"{first}@elsewhere.example") == 0, "the link works once"
    assert await held(first) == []


async def test_opened_twice_by_one_account_it_is_told_once(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    for _ in range(2):
        assert await opened(one, subject=subject, email="") is None
    mails = await as_superuser(
        database, "select template, person_id from mail where area_id = $1 order by id", one.area.id
    )
    assert [mail["template"] for mail in mails] == ["invitation", "invitation_answered"]
    assert mails[1]["person_id"] == one.manager.id
    async with tenant_scope(one.manager):
        said = await trail.entries(area_id=one.area.id, where=trail.Filter(action="invitation."))
    assert [entry.action for entry in said] == ["invitation.answer", "invitation.send"]


async def test_withdrawn_it_gives_nothing_though_it_was_confirmed(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    await opened(one, subject=subject, email="")
    await confirmed(one)
    async with tenant_scope(one.manager):
        await service.revoke_invitation(by=one.manager, invitation_id=one.id)
    assert await signs_in(subject=subject, email="") == 0
    with pytest.raises(WrongState, match="revoked"):
        await opened(one, subject=subject, email="")


async def test_an_answer_in_time_is_confirmed_after_the_links_own_days(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    await as_superuser(database, "update invitation set expires_at = now() + interval '60 s' where id = $1", one.id)
    before = (await row(one)).expires_at
    await opened(one, subject=subject, email="")
    assert ((await row(one)).expires_at - before).days >= 6
    await as_superuser(database, "update invitation set expires_at = now() - interval '1 s' where id = $1", one.id)
    with pytest.raises(WrongState, match="expired"):
        await confirmed(one)
    assert await signs_in(subject=subject, email="") == 0


async def test_there_is_nothing_to_confirm_before_an_answer_nor_twice(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    with pytest.raises(WrongState, match="nothing to confirm"):
        await confirmed(one)
    await opened(one, subject=subject, email="")
    await confirmed(one)
    with pytest.raises(WrongState, match="confirmed already"):
        await confirmed(one)


async def test_only_whoever_may_give_the_role_confirms_and_never_themselves(database: Cluster) -> None:
    one, subject = await sent(), uuid4().hex
    async with system_scope("test", powers=["signin"]):
        own = await service.create_person(
            name="Max", email=f"{subject}@example.org", issuer="https://id.test", subject=subject
        )
    await opened(one, subject=subject, email=f"{subject}@example.org")
    administrator = await make_actor(Role.PLATFORM_ADMINISTRATOR)
    refused: list[tuple[Actor, type[Problem]]] = [
        (await make_actor(Role.VIEWER, area=one.area), NotAllowed),
        (await make_actor(Role.BUSINESS_MANAGER, area=await make_area("Elsewhere")), NotFound),
        (await make_actor(Role.OFFICIAL), NotFound),
        (actor(Role.BUSINESS_MANAGER, area_id=one.area.id, person_id=own), NotAllowed),
    ]
    for by, problem in refused:
        with pytest.raises(problem):
            await confirmed(one, by=by)
    assert (await row(one)).confirmed_at is None
    assert await confirmed(one, by=administrator) == one.id
