"""How we prove to a provider who we are."""

import time
from base64 import b64decode

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey
from pydantic import SecretStr

from backend.auth.oidc.client_auth import assertion, prove_client
from backend.auth.oidc.provider import Algorithm, Audience, ClientKey, ClientSecret
from tests.support.identity_provider import CLIENT_KEY
from tests.support.sign_in import provider_at

PEM = SecretStr(CLIENT_KEY.as_pem(private=True).decode())
TOKEN = "https://signin.example/token"


def test_a_secret_in_the_header_is_form_encoded_first() -> None:
    """RFC 6749 §2.3.1: or the colon in the id would move the border between id and secret."""
    provider = provider_at(
        "https://signin.example", client_id="a:b", credential=ClientSecret(secret=SecretStr("p w%&"))
    )
    headers, form = prove_client(provider, token_endpoint=TOKEN, form={"code": "c"})
    assert b64decode(headers["Authorization"].removeprefix("Basic ")) == b"a%3Ab:p+w%25%26"
    assert form == {"code": "c"}


def test_a_secret_in_the_form_leaves_no_header() -> None:
    secret = ClientSecret(secret=SecretStr("s"), sent_as="client_secret_post")
    headers, form = prove_client(
        provider_at("https://signin.example", credential=secret), token_endpoint=TOKEN, form={"code": "c"}
    )
    assert headers == {}
    assert form == {"code": "c", "client_id": "concordat", "client_secret": "s"}


@pytest.mark.parametrize(("audience", "expected"), [("issuer", "https://signin.example"), ("token_endpoint", TOKEN)])
def test_an_assertion_is_for_this_provider_and_lives_two_minutes(audience: Audience, expected: str) -> None:
    key = ClientKey(pem=PEM, kid="our-key", audience=audience)
    provider = provider_at("https://signin.example", credential=key)
    _, form = prove_client(provider, token_endpoint=TOKEN, form={})
    claims = jwt.decode(form["client_assertion"], CLIENT_KEY).claims
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("concordat", "concordat", expected)
    assert 0 < claims["exp"] - time.time() <= 120


def test_no_assertion_id_is_used_twice() -> None:
    """The NHS remembers each for 30 days, before it looks at the signature."""
    key = ClientKey(pem=PEM, kid="our-key")
    made = [assertion(key, client_id="c", audience="a") for _ in range(5)]
    assert len({jwt.decode(token, CLIENT_KEY).claims["jti"] for token in made}) == 5


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256"])
def test_the_header_says_which_key_and_which_certificate(algorithm: Algorithm) -> None:
    key = ClientKey(pem=PEM, kid="our-key", algorithm=algorithm, thumbprint="abc")
    header = jws.extract_compact(assertion(key, client_id="c", audience="a").encode()).headers()
    assert header == {"typ": "JWT", "alg": algorithm, "kid": "our-key", "x5t#S256": "abc"}


def test_an_elliptic_key_may_sign_too() -> None:
    curve = ECKey.generate_key("P-256")
    key = ClientKey(pem=SecretStr(curve.as_pem(private=True).decode()), kid="our-key", algorithm="ES256")
    token = assertion(key, client_id="c", audience="a")
    assert jwt.decode(token, curve, algorithms=["ES256"]).claims["sub"] == "c"
