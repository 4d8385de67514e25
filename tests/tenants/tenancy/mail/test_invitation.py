"""The invitation email holds the link that works, which the database never held."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from infra.ids import uuid7
from tenants.tenancy.people.invitation_mail import mail_invitation
from tenants.tenancy.people.service import invite
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.organisations import make_school, make_trust
from tests.support.queue import as_superuser, drain
from tests.support.world import make_actor, make_area, manager
from tests.tenants.tenancy.mail.conftest import Postbag


async def test_the_link_in_the_email_is_the_invitations_own(postbag: Postbag, database: Cluster) -> None:
    area, invitation_id = await make_area("Seasand"), uuid7()
    async with tenant_scope(manager(area)):
        mail_id = await mail_invitation(
            by=manager(area),
            invitation_id=invitation_id,
            to="ada@example.org",
            name="Ada O'Neil",
            role=Role.LEAD_SAFEGUARDING_PARTNER,
            area_id=area.id,
            expires_at=datetime(2027, 3, 31, 23, 30, tzinfo=UTC),
        )
    await drain()
    ((message, _),) = postbag.sent
    token = invitation_token(invitation_id)
    assert re.findall(r"https://\S+", message.body) == [f"https://concordat.test/invitation/{token}"]
    assert f"Bea Manager has invited you to act as lead safeguarding partner for {area.name}." in message.body
    assert "Dear Ada O'Neil,\n" in message.body
    assert "until 1 April 2027" in message.body
    assert message.subject == f"You are invited to {area.name} on Concordat"
    (row,) = await as_superuser(database, "select mail::text as kept from mail where id = $1", mail_id)
    assert token not in row["kept"]


async def test_whoever_is_to_speak_for_a_body_reads_for_which(postbag: Postbag, database: Cluster) -> None:
    area = await make_area("Seasand")
    school, trust = await make_school(area, name="Meadow Primary School"), await make_trust(name="Foxley Trust")
    boss = await make_actor(Role.BUSINESS_MANAGER, area=area)
    administrator = await make_actor(Role.PLATFORM_ADMINISTRATOR)
    async with tenant_scope(boss):
        await invite(by=boss, email="ada@example.org", name="Ada", role=Role.ESTABLISHMENT_CONTACT, area_id=area.id,
                     organisation_id=school)  # fmt: skip
    async with tenant_scope(administrator):
        await invite(by=administrator, email="bo@example.org", name="Bo", role=Role.TRUST_LEAD, organisation_id=trust)
        await invite(by=administrator, email="cy@example.org", name="Cy", role=Role.OFFICIAL)
    await drain()
    said = {message.to: message.body for message, _ in postbag.sent}
    assert f"as establishment contact for Meadow Primary School in {area.name}." in said["ada@example.org"]
    assert "as trust lead for Foxley Trust." in said["bo@example.org"]
    assert "as department official for England." in said["cy@example.org"]
