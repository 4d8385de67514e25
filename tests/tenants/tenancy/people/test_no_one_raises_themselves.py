"""Nobody gives themselves a role: not by granting it, not by an invitation of their own, and not when disabled."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.people import accepting, accounts, queries, service
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_actor, make_area

ISSUER = "https://issuer.example"
SIGN_IN = system_actor("signing in", powers=["signin"])


async def signs_in_as(who: Actor) -> str:
    """Give the person an identity; return its subject."""
    subject = uuid4().hex
    async with system_scope("test", powers=["signin"]):
        await sql.execute(
            "insert into identity (issuer, subject, person_id) values ($1, $2, $3)", ISSUER, subject, who.id
        )
    return subject


async def accept(invitation: UUID, *, subject: str) -> UUID | None:
    """With an account that has the address that was invited."""
    async with tenant_scope(SIGN_IN):
        found = await queries.invitation(invitation_id=invitation)
        assert found is not None
        return await accepting.accept_invitation(
            by=SIGN_IN, token=invitation_token(invitation), issuer=ISSUER, subject=subject,
            name="Nia New", email=found.email,
        )  # fmt: skip


async def roles_of(who: Actor) -> list[str]:
    async with system_scope("test", powers=["platform"]):
        rows = await sql.fetch("select role from role_assignment where person_id = $1 order by role", who.id)
    return [row["role"] for row in rows]


async def test_a_manager_does_not_become_a_lead_by_their_own_invitation(database: Cluster) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        invitation = await service.invite(
            by=manager, email="my.other@example.org", name="Me Again", role="lead_safeguarding_partner",
            area_id=area.id,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        await accept(invitation, subject=await signs_in_as(manager))
    assert await roles_of(manager) == ["business_manager"]
    assert await accept(invitation, subject=uuid4().hex) not in (None, manager.id), "it works for another"


async def test_an_administrator_does_not_become_an_official_by_their_own_grant(database: Cluster) -> None:
    keeper = await make_actor(Role.PLATFORM_ADMINISTRATOR)
    assert keeper.id is not None
    with pytest.raises(NotAllowed):
        async with tenant_scope(keeper):
            await service.grant_role(by=keeper, person_id=keeper.id, role=Role.SENIOR_OFFICIAL)
    assert await roles_of(keeper) == ["platform_administrator"]


async def test_a_disabled_account_takes_no_role_and_uses_up_no_invitation(database: Cluster) -> None:
    area = await make_area()
    manager, gone = await make_actor(Role.BUSINESS_MANAGER, area=area), await make_actor(Role.VIEWER, area=area)
    subject = await signs_in_as(gone)
    keeper = actor(Role.PLATFORM_ADMINISTRATOR)
    assert gone.id is not None
    async with tenant_scope(keeper):
        await accounts.disable_person(by=keeper, person_id=gone.id, reason="They have left.")
    async with tenant_scope(manager):
        invitation = await service.invite(
            by=manager, email="gone@example.org", name="Gone", role="partnership_chair", area_id=area.id
        )
    with pytest.raises(NotAllowed):
        await accept(invitation, subject=subject)
    assert await roles_of(gone) == ["viewer"]
