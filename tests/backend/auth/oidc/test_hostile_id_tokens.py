"""ID tokens that a hostile or broken provider, or somebody between, might send us."""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey

from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.finish import finish
from backend.auth.oidc.identity import VerifiedIdentity
from tests.support.hostile_provider import KEY, OTHER_KEY, HostileProvider, public
from tests.support.identity_provider import REDIRECT_URI
from tests.support.sign_in import provider_at

NOW = int(time.time())


async def finish_with(hostile: HostileProvider, issuers: Issuers, make: Any) -> VerifiedIdentity:
    """A whole sign-in in which the provider hands out the token that `make(nonce)` returns."""
    provider = provider_at(hostile.base_url)
    _, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    hostile.id_token = make(pending.nonce)
    query = f"code=c&state={pending.state}&iss={hostile.base_url}"
    return await finish(provider, pending, query, browser_key=pending.browser_key, issuers=issuers)


async def code_of(hostile: HostileProvider, issuers: Issuers, make: Any) -> str:
    with pytest.raises(SignInRefused) as caught:
        await finish_with(hostile, issuers, make)
    assert caught.value.sentence.startswith("We could not be sure")
    return caught.value.code


async def test_a_faultless_token_passes(hostile: HostileProvider, issuers: Issuers) -> None:
    """Else every refusal below would prove nothing."""
    who = await finish_with(hostile, issuers, lambda nonce: hostile.sign(hostile.claims(nonce=nonce)))
    assert who.subject == "mallory"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"nonce": "another"}, "claim_nonce"),
        ({"nonce": None}, "claim_nonce"),
        ({"aud": "another-service"}, "claim_aud"),
        ({"aud": ["concordat", "another-service"]}, "claim_aud"),
        ({"aud": None}, "claim_aud"),
        ({"azp": "another-service"}, "claim_azp"),
        ({"iss": "https://signin.example"}, "claim_iss"),
        ({"exp": NOW - 61}, "expired"),
        ({"exp": None}, "claim_exp"),
        ({"exp": "tomorrow"}, "claim_exp"),
        ({"iat": NOW + 3_600}, "claim_iat"),
        ({"iat": None}, "claim_iat"),
        ({"nbf": NOW + 3_600}, "claim_nbf"),
        ({"sub": None}, "claim_sub"),
        ({"sub": ""}, "claim_sub"),
        ({"sub": "a" * 256}, "claim_sub"),
        ({"sub": "ada\x00"}, "claim_sub"),
        ({"sub": "\ud800"}, "claim_sub"),
        ({"nonce": "\ud800"}, "claim_nonce"),
        ({"sub": ["mallory"]}, "claim_sub"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "claim_at_hash"),
        ({"at_hash": 5}, "claim_at_hash"),
    ],
)
async def test_a_wrong_claim_is_refused(
    hostile: HostileProvider, issuers: Issuers, changed: dict[str, Any], code: str
) -> None:
    assert await code_of(hostile, issuers, lambda n: hostile.sign(hostile.claims(**{"nonce": n} | changed))) == code


async def test_an_array_in_iss_is_refused(hostile: HostileProvider, issuers: Issuers) -> None:
    def both(nonce: str) -> str:
        return hostile.sign(hostile.claims(nonce=nonce, iss=[hostile.base_url, "https://signin.example"]))

    assert await code_of(hostile, issuers, both) == "claim_iss"


async def test_a_single_audience_in_a_list_and_a_minute_of_skew_are_fine(
    hostile: HostileProvider, issuers: Issuers
) -> None:
    said = {"aud": ["concordat"], "azp": "concordat", "iat": int(time.time()) + 50}
    who = await finish_with(hostile, issuers, lambda n: hostile.sign(hostile.claims(nonce=n, **said)))
    assert who.subject == "mallory"


def unsigned(claims: dict[str, Any], algorithm: str) -> str:
    return f"{part({'alg': algorithm, 'kid': 'hostile-1'})}.{part(claims)}."


def signed_with_public_key(claims: dict[str, Any]) -> str:
    body = f"{part({'alg': 'HS256', 'kid': 'hostile-1'})}.{part(claims)}"
    seal = hmac.new(KEY.as_pem(private=False), body.encode(), hashlib.sha256).digest()
    return f"{body}.{urlsafe_b64encode(seal).decode().rstrip('=')}"


