"""The invitation email holds the link that works, which the database never held."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from infra.ids import uuid7
from tenants.tenancy.people.invitation_mail import mail_invitation
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain
from tests.support.world import make_area, manager
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
