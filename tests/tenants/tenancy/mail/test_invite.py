"""Inviting someone sends them the email, once, with the change."""

from __future__ import annotations

from tenants.tenancy.people.service import invite
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.queue import drain
from tests.support.world import make_actor, make_area
from tests.tenants.tenancy.mail.conftest import Postbag


async def test_inviting_someone_sends_them_the_email(postbag: Postbag) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        await invite(by=manager, email="New@Example.org", name="Nia New", role="viewer", area_id=area.id)
    await drain()
    ((message, _),) = postbag.sent
    assert (message.to, "Dear Nia New," in message.body) == ("new@example.org", True)
