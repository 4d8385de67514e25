"""What token endpoints say, in the dialects of the agencies."""

import json
from typing import Any

import pytest

from integrations.errors import AgencyBroken, AgencyDown, NeedsReauthorisation
from integrations.http import Answer
from integrations.oauth.answers import read_token


def answer(body: Any, *, status: int = 200, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status=status, headers=headers, body=raw)


@pytest.mark.parametrize(
    ("expires_in", "seconds"),
    [
        ("599", 599.0),  # the NHS
        (3599, 3599.0),  # Entra
        (None, 300.0),
        ("soon", 300.0),
        ("nan", 300.0),
        (-5, 0.0),
        (10**12, 86_400.0),
        ([], 300.0),
    ],
)
def test_a_token_and_how_long_it_lasts(expires_in: Any, seconds: float) -> None:
    token = read_token(answer({"access_token": "abc", "token_type": "Bearer", "expires_in": expires_in}))
    assert (token.access_token, token.seconds) == ("abc", seconds)
    assert "abc" not in repr(token)


def test_a_refusal_is_told_in_the_token_services_own_words() -> None:
    body = {"error": "public_key error", "error_description": "JWT signature verification failed", "message_id": "m"}
    with pytest.raises(NeedsReauthorisation, match="refused us: JWT signature verification failed"):
        read_token(answer(body, status=401))


def test_only_the_first_line_of_entras_prose_is_shown() -> None:
    prose = "AADSTS7000222: The provided client secret keys are expired.\r\nTrace ID: 1\r\nCorrelation ID: 2"
    with pytest.raises(NeedsReauthorisation) as caught:
        read_token(answer({"error": "invalid_client", "error_description": prose}, status=401))
    assert str(caught.value).endswith("AADSTS7000222: The provided client secret keys are expired.")


@pytest.mark.parametrize("body", [b"<html>no</html>", b"", b"[]", b"\xff", b"[" * 100_000])
def test_a_refusal_without_words_says_its_status(body: bytes) -> None:
    with pytest.raises(NeedsReauthorisation, match="it answered 403 and gave no reason"):
        read_token(answer(body, status=403))


def test_a_reason_cannot_write_more_than_a_line_into_a_log() -> None:
    with pytest.raises(NeedsReauthorisation) as caught:
        read_token(answer({"error_description": "a\x1b[31m\u202e" + "b" * 9000}, status=400))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(("status", "headers", "again"), [(429, {"retry-after": "7"}, 7.0), (503, {}, None)])
def test_trouble_is_worth_another_try(status: int, headers: dict[str, str], again: float | None) -> None:
    with pytest.raises(AgencyDown) as caught:
        read_token(answer({"error": "x"}, status=status, **headers))
    assert caught.value.again_in == again


@pytest.mark.parametrize(
    "body",
    [
        b"<html>maintenance</html>",
        [],
        {},
        {"access_token": ""},
        {"access_token": 5},
        {"access_token": "a\r\nX-Evil: 1"},
        {"access_token": "ünicode"},
        {"access_token": "abc", "token_type": "mac"},
    ],
)
def test_an_answer_that_is_no_token_is_broken_and_named_by_its_digest(body: Any) -> None:
    with pytest.raises(AgencyBroken) as caught:
        read_token(answer(body))
    assert caught.value.sha256 is not None
    assert len(caught.value.sha256) == 64
