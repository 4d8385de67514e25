"""Signing out: at the provider from our side, and with us from theirs."""

import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from backend.auth.errors import IssuerUnavailable, TokenRefused
from backend.auth.issuers import Issuers
from backend.auth.oidc.sign_out import EVENT, SignedOut, sign_out_address, verify_logout_token, who_signed_in
from tests.support.hostile_provider import HostileProvider, says
from tests.support.identity_provider import CLIENTS, SIGNED_OUT_URI, RunningProvider, running_provider
from tests.support.plain_http import TRUSTED
from tests.support.sign_in import provider_at, sign_in

NOW = int(time.time())


@dataclass
class Seen:
    """A `SeenTokens` for tests."""

    ids: set[tuple[str, str]] = field(default_factory=set)

    async def first_time(self, *, issuer: str, token_id: str, until: int) -> bool:
        new = (issuer, token_id) not in self.ids
        self.ids.add((issuer, token_id))
        return new


async def visit(address: str | None) -> httpx.Response:
    assert address is not None
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as browser:
        return await browser.get(address)


async def test_the_provider_brings_the_person_back(identity_provider: RunningProvider, issuers: Issuers) -> None:
    provider = provider_at(identity_provider.issuer())
    who = await sign_in(provider, identity_provider, issuers)
    address = await sign_out_address(provider, id_token=who.id_token, return_to=SIGNED_OUT_URI, issuers=issuers)
    answer = await visit(address)
    assert (answer.status_code, answer.headers["location"]) == (303, SIGNED_OUT_URI)


async def test_without_proof_of_who_it_is_the_provider_only_says_goodbye(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider = provider_at(identity_provider.issuer())
    address = await sign_out_address(provider, id_token=None, return_to=SIGNED_OUT_URI, issuers=issuers)
    answer = await visit(address)
    assert answer.status_code == 200
    assert "You are signed out" in answer.text


async def test_the_provider_sends_nobody_to_an_address_it_does_not_know(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider = provider_at(identity_provider.issuer())
    who = await sign_in(provider, identity_provider, issuers)
    address = await sign_out_address(
        provider, id_token=who.id_token, return_to="https://evil.example/", issuers=issuers
    )
    assert (await visit(address)).status_code == 200


async def test_signing_out_here_never_waits_for_a_provider_that_is_down(
    hostile: HostileProvider, hasty: Issuers
) -> None:
    hostile.scripts["/.well-known/openid-configuration"] = says({}, status="503 Service Unavailable")
    provider = provider_at(hostile.base_url)
    assert await sign_out_address(provider, id_token=None, return_to=SIGNED_OUT_URI, issuers=hasty) is None


async def test_a_provider_without_a_page_for_it_has_no_address(hostile: HostileProvider, issuers: Issuers) -> None:
    provider = provider_at(hostile.base_url)
    assert await sign_out_address(provider, id_token=None, return_to=SIGNED_OUT_URI, issuers=issuers) is None


async def test_a_real_logout_token_names_the_session_to_end_and_works_once(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider, seen = provider_at(identity_provider.issuer()), Seen()
    form = {"client_id": "concordat", "sub": "ben", "sid": "session-1"}
    token = (await identity_provider.post("/a/controls/logout-token", form))["logout_token"]

    ended = await verify_logout_token(provider, token, issuers=issuers, seen=seen)
    assert ended == SignedOut(issuer=provider.issuer, subject="ben", session_id="session-1")
    with pytest.raises(TokenRefused, match="replayed"):
        await verify_logout_token(provider, token, issuers=issuers, seen=seen)


def logout_token(hostile: HostileProvider, *, typ: str = "logout+jwt", **changed: Any) -> str:
    good: dict[str, Any] = {"events": {EVENT: {}}, "jti": "1", "sid": "s", "email": None}
    return hostile.sign(hostile.claims(**good | changed), typ=typ)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"typ": "JWT"}, "token_type"),
        ({"events": None}, "claim_events"),
        ({"events": {"another": {}}}, "claim_events"),
        ({"events": {EVENT: True}}, "claim_events"),
        ({"events": [EVENT]}, "claim_events"),
        ({"nonce": "n"}, "claim_nonce"),
        ({"sub": None, "sid": None}, "claim_sub"),
        ({"sub": ["ada"]}, "claim_sub"),
        ({"sid": ""}, "claim_sub"),
        ({"jti": None}, "claim_jti"),
        ({"jti": 5}, "claim_jti"),
        ({"aud": ["concordat", "another"]}, "claim_aud"),
        ({"exp": NOW - 61}, "expired"),
        ({"iss": "https://signin.example"}, "claim_iss"),
    ],
)
async def test_a_wrong_logout_token_ends_nothing(
    hostile: HostileProvider, issuers: Issuers, changed: dict[str, Any], code: str
) -> None:
    seen = Seen()
    token = logout_token(hostile, **changed)
    with pytest.raises(TokenRefused) as caught:
        await verify_logout_token(provider_at(hostile.base_url), token, issuers=issuers, seen=seen)
    assert caught.value.code == code
    assert not seen.ids, "a refused token must not use up an id"


async def test_a_session_alone_is_enough(hostile: HostileProvider, issuers: Issuers) -> None:
    token = logout_token(hostile, sub=None)
    ended = await verify_logout_token(provider_at(hostile.base_url), token, issuers=issuers, seen=Seen())
    assert (ended.subject, ended.session_id) == (None, "s")


async def test_while_the_keys_cannot_be_had_the_provider_may_try_again(
    hostile: HostileProvider, hasty: Issuers
) -> None:
    hostile.scripts["/jwks"] = says({}, status="503 Service Unavailable")
    with pytest.raises(IssuerUnavailable):
        await verify_logout_token(provider_at(hostile.base_url), logout_token(hostile), issuers=hasty, seen=Seen())


async def test_signing_out_at_the_provider_tells_every_service_that_asked_to_be_told(
    hostile: HostileProvider, issuers: Issuers, tmp_path: Path
) -> None:
    told = {**CLIENTS[0], "backchannel_logout_uri": f"{hostile.base_url}/told"}
    with running_provider(tmp_path, clients=[told]) as running:
        provider = provider_at(running.issuer())
        who = await sign_in(provider, running, issuers, sub="ben")
        hint = urlencode({"id_token_hint": who.id_token})
        await visit(f"{running.issuer()}/end-session?{hint}")
    assert hostile.asked["/told"] == 1


def kept_token(aud: object) -> str:
    """An ID token as a session keeps it: verified when it came, not read for anything but whom it was made for."""
    said = urlsafe_b64encode(json.dumps({"aud": aud}).encode()).decode().rstrip("=")
    return f"e30.{said}.c2ln"


@pytest.mark.parametrize(("token", "slug"), [
    (kept_token("councils-client"), "councils"),
    (kept_token(["schools-client"]), "schools"),
    (kept_token(["else", "councils-client"]), "councils"),
    (kept_token("a client of long ago"), "schools"),
    (None, "schools"),
])  # fmt: skip
def test_of_two_providers_with_one_issuer_it_is_the_one_whose_client_signed_in(token: str | None, slug: str) -> None:
    issuer = "https://login.example/tenant"
    known = [
        provider_at("https://other.example", slug="other", client_id="councils-client"),
        provider_at(issuer, slug="schools", client_id="schools-client"),
        provider_at(issuer, slug="councils", client_id="councils-client"),
    ]
    found = who_signed_in(known, issuer=issuer, id_token=token)
    assert found is not None
    assert found.slug == slug
    assert who_signed_in(known, issuer="https://gone.example", id_token=token) is None