def part(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", ""])
async def test_a_token_without_a_signature_is_refused(
    hostile: HostileProvider, issuers: Issuers, algorithm: str
) -> None:
    assert await code_of(hostile, issuers, lambda n: unsigned(hostile.claims(nonce=n), algorithm)) == "algorithm"


async def test_our_copy_of_the_public_key_is_not_a_shared_secret(hostile: HostileProvider, issuers: Issuers) -> None:
    assert await code_of(hostile, issuers, lambda n: signed_with_public_key(hostile.claims(nonce=n))) == "algorithm"


async def test_a_symmetric_key_in_the_published_set_is_ignored(hostile: HostileProvider, issuers: Issuers) -> None:
    hostile.published = [public(KEY), {**OctKey.generate_key(256).as_dict(), "kid": "hostile-1", "use": "sig"}]
    who = await finish_with(hostile, issuers, lambda n: hostile.sign(hostile.claims(nonce=n)))
    assert who.subject == "mallory"


@pytest.mark.parametrize("header", ["jku", "x5u"])
async def test_an_address_of_keys_inside_the_token_is_never_asked(
    hostile: HostileProvider, issuers: Issuers, header: str
) -> None:
    def self_made(nonce: str) -> str:
        elsewhere = {header: f"{hostile.base_url}/elsewhere"}
        return hostile.sign(hostile.claims(nonce=nonce), key=OTHER_KEY, kid="hostile-1", **elsewhere)

    assert await code_of(hostile, issuers, self_made) == "signature"
    assert hostile.asked["/elsewhere"] == 0


async def test_a_key_inside_the_token_is_never_used(hostile: HostileProvider, issuers: Issuers) -> None:
    def self_made(nonce: str) -> str:
        curve = ECKey.generate_key("P-256")
        return hostile.sign(hostile.claims(nonce=nonce), key=curve, alg="ES256", kid="x", jwk=curve.as_dict(False))

    assert await code_of(hostile, issuers, self_made) == "unknown_key"


async def test_an_altered_body_breaks_the_signature(hostile: HostileProvider, issuers: Issuers) -> None:
    def altered(nonce: str) -> str:
        head, _, seal = hostile.sign(hostile.claims(nonce=nonce)).split(".")
        return f"{head}.{part(hostile.claims(nonce=nonce, sub='ada'))}.{seal}"

    assert await code_of(hostile, issuers, altered) == "signature"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"kid": "unheard-of"}, "unknown_key"),
        ({"alg": "ES256"}, "algorithm"),
        ({"typ": "at+jwt"}, "token_type"),
        ({"typ": "logout+jwt"}, "token_type"),
    ],
    ids=str,
)
async def test_a_wrong_header_is_refused(
    hostile: HostileProvider, issuers: Issuers, header: dict[str, Any], code: str
) -> None:
    def make(nonce: str) -> str:
        token = hostile.sign(hostile.claims(nonce=nonce))
        head = {"alg": "RS256", "kid": "hostile-1", "typ": "JWT"} | header
        return ".".join([part(head), *token.split(".")[1:]])

    assert await code_of(hostile, issuers, make) == code


@pytest.mark.parametrize(
    "token", ["", "a.b", "a.b.c", "a.b.c.d.e", "é.é.é", "." * 20_000, "e30.e30.e30"], ids=str.__len__
)
async def test_rubbish_is_refused(hostile: HostileProvider, issuers: Issuers, token: str) -> None:
    assert await code_of(hostile, issuers, lambda _: token) in {"malformed", "algorithm", "token_response"}


async def test_an_elliptic_key_does_not_verify_an_rsa_algorithm(hostile: HostileProvider, issuers: Issuers) -> None:
    curve = ECKey.generate_key("P-256")
    hostile.published = [{**curve.as_dict(private=False), "kid": "hostile-1", "use": "sig"}]
    assert await code_of(hostile, issuers, lambda n: hostile.sign(hostile.claims(nonce=n))) == "algorithm"


async def test_userinfo_about_somebody_else_is_refused(hostile: HostileProvider, issuers: Issuers) -> None:
    def another(nonce: str) -> str:
        return hostile.sign(hostile.claims(nonce=nonce, sub="ada", email=None))

    assert await code_of(hostile, issuers, another) == "userinfo_sub"
