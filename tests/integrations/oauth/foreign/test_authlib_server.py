"""Our assertions before Authlib's own server part for RFC 7523, which no one here wrote."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest
from authlib.oauth2.rfc6749.errors import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc.jwk import RSAKey

from integrations.oauth.requests import by_signed_jwt

TOKEN_URL = "https://tokens.example/oauth2/token"
KEY = RSAKey.generate_key(2048)
PUBLIC = RSAKey.import_key(KEY.as_dict(private=False))


class TokenEndpoint(JWTBearerClientAssertion):  # type: ignore[misc]
    """What a server has to say for itself; every check is Authlib's."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get_audiences(self) -> list[str]:
        return [TOKEN_URL]

    def validate_jti(self, claims: dict[str, Any], jti: str) -> bool:
        fresh = jti not in self.used
        self.used.add(jti)
        return fresh

    def check(self, assertion: str) -> dict[str, Any]:
        return dict(self.process_assertion_claims(assertion, PUBLIC))


def assertion(audience: str = TOKEN_URL, *, alg: str = "RS256") -> str:
    pem = KEY.as_pem(private=True).decode()
    made = by_signed_jwt(url=TOKEN_URL, client_id="us", private_key=pem, kid="int-1", alg=alg, audience=audience)
    return parse_qs(made.body)["client_assertion"][0]


def test_an_assertion_is_accepted_and_says_who_we_are() -> None:
    claims = TokenEndpoint().check(assertion())
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("us", "us", TOKEN_URL)
    assert claims["exp"] - claims["iat"] <= 300


def test_the_same_assertion_again_is_refused_and_a_new_one_is_not() -> None:
    endpoint, made = TokenEndpoint(), assertion()
    endpoint.check(made)
    with pytest.raises(InvalidClientError, match="JWT ID is used before"):
        endpoint.check(made)
    assert endpoint.check(assertion())["iss"] == "us"


def test_an_assertion_for_another_service_is_refused() -> None:
    with pytest.raises(InvalidClientError):
        TokenEndpoint().check(assertion("https://elsewhere.example/token"))


def test_the_algorithm_of_the_nhs_is_not_among_those_that_it_takes_by_default() -> None:
    """What did not pass, and is not ours to mend: docs/interoperability.md says so."""
    with pytest.raises(InvalidClientError, match="RS512"):
        TokenEndpoint().check(assertion(alg="RS512"))
