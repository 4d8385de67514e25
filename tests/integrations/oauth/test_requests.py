"""Token requests as the agencies' own documents ask for them."""

import time
from base64 import b64encode
from urllib.parse import parse_qs

import pytest
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

from integrations.oauth.requests import (
    ASSERTION_LIFETIME,
    JWT_BEARER,
    TokenRequest,
    by_certificate,
    by_secret,
    by_signed_jwt,
)

URL = "https://int.api.example/oauth2/token"
KEY = RSAKey.generate_key(2048)
PEM = KEY.as_pem(private=True).decode()


def form(request: TokenRequest) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(request.body, strict_parsing=True).items()}


def assertion(request: TokenRequest, alg: str) -> jwt.Token:
    return jwt.decode(form(request)["client_assertion"], KEY, algorithms=[alg])


def test_a_secret_goes_into_the_header_by_default() -> None:
    request = by_secret(url=URL, client_id="area", secret="s:1", scope="roster-core.readonly")
    assert form(request) == {"grant_type": "client_credentials", "scope": "roster-core.readonly"}
    assert request.headers == {
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": f"Basic {b64encode(b'area:s%3A1').decode()}",  # form-encoded first: RFC 6749 §2.3.1
    }


def test_or_into_the_form_where_the_agency_wants_it_there() -> None:
    request = by_secret(url=URL, client_id="area", secret="a&b=c", method="client_secret_post", scope="x y")
    assert form(request) == {
        "grant_type": "client_credentials", "client_id": "area", "client_secret": "a&b=c", "scope": "x y",
    }  # fmt: skip
    assert "Authorization" not in request.headers


def test_the_nhs_form_has_no_scope_no_client_id_and_no_secret() -> None:
    request = by_signed_jwt(url=URL, client_id="app-key", private_key=PEM, kid="int-1")
    assert set(form(request)) == {"grant_type", "client_assertion_type", "client_assertion"}
    assert form(request)["client_assertion_type"] == JWT_BEARER


def test_the_nhs_assertion_is_what_its_token_service_checks() -> None:
    token = assertion(by_signed_jwt(url=URL, client_id="app-key", private_key=PEM, kid="int-1"), "RS512")
    assert token.header == {"typ": "JWT", "alg": "RS512", "kid": "int-1"}
    claims = token.claims
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("app-key", "app-key", URL)
    assert type(claims["exp"]) is int
    assert ASSERTION_LIFETIME - 5 < claims["exp"] - time.time() <= ASSERTION_LIFETIME < 300


def test_no_two_assertions_are_alike() -> None:
    made = [by_signed_jwt(url=URL, client_id="a", private_key=PEM, kid="k") for _ in range(20)]
    assert len({assertion(request, "RS512").claims["jti"] for request in made}) == 20


@pytest.mark.parametrize(
    ("alg", "thumbprint"), [("PS256", {"x5t#S256": "dGh1bWI"}), ("RS256", {"x5t": "b2xk"})], ids=["today", "older"]
)
def test_the_entra_assertion_names_its_certificate(alg: str, thumbprint: dict[str, str]) -> None:
    request = by_certificate(
        url=URL, client_id="app", private_key=PEM, thumbprint=thumbprint, scope="api://feed/.default", alg=alg
    )
    assert form(request)["scope"] == "api://feed/.default"
    assert form(request)["client_id"] == "app"
    token = assertion(request, alg)
    assert token.header == {"typ": "JWT", "alg": alg, **thumbprint}
    assert token.claims["nbf"] <= time.time() + 1


def test_nothing_secret_shows_in_a_log_or_a_traceback() -> None:
    request = by_secret(url=URL, client_id="area", secret="hush", method="client_secret_post")
    assert "hush" not in repr(request)


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        by_signed_jwt(url=URL, client_id="a", private_key="not a key", kid="k")


def test_the_key_itself_never_travels() -> None:
    request = by_signed_jwt(url=URL, client_id="a", private_key=PEM, kid="k")
    assert "jwk" not in jws.extract_compact(form(request)["client_assertion"].encode()).headers()
