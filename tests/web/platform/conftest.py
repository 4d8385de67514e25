"""A browser in which a platform administrator is signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.support.product import signed_in
from tests.support.world import make_actor
from tests.web.page_client import PageClient


@pytest.fixture
async def browser(app: Litestar) -> AsyncIterator[PageClient]:
    async with await signed_in(app, await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Keeper")) as client:
        yield client
