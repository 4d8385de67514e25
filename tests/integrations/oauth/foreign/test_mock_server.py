"""oauth2-mock-server, which no one here wrote: it refuses nothing, so it shows only what we make of what it says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio

from backend.auth.errors import TokenRefused
from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.finish import finish
from backend.auth.tokens import verify
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.oauth.ask import ask_token
from integrations.oauth.requests import by_secret
from tests.integrations.oauth.foreign.installing import NotHere, running
from tests.support.identity_provider import REDIRECT_URI
from tests.support.plain_http import TRUSTED
from tests.support.sign_in import provider_at

DOOR = Door(permits=only_hosts("127.0.0.1", "localhost"), total_seconds=20)


@pytest_asyncio.fixture(scope="module")
async def issuer() -> AsyncIterator[str]:
    try:
        with running("mock.mjs", {}) as address:
            yield address
    except NotHere as missing:
        pytest.skip(str(missing))


async def test_its_keys_are_not_marked_for_signing_so_nobody_is_signed_in(issuer: str) -> None:
    """What did not pass, and is our rule: a key counts only where its set says that it signs (RFC 7517 §4.2)."""
    issuers, provider = Issuers(door=DOOR), provider_at(issuer)
    address, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED, timeout=20) as browser:
        back = (await browser.get(address)).headers["location"]
        keys = (await browser.get(f"{issuer}/jwks")).json()["keys"]
    assert [key.get("use") for key in keys] == [None]
    with pytest.raises(SignInRefused, match="keys_none"):
        await finish(provider, pending, urlsplit(back).query, browser_key=pending.browser_key, issuers=issuers)


async def test_its_token_for_a_machine_is_read_and_is_no_access_token_of_ours(issuer: str) -> None:
    request = by_secret(url=f"{issuer}/token", client_id="us", secret="hush", scope="api://force/.default")
    token = await ask_token(DOOR, request)
    assert token.seconds == 3600
    with pytest.raises(TokenRefused):
        await verify(
            token.access_token, issuer=issuer, audience="us", types=frozenset({"at+jwt"}), issuers=Issuers(door=DOOR)
        )
