"""A browser for the provider's own pages and endpoints."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.identity_provider import RunningProvider
from tests.support.plain_http import TRUSTED


@pytest.fixture
async def browser(identity_provider: RunningProvider) -> AsyncIterator[httpx.AsyncClient]:
    """Talks to issuer `a` and follows nothing by itself."""
    async with httpx.AsyncClient(base_url=identity_provider.issuer(), trust_env=False, verify=TRUSTED) as client:
        yield client
