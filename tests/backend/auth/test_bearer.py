"""Machine clients and their access tokens."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.auth.bearer import BearerRefused, TrustedIssuer, VerifiedClient, verify_bearer
from backend.auth.issuers import Issuers
from tests.support.hostile_provider import HostileProvider, says
from tests.support.identity_provider import API_AUDIENCE, RunningProvider

NOW = int(time.time())


def trust(issuer: str) -> TrustedIssuer:
    return TrustedIssuer(
        issuer=issuer,
        audience=API_AUDIENCE,
        clients=frozenset({"school-system"}),
        scope_roles={"duties:read": "viewer", "duties:answer": "establishment contact"},
    )


async def verified(token: str, issuer: str, issuers: Issuers, **changed: Any) -> VerifiedClient:
    return await verify_bearer(f"Bearer {token}", trusted=[replace(trust(issuer), **changed)], issuers=issuers)


async def refusal(token: str, issuer: str, issuers: Issuers, **changed: Any) -> BearerRefused:
    with pytest.raises(BearerRefused) as caught:
        await verified(token, issuer, issuers, **changed)
    return caught.value


async def test_a_machine_client_shows_its_token(identity_provider: RunningProvider, issuers: Issuers) -> None:
    token = await identity_provider.machine_token(scope="duties:read")
    client = await verified(token, identity_provider.issuer(), issuers)

    assert (client.client_id, client.subject) == ("school-system", "school-system")
    assert (client.scopes, client.roles) == (frozenset({"duties:read"}), frozenset({"viewer"}))
    assert timedelta(0) < client.expires_at - datetime.now(UTC) <= timedelta(minutes=10)


async def test_the_right_one_of_several_trusted_issuers_is_asked(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    both = [trust(identity_provider.issuer("a")), trust(identity_provider.issuer("b"))]
    token = await identity_provider.machine_token(issuer="b")
    client = await verify_bearer(f"bearer {token}", trusted=both, issuers=issuers)
    assert client.issuer == identity_provider.issuer("b")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer  ", "Basic YTpi", "token"])
async def test_without_a_token_we_say_only_that_one_is_wanted(issuers: Issuers, header: str | None) -> None:
    with pytest.raises(BearerRefused) as caught:
        await verify_bearer(header, trusted=[], issuers=issuers)
    assert (caught.value.status, caught.value.www_authenticate) == (401, 'Bearer realm="concordat"')


async def test_a_bad_token_gets_the_standard_words_and_no_hint(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    token = await identity_provider.machine_token()
    refused = await refusal(token, identity_provider.issuer(), issuers, clients=frozenset({"another"}))
    assert (refused.status, refused.code) == (401, "client_not_listed")
    assert refused.www_authenticate == 'Bearer realm="concordat", error="invalid_token"'


async def test_a_scope_that_gives_no_role_is_not_enough(identity_provider: RunningProvider, issuers: Issuers) -> None:
    token = await identity_provider.machine_token(scope="duties:read")
    refused = await refusal(token, identity_provider.issuer(), issuers, scope_roles={"other": "viewer"})
    assert refused.status == 403
    assert refused.www_authenticate.endswith('error="insufficient_scope"')


async def test_a_token_for_another_service_is_refused(identity_provider: RunningProvider, issuers: Issuers) -> None:
    token = await identity_provider.machine_token()
    refused = await refusal(token, identity_provider.issuer(), issuers, audience="https://other.example")
    assert refused.code == "claim_aud"


async def test_an_issuer_that_nobody_trusts_is_never_called(hostile: HostileProvider, issuers: Issuers) -> None:
    token = hostile.sign(hostile.claims(), typ="at+jwt")
    assert (await refusal(token, "https://signin.example", issuers)).code == "issuer_not_trusted"
    assert not hostile.asked


def access_token(hostile: HostileProvider, header: dict[str, Any] | None = None, **changed: Any) -> str:
    good: dict[str, Any] = {"aud": API_AUDIENCE, "client_id": "school-system", "scope": "duties:read", "email": None}
    return hostile.sign(hostile.claims(**good | changed), **{"typ": "at+jwt"} | (header or {}))


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "application/at+jwt"])
async def test_a_faultless_token_passes(hostile: HostileProvider, issuers: Issuers, typ: str) -> None:
    client = await verified(access_token(hostile, {"typ": typ}), hostile.base_url, issuers)
    assert client.client_id == "school-system"


@pytest.mark.parametrize("typ", ["JWT", "logout+jwt", ""])
async def test_an_id_token_is_not_an_access_token(hostile: HostileProvider, issuers: Issuers, typ: str) -> None:
    refused = await refusal(access_token(hostile, {"typ": typ}), hostile.base_url, issuers)
    assert refused.code == "token_type"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"aud": [API_AUDIENCE, "https://other.example"]}, "claim_aud"),
        ({"azp": "another"}, "claim_client_id"),
        ({"client_id": None}, "claim_client_id"),
        ({"client_id": ["school-system"]}, "claim_client_id"),
        ({"client_id": "another"}, "client_not_listed"),
        ({"client_id": None, "azp": "another"}, "client_not_listed"),
        ({"exp": NOW - 61}, "expired"),
        ({"exp": float("1e400")}, "claim_exp"),
        ({"nbf": NOW + 3_600}, "claim_nbf"),
        ({"iat": NOW + 3_600}, "claim_iat"),
        ({"scope": ["duties:read"]}, "claim_scope"),
        ({"scope": ""}, "no_role_for_scope"),
        ({"scope": None}, "no_role_for_scope"),
        ({"sub": None}, "claim_sub"),
        ({"sub": "\x00"}, "claim_sub"),
    ],
)
async def test_a_wrong_claim_is_refused(
    hostile: HostileProvider, issuers: Issuers, changed: dict[str, Any], code: str
) -> None:
    assert (await refusal(access_token(hostile, **changed), hostile.base_url, issuers)).code == code


async def test_a_token_that_never_expires_is_only_odd(hostile: HostileProvider, issuers: Issuers) -> None:
    client = await verified(access_token(hostile, exp=10**17), hostile.base_url, issuers)
    assert client.expires_at.year == 9999


async def test_azp_alone_names_the_client(hostile: HostileProvider, issuers: Issuers) -> None:
    token = access_token(hostile, client_id=None, azp="school-system")
    assert (await verified(token, hostile.base_url, issuers)).client_id == "school-system"


@pytest.mark.parametrize("token", ["x", "a.b.c", "e30.W10.AA", "e30.bm90IGpzb24.AA", "." * 30_000], ids=len)
async def test_rubbish_is_refused(issuers: Issuers, token: str) -> None:
    assert (await refusal(token, "https://signin.example", issuers)).status == 401


async def test_while_the_issuer_is_down_the_fault_is_not_the_clients(
    hostile: HostileProvider, issuers: Issuers
) -> None:
    hostile.scripts["/jwks"] = says({}, status="500 Internal Server Error")
    refused = await refusal(access_token(hostile), hostile.base_url, issuers)
    assert (refused.status, refused.code) == (503, "keys_status")
