"""A provider that is described wrongly is told of as it is saved, not by whoever tries to sign in there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.support.identity_provider import RunningProvider
from tests.support.product import signed_in
from tests.support.world import make_actor


@pytest.mark.parametrize(("issuer", "enabled", "told"), [
    ("/c", "yes", False),
    ("/nobody", "yes", True),
    ("/nobody", "", False),
])  # fmt: skip
async def test_saving_says_whether_anybody_could_sign_in_there(
    app: Litestar, provider: RunningProvider, issuer: str, enabled: str, told: bool
) -> None:
    values = {"slug": f"p{uuid4().hex[:8]}", "name": "Anew", "issuer": provider.base_url + issuer, "client_id": "us",
              "secret": "a very secret thing", "enabled": enabled}  # fmt: skip
    async with await signed_in(app, await make_actor(Role.PLATFORM_ADMINISTRATOR)) as browser:
        saved = await browser.submit(await browser.get("/platform/new-provider"), "Save provider", values)
        banner = (await browser.follow(saved)).banner
        assert banner.startswith("Anew is saved.")
        assert ("Nobody can sign in there yet" in banner) is told
        asked = await browser.get(f"/platform/providers/{values['slug']}/switch")
        if enabled:  # or it would stand on other tests' sign-in page
            await browser.submit(asked, "Switch off", {})
