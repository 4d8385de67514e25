"""The token endpoint: what it gives, to whom, and how often."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jws, jwt
from joserfc.jwk import KeySet
from pydantic import SecretStr

from backend.auth.oidc.client_auth import ASSERTION_TYPE, assertion
from backend.auth.oidc.provider import ClientKey
from integrations.sandbox.identity_provider.token import challenge
from tests.support.identity_provider import API_AUDIENCE, CLIENT_KEY, REDIRECT_URI, SECRET, RunningProvider

VERIFIER = "v" * 43


async def new_code(running: RunningProvider, *, client_id: str = "concordat") -> str:
    asked = {"response_type": "code", "client_id": client_id, "redirect_uri": REDIRECT_URI, "scope": "openid email"}
    asked |= {"code_challenge": challenge(VERIFIER), "code_challenge_method": "S256"}
    callback = await running.answer(f"{running.issuer()}/authorize?{urlencode(asked)}", sub="ben")
    return parse_qs(urlsplit(callback).query)["code"][0]


async def exchange(browser: httpx.AsyncClient, code: str, **changed: str | None) -> httpx.Response:
    form: dict[str, str | None] = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT_URI,
        "code_verifier": VERIFIER,
    }
    form |= {"client_id": "concordat", "client_secret": SECRET} | changed
    return await browser.post("/token", data={name: value for name, value in form.items() if value is not None})


async def test_a_code_buys_tokens(browser: httpx.AsyncClient, identity_provider: RunningProvider) -> None:
    answer = await exchange(browser, await new_code(identity_provider))
    keys = KeySet.import_key_set((await browser.get("/jwks")).json())
    claims = jwt.decode(answer.json()["id_token"], keys).claims

    assert answer.headers["cache-control"] == "no-store"
    assert claims["iss"] == identity_provider.issuer()
    assert (claims["sub"], claims["aud"], claims["email"]) == ("ben", "concordat", "ben@council.example")
    assert "nonce" not in claims, "none was asked for"
    assert "name" not in claims, "the scope was not asked for"


async def test_a_second_try_with_a_code_also_ends_the_first_ones_access(
    browser: httpx.AsyncClient, identity_provider: RunningProvider
) -> None:
    code = await new_code(identity_provider)
    header = {"Authorization": "Bearer " + (await exchange(browser, code)).json()["access_token"]}
    assert (await browser.get("/userinfo", headers=header)).json()["sub"] == "ben"
    assert (await exchange(browser, code)).json()["error"] == "invalid_grant"
    assert (await browser.get("/userinfo", headers=header)).status_code == 401


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": None},
        {"code_verifier": "w" * 43},
        {"redirect_uri": None},
        {"redirect_uri": "http://127.0.0.1:9/sign-in/health/callback"},
        {"client_id": "dfe-like"},
    ],
    ids=str,
)
async def test_a_code_is_good_only_for_the_sign_in_that_it_came_from(
    browser: httpx.AsyncClient, identity_provider: RunningProvider, changed: dict[str, Any]
) -> None:
    answer = await exchange(browser, await new_code(identity_provider), **changed)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_a_made_up_code_buys_nothing(browser: httpx.AsyncClient) -> None:
    assert (await exchange(browser, "made-up")).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changed",
    [{"client_secret": "wrong"}, {"client_secret": None}, {"client_id": "nobody"}, {"client_id": "keyed"}],
    ids=str,
)
async def test_a_client_must_prove_itself(browser: httpx.AsyncClient, changed: dict[str, Any]) -> None:
    answer = await exchange(browser, "any", **changed)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["Basic !!!", "Basic", "Bearer abc", "Basic /w=="])
async def test_a_malformed_header_is_not_a_proof(browser: httpx.AsyncClient, header: str) -> None:
    answer = await browser.post("/token", data={"grant_type": "x"}, headers={"Authorization": header})
    assert answer.status_code == 401


async def test_an_assertion_works_once(browser: httpx.AsyncClient, identity_provider: RunningProvider) -> None:
    key = ClientKey(pem=SecretStr(CLIENT_KEY.as_pem(private=True).decode()), kid="our-key")
    signed = assertion(key, client_id="keyed", audience=identity_provider.issuer())
    proof = {"client_id": None, "client_secret": None, "client_assertion": signed}
    proof |= {"client_assertion_type": ASSERTION_TYPE}
    first = await exchange(browser, await new_code(identity_provider, client_id="keyed"), **proof)
    again = await exchange(browser, await new_code(identity_provider, client_id="keyed"), **proof)
    assert first.status_code == 200
    assert (again.status_code, again.json()["error_description"]) == (401, "jti missing or used before")


async def machine(browser: httpx.AsyncClient, **changed: str) -> httpx.Response:
    form = {"grant_type": "client_credentials", "client_id": "school-system", "client_secret": SECRET}
    return await browser.post("/token", data=form | changed)


async def test_a_machine_gets_a_token_of_its_own_kind(
    browser: httpx.AsyncClient, identity_provider: RunningProvider
) -> None:
    """RFC 9068."""
    token = (await machine(browser, scope="duties:read")).json()["access_token"]
    claims = jwt.decode(token, KeySet.import_key_set((await browser.get("/jwks")).json())).claims
    assert jws.extract_compact(token.encode()).headers()["typ"] == "at+jwt"
    assert {claims[name] for name in ("sub", "client_id", "azp")} == {"school-system"}
    assert (claims["iss"], claims["aud"]) == (identity_provider.issuer(), API_AUDIENCE)
    assert claims["scope"] == "duties:read"
    assert claims["exp"] > claims["iat"]
    assert claims["jti"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"scope": "duties:read everything"}, "invalid_scope"),
        ({"client_id": "concordat"}, "unauthorized_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
    ids=str,
)
async def test_a_machine_gets_no_more_than_it_is_registered_for(
    browser: httpx.AsyncClient, changed: dict[str, str], error: str
) -> None:
    assert (await machine(browser, **changed)).json()["error"] == error


@pytest.mark.parametrize("header", [None, "Bearer made-up", "Basic abc"])
async def test_userinfo_needs_an_access_token(browser: httpx.AsyncClient, header: str | None) -> None:
    answer = await browser.get("/userinfo", headers={"Authorization": header} if header else None)
    assert answer.status_code == 401
