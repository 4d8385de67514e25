"""What the token endpoint gives, remembers and keeps."""

from __future__ import annotations

import time
from uuid import uuid4

from joserfc.jwk import RSAKey

from tests.integrations.sandbox.agencies.nhs.conftest import Applicant

NOT_UNIQUE = "Non-unique 'jti' claim in client_assertion JWT"


def test_a_token_comes_with_numbers_as_text_and_no_scope(applicant: Applicant) -> None:
    granted = applicant.ask(applicant.assertion())
    assert granted.status_code == 200
    assert set(granted.json()) == {"access_token", "expires_in", "token_type", "issued_at"}
    assert granted.json()["expires_in"] == "599"
    assert abs(int(granted.json()["issued_at"]) / 1000 - time.time()) < 30


def test_typ_in_lower_case_and_ten_seconds_over_are_let_through(applicant: Applicant) -> None:
    assert applicant.ask(applicant.assertion(header={"typ": "jwt"})).status_code == 200
    assert applicant.ask(applicant.assertion(exp=int(time.time()) + 305)).status_code == 200


def test_an_assertion_opens_the_door_once(applicant: Applicant) -> None:
    assertion = applicant.assertion()
    assert applicant.ask(assertion).status_code == 200
    again = applicant.ask(assertion)
    assert (again.status_code, again.json()["error_description"]) == (400, NOT_UNIQUE)


def test_an_id_is_used_up_even_when_the_signature_was_wrong(applicant: Applicant) -> None:
    """The trap for a client that signs once and retries: the platform remembers before it verifies."""
    used = str(uuid4())
    wrong = RSAKey.generate_key(2048, {"kid": applicant.key.kid})
    assert applicant.ask(applicant.assertion(jti=used, key=wrong)).status_code == 401
    assert applicant.ask(applicant.assertion(jti=used)).json()["error_description"] == NOT_UNIQUE


def test_an_id_of_one_application_is_free_for_another(applicant: Applicant) -> None:
    other = uuid4().hex
    applicant.agencies.do("nhs", "register", api_key=other, jwks_url=applicant.host.url)
    used = str(uuid4())
    assert applicant.ask(applicant.assertion(jti=used)).status_code == 200
    assert applicant.ask(applicant.assertion(jti=used, iss=other, sub=other)).status_code == 200


def test_the_key_set_is_fetched_once_and_a_new_key_is_unknown_for_an_hour(applicant: Applicant) -> None:
    applicant.ask(applicant.assertion())
    newer = RSAKey.generate_key(2048, {"kid": "test-2"})
    applicant.host.serve(applicant.key, newer)
    refused = applicant.ask(applicant.assertion(key=newer, header={"kid": "test-2"}))
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_request")
    assert applicant.host.callers == ["APIM"]
    applicant.agencies.do("nhs", "turn_clock", seconds=3601)
    late = int(time.time()) + 3601 + 200
    assert applicant.ask(applicant.assertion(key=newer, header={"kid": "test-2"}, exp=late)).status_code == 200
    assert applicant.host.callers == ["APIM", "APIM"]


def test_a_clock_behind_the_platforms_by_more_than_the_assertions_life_is_refused(applicant: Applicant) -> None:
    applicant.agencies.do("nhs", "turn_clock", seconds=290)
    assert applicant.ask(applicant.assertion()).status_code == 200
    applicant.agencies.do("nhs", "turn_clock", seconds=310)
    assert "JWT has expired" in applicant.ask(applicant.assertion()).json()["error_description"]
    applicant.agencies.do("nhs", "turn_clock", seconds=-20)
    assert "more than 5 minutes" in applicant.ask(applicant.assertion()).json()["error_description"]
