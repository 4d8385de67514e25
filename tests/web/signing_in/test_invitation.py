"""An invitation: one link, one use, a role at the end of it."""

from __future__ import annotations

from litestar import Litestar

from tenants.tenancy.people import service as people
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.identity_provider import RunningProvider
from tests.support.world import AreaMade, make_actor, make_area
from tests.web.page_client import PageClient
from tests.web.signing_in.world import account, go_through


async def invited(area: AreaMade) -> str:
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        invitation = await people.invite(
            by=manager, email="nia@council.example", name="Nia New", role="viewer", area_id=area.id
        )
    return f"/invitation/{invitation_token(invitation)}"


async def test_an_invitation_gives_a_role_once(app: Litestar, provider: RunningProvider) -> None:
    area = await make_area()
    link = await invited(area)
    async with PageClient(app) as browser:
        page = await browser.get(link)
        assert f"invited as viewer for {area.name}" in page.text
        await go_through(browser, provider, subject="new-person", start=page.links()["Sign in with Schools sign-in"])
        assert (await browser.get(f"/area/{area.slug}")).h1 == area.name
    async with PageClient(app) as someone_else:
        page = await someone_else.get(link, status=404)
        assert "already been accepted" in page.text


async def test_a_link_that_is_not_whole_says_so(app: Litestar) -> None:
    async with PageClient(app) as browser:
        page = await browser.get("/invitation/half-a-link", status=404)
        assert "opened the whole link" in page.text


async def test_an_invitation_that_is_over_does_not_keep_its_browser_out(
    app: Litestar, provider: RunningProvider
) -> None:
    area = await make_area()
    link = await invited(area)
    await account(provider, subject="cara", name="Cara Lunt")
    async with PageClient(app) as browser, PageClient(app) as quicker:
        page = await browser.get(link)
        first = (await quicker.get(link)).links()["Sign in with Schools sign-in"]
        await go_through(quicker, provider, subject="new-person", start=first)
        start = page.links()["Sign in with Schools sign-in"]
        await go_through(browser, provider, subject="cara", start=start, status=403)
        await go_through(browser, provider, subject="cara")
