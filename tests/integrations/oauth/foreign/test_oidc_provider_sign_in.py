"""Signing in at oidc-provider, by all signs the software behind DfE Sign-in, which no one here wrote."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr

from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.finish import finish
from backend.auth.oidc.identity import VerifiedIdentity
from backend.auth.oidc.provider import ClientKey, ClientSecret, Provider
from backend.auth.oidc.sign_out import sign_out_address
from integrations.hosts import only_hosts
from integrations.http import Door
from tests.integrations.oauth.foreign.installing import NotHere, running
from tests.support.identity_provider import CLIENT_KEY, REDIRECT_URI, SIGNED_OUT_URI
from tests.support.plain_http import TRUSTED
from tests.support.sign_in import provider_at

SECRET = "correct horse & battery: staple+"
SCHOOL = {"name": "Testbridge Academy", "urn": "900001", "localAuthority": {"code": "999"}}
PEOPLE: dict[str, dict[str, Any]] = {
    "5d1e9c0a": {"given_name": "Ada", "family_name": "Okafor", "email": "ada@school.example", "organisation": SCHOOL},
    "cara": {"given_name": "Cara", "email": "cara@school.example", "organisation": json.dumps(SCHOOL)},
    "ben": {"given_name": "Ben", "email": "ben@council.example", "organisation": {}},
}
WEB = {"redirect_uris": [REDIRECT_URI], "post_logout_redirect_uris": [SIGNED_OUT_URI],
       "scope": "openid profile email organisation"}  # fmt: skip
CLIENTS = [
    {"client_id": "basic", "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_basic", **WEB},
    {"client_id": "post", "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_post", **WEB},
    {"client_id": "keyed", "token_endpoint_auth_method": "private_key_jwt",
     "jwks": {"keys": [CLIENT_KEY.as_dict(private=False)]}, **WEB},
]  # fmt: skip
PEM = SecretStr(CLIENT_KEY.as_pem(private=True).decode())
CREDENTIALS = {
    "basic": ClientSecret(secret=SecretStr(SECRET)),
    "post": ClientSecret(secret=SecretStr(SECRET), sent_as="client_secret_post"),
    "keyed": ClientKey(pem=PEM, kid="our-key"),
}


@pytest_asyncio.fixture(scope="module")
async def issuer() -> AsyncIterator[str]:
    try:
        with running("signin.mjs", {"people": PEOPLE, "clients": CLIENTS}) as address:
            yield address
    except NotHere as missing:
        pytest.skip(str(missing))


@pytest.fixture
def issuers() -> Issuers:
    return Issuers(door=Door(permits=only_hosts("127.0.0.1"), total_seconds=20))


def provider_of(issuer: str, client: str = "basic") -> Provider:
    scopes = ("openid", "profile", "email", "organisation")
    return provider_at(issuer, client_id=client, credential=CREDENTIALS[client], scopes=scopes, fold_subject=True)


async def through(address: str, *, sub: str) -> str:
    """Go through its login and its consent as a browser does; return where it sends the person."""
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED, timeout=20) as browser:
        for _ in range(12):
            answer = await browser.get(address)
            while answer.is_redirect:
                address = str(answer.url.join(answer.headers["location"]))
                if address.startswith(REDIRECT_URI):
                    return address
                answer = await browser.get(address)
            action = re.search(r'action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert action is not None, answer.text[:300]
            assert prompt is not None, answer.text[:300]
            form = {"prompt": prompt[1], "login": sub, "password": "any"}
            sent = await browser.post(answer.url.join(action[1]), data=form)
            address = str(sent.url.join(sent.headers["location"]))
        raise AssertionError("it never sends the person back")


async def sign_in(provider: Provider, issuers: Issuers, *, sub: str = "5d1e9c0a") -> VerifiedIdentity:
    address, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    back = await through(address, sub=sub)
    return await finish(provider, pending, urlsplit(back).query, browser_key=pending.browser_key, issuers=issuers)


@pytest.mark.parametrize("client", CREDENTIALS)
async def test_a_person_signs_in_however_we_prove_who_we_are(issuer: str, issuers: Issuers, client: str) -> None:
    who = await sign_in(provider_of(issuer, client), issuers)
    assert (who.issuer, who.subject, who.name, who.email) == (issuer, "5D1E9C0A", "Ada Okafor", "ada@school.example")


async def test_the_organisation_is_understood_in_every_form_that_it_sends(issuer: str, issuers: Issuers) -> None:
    identities = [await sign_in(provider_of(issuer), issuers, sub=sub) for sub in ("5d1e9c0a", "cara", "ben")]
    said = [identity.organisation_said for identity in identities]
    assert said[0] == said[1] == "You chose Testbridge Academy there."
    assert (said[2] or "").startswith("You chose no organisation there.")


async def test_a_code_works_once(issuer: str, issuers: Issuers) -> None:
    provider = provider_of(issuer)
    address, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    query = urlsplit(await through(address, sub="ben")).query
    await finish(provider, pending, query, browser_key=pending.browser_key, issuers=issuers)
    with pytest.raises(SignInRefused) as refused:
        await finish(provider, pending, query, browser_key=pending.browser_key, issuers=issuers)
    assert refused.value.code == "token_invalid_grant"


async def test_a_wrong_secret_is_for_an_administrator_to_mend(issuer: str, issuers: Issuers) -> None:
    wrong = provider_at(issuer, client_id="basic", credential=ClientSecret(secret=SecretStr("wrong" * 9)))
    with pytest.raises(SignInRefused) as refused:
        await sign_in(wrong, issuers)
    assert (refused.value.code, refused.value.sentence) == (
        "token_invalid_client", "Signing in this way is not set up correctly. Tell your administrator.",
    )  # fmt: skip


async def test_its_session_can_be_ended_from_here(issuer: str, issuers: Issuers) -> None:
    who = await sign_in(provider_of(issuer), issuers)
    address = await sign_out_address(
        provider_of(issuer), id_token=who.id_token, return_to=SIGNED_OUT_URI, issuers=issuers
    )
    assert address is not None
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED, timeout=20) as browser:
        asked = await browser.get(address)
    assert asked.status_code == 200
    assert "error" not in asked.text.lower()
    assert f'action="{issuer}/session/end/confirm"' in asked.text, "it takes our token, us and the address"
