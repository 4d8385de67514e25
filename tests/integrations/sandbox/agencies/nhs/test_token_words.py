"""The token endpoint refuses in the platform's words, and looks at things in the platform's order."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from joserfc.jwk import RSAKey

from tests.integrations.sandbox.agencies.nhs.conftest import Applicant

A_TYPE = "Missing or invalid client_assertion_type - must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'"
AN_ALG = "Invalid 'alg' header in client_assertion JWT - unsupported JWT algorithm - must be 'RS512'"
A_JTI = "Invalid 'jti' claim in client_assertion JWT - must be a unique string value such as a GUID"
REGISTER = "You need to register a public key to use this authentication method - please contact support to configure"
NOT_CONFIGURED = (
    "you have tried to request authorization but your application is not configured "
    "to use this authorization grant type"
)
SOON = object()


@pytest.mark.parametrize(
    ("fields", "status", "error", "description"),
    [
        ({"grant_type": None}, 400, "invalid_request", "grant_type is missing"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", "grant_type is invalid"),
        ({"client_assertion_type": None}, 400, "invalid_request", A_TYPE),
        ({"client_assertion_type": "jwt"}, 400, "invalid_request", A_TYPE),
        ({"client_assertion": None}, 400, "invalid_request", "Missing client_assertion"),
        ({"client_assertion": "not.a.jwt"}, 400, "invalid_request", "Malformed JWT in client_assertion"),
    ],
)
def test_what_is_wrong_with_the_form(
    applicant: Applicant, fields: Mapping[str, str | None], status: int, error: str, description: str
) -> None:
    answer = applicant.ask(applicant.assertion(), **fields)
    assert answer.status_code == status
    assert (answer.json()["error"], answer.json()["error_description"]) == (error, description)
    assert set(answer.json()) == {"error", "error_description", "message_id"}


@pytest.mark.parametrize(
    ("changed", "status", "description"),
    [
        ({"alg": "RS256"}, 400, AN_ALG),
        ({"exp": 1_600_000_000}, 400, "Invalid 'exp' claim in client_assertion JWT - JWT has expired"),
        ({"header": {"kid": None}}, 400, "Missing 'kid' header in client_assertion JWT"),
        ({"header": {"typ": "at+jwt"}}, 400, "Invalid 'typ' header in client_assertion JWT - must be 'JWT'"),
        ({"exp": None}, 400, "Missing 'exp' claim in client_assertion JWT"),
        ({"exp": "tomorrow"}, 400, "Invalid 'exp' claim in client_assertion JWT - must be an integer"),
        ({"iss": "somebody"}, 400, "Missing or non-matching 'iss'/'sub' claims in client_assertion JWT"),
        ({"sub": None}, 400, "Missing or non-matching 'iss'/'sub' claims in client_assertion JWT"),
        ({"jti": None}, 400, "Missing 'jti' claim in client_assertion JWT"),
        ({"jti": 17}, 400, A_JTI),
        ({"exp": SOON}, 400, "Invalid 'exp' claim in client_assertion JWT - more than 5 minutes in future"),
        ({"iss": "nobody", "sub": "nobody"}, 401, "Invalid 'iss'/'sub' claims in client_assertion JWT"),
        (
            {"header": {"kid": "other"}},
            401,
            "Invalid 'kid' header in client_assertion JWT - no matching public key",
        ),
        (
            {"aud": "https://api.service.nhs.uk/oauth2/token"},
            401,
            "Missing or invalid 'aud' claim in client_assertion JWT",
        ),
        ({"aud": None}, 401, "Missing or invalid 'aud' claim in client_assertion JWT"),
    ],
)
def test_what_is_wrong_with_the_assertion(
    applicant: Applicant, changed: dict[str, Any], status: int, description: str
) -> None:
    if changed.get("exp") is SOON:
        changed = {"exp": int(time.time()) + 330}
    answer = applicant.ask(applicant.assertion(**changed))
    assert (answer.status_code, answer.json()["error_description"]) == (status, description)
    assert answer.json()["error"] == "invalid_request"


def test_a_signature_of_another_key_is_refused(applicant: Applicant) -> None:
    other = RSAKey.generate_key(2048, {"kid": applicant.key.kid})
    answer = applicant.ask(applicant.assertion(key=other))
    assert (answer.status_code, answer.json()["error"]) == (401, "public_key error")
    assert answer.json()["error_description"] == "JWT signature verification failed"


def test_other_methods_and_content_types_are_refused(applicant: Applicant) -> None:
    get = applicant.http.get(applicant.token_url)
    assert (get.status_code, get.headers["allow"], get.content) == (405, "POST", b"")
    as_json = applicant.http.post(applicant.token_url, json=applicant.form(applicant.assertion()))
    assert as_json.status_code == 415
    assert as_json.json()["error_description"] == "Content-Type header must be application/x-www-form-urlencoded"


def test_an_application_needs_a_registered_reachable_key_and_a_product(applicant: Applicant) -> None:
    registered = applicant.agencies.do
    registered("nhs", "register", api_key=applicant.client_id)
    assert applicant.ask(applicant.assertion()).json()["error_description"] == REGISTER
    registered("nhs", "register", api_key=applicant.client_id, jwks_url="http://127.0.0.1:9/jwks.json")
    unreachable = applicant.ask(applicant.assertion())
    assert (unreachable.status_code, unreachable.json()["error"]) == (403, "public_key error")
    assert unreachable.json()["error_description"] == "The JWKS endpoint, for your client_assertion can't be reached"
    registered("nhs", "register", api_key=applicant.client_id, jwks_url=applicant.host.url, products=[])
    no_product = applicant.ask(applicant.assertion())
    assert (no_product.status_code, no_product.json()["error"]) == (401, "unauthorized_client")
    assert no_product.json()["error_description"] == NOT_CONFIGURED


def test_the_first_thing_wrong_is_the_one_that_is_told(applicant: Applicant) -> None:
    """Expiry before the key id, the key id before the issuer, a used id before an expiry too far ahead."""
    both = applicant.assertion(exp=1_600_000_000, header={"kid": None})
    assert "JWT has expired" in applicant.ask(both).json()["error_description"]
    both = applicant.assertion(iss="somebody", header={"kid": None})
    assert "Missing 'kid'" in applicant.ask(both).json()["error_description"]
    used = str(uuid4())
    applicant.ask(applicant.assertion(jti=used))
    both = applicant.assertion(jti=used, exp=int(time.time()) + 330)
    assert "Non-unique 'jti'" in applicant.ask(both).json()["error_description"]
