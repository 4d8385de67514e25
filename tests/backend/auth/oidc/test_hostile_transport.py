"""A provider that answers slowly, endlessly, elsewhere or not at all, at each address that we call."""

import asyncio
from collections.abc import Callable

import pytest

from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.finish import finish
from tests.support.hostile_provider import HostileProvider, Script, drips_for_long, floods, says
from tests.support.identity_provider import REDIRECT_URI
from tests.support.sign_in import provider_at

DISCOVERY = "/.well-known/openid-configuration"
MOVED = says({}, status="302 Found", headers="Location: http://127.0.0.1:9/\r\n")
PACKED = says({}, headers="Content-Encoding: gzip\r\n")
BROKEN = says({}, status="500 Internal Server Error")
BEHAVIOURS = {
    "deadline": drips_for_long,
    "too_large": floods,
    "redirect": MOVED,
    "encoded": PACKED,
    "status": BROKEN,
    "not_json": says(["a", "list"]),
}


async def refused_sign_in(hostile: HostileProvider, issuers: Issuers, *, email: str | None = None) -> SignInRefused:
    provider = provider_at(hostile.base_url)
    with pytest.raises(SignInRefused) as caught:
        _, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
        hostile.id_token = hostile.sign(hostile.claims(nonce=pending.nonce, email=email))
        query = f"code=c&state={pending.state}&iss={hostile.base_url}"
        await finish(provider, pending, query, browser_key=pending.browser_key, issuers=issuers)
    return caught.value


@pytest.mark.parametrize(("code", "behaviour"), BEHAVIOURS.items(), ids=BEHAVIOURS)
@pytest.mark.parametrize(
    ("path", "prefix"), [(DISCOVERY, "discovery"), ("/token", "token"), ("/jwks", "keys"), ("/userinfo", "userinfo")]
)
async def test_a_misbehaving_address_ends_the_sign_in_and_not_us(
    hostile: HostileProvider, hasty: Issuers, path: str, prefix: str, code: str, behaviour: Script
) -> None:
    hostile.scripts[path] = behaviour
    loop = asyncio.get_running_loop()
    began = loop.time()
    refused = await refused_sign_in(hostile, hasty)
    assert refused.code == f"{prefix}_{code}"
    assert "not answering" in refused.sentence
    assert loop.time() - began < 60


@pytest.mark.parametrize(
    "endpoint",
    ["http://signin.example/token", "ftp://127.0.0.1/token", "/token", 5, "https://", "https://[x", "https://x:y/"],
)
@pytest.mark.parametrize("name", ["token_endpoint", "authorization_endpoint", "jwks_uri", "end_session_endpoint"])
async def test_an_endpoint_without_tls_or_without_a_host_is_refused(
    hostile: HostileProvider, hasty: Issuers, name: str, endpoint: object
) -> None:
    hostile.metadata = {name: endpoint}
    assert (await refused_sign_in(hostile, hasty)).code == "discovery_endpoint"


async def test_an_endpoint_on_a_host_that_we_may_not_call_is_not_called(
    hostile: HostileProvider, hasty: Issuers
) -> None:
    hostile.metadata = {"token_endpoint": "https://internal.example/token"}
    assert (await refused_sign_in(hostile, hasty)).code == "token_host_refused"


@pytest.mark.parametrize("change", [lambda base: base + "/", lambda base: base.upper(), lambda _: None])
async def test_a_document_that_names_another_issuer_is_refused(
    hostile: HostileProvider, hasty: Issuers, change: Callable[[str], str | None]
) -> None:
    hostile.metadata = {"issuer": change(hostile.base_url)}
    refused = await refused_sign_in(hostile, hasty)
    assert refused.code == "issuer_mismatch"
    assert "not set up correctly" in refused.sentence, "waiting would not help"


@pytest.mark.parametrize("missing", ["authorization_endpoint", "token_endpoint"])
async def test_a_provider_that_cannot_sign_people_in_is_not_set_up(
    hostile: HostileProvider, hasty: Issuers, missing: str
) -> None:
    hostile.metadata = {missing: None}
    assert "administrator" in (await refused_sign_in(hostile, hasty)).sentence


@pytest.mark.parametrize("body", [{"token_type": "mac"}, {"id_token": None}, {"access_token": ["at"]}], ids=str)
async def test_an_incomplete_token_answer_is_refused(
    hostile: HostileProvider, hasty: Issuers, body: dict[str, object]
) -> None:
    hostile.token_body = body
    assert (await refused_sign_in(hostile, hasty)).code == "token_response"
