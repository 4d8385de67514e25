"""Messages in the Standard Webhooks form: what is signed is believed, and nothing else."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from infra import standard_webhooks as form

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
BODY = b'{"type": "roster.changed"}'
ONE, TWO = b"1" * 32, b"2" * 32


def signed(*keys: bytes, body: bytes = BODY, at: datetime = NOW, message_id: str = "msg_1") -> dict[str, str]:
    return form.sign(keys=keys, message_id=message_id, at=at, body=body)


def is_by(headers: dict[str, str], *keys: bytes, body: bytes = BODY) -> bool:
    found = form.read(headers)
    assert found is not None
    return form.is_by(keys, found, body=body)


def test_the_example_of_the_specification() -> None:
    key = form.key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert key is not None
    headers = form.sign(
        keys=[key],
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=datetime.fromtimestamp(1614265330, UTC),
        body=b'{"test": 2432232314}',
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_that_is_made_can_be_signed_with_and_no_two_are_alike() -> None:
    one, two = form.make_secret(), form.make_secret()
    assert one != two
    assert len(form.key_of(one) or b"") == 32


@pytest.mark.parametrize(
    "secret",
    ["", "whsec_", "whsec_####", "whsec_c2hvcnQ=", base64.b64encode(b"x" * 32).decode(),
     "whsec_" + base64.b64encode(b"x" * 65).decode()],
)  # fmt: skip
def test_what_is_no_secret_is_not_taken_for_one(secret: str) -> None:
    assert form.key_of(secret) is None


def test_while_a_secret_is_changed_either_is_believed() -> None:
    assert is_by(signed(ONE, TWO), TWO)
    assert is_by(signed(ONE), TWO, ONE)
    assert not is_by(signed(ONE), TWO)


def test_another_body_id_or_time_is_another_message() -> None:
    headers = signed(ONE)
    assert not is_by(headers, ONE, body=BODY + b" ")
    assert not is_by({**headers, "webhook-id": "msg_2"}, ONE)
    assert not is_by({**headers, "webhook-timestamp": str(int(NOW.timestamp()) + 1)}, ONE)


@pytest.mark.parametrize("minutes", [-4, 0, 4])
def test_a_clock_may_be_a_little_wrong_either_way(minutes: int) -> None:
    found = form.read(signed(ONE, at=NOW + timedelta(minutes=minutes)))
    assert found is not None
    assert form.is_timely(found, at=NOW)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_message_and_one_from_the_future_are_not_timely(minutes: int) -> None:
    found = form.read(signed(ONE, at=NOW + timedelta(minutes=minutes)))
    assert found is not None
    assert not form.is_timely(found, at=NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": ""},
        {"webhook-id": "a.b"},  # a full stop parts what is signed: a.b + c would be a + b.c
        {"webhook-id": "x" * 201},
        {"webhook-id": "naïve"},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": "-5"},
        {"webhook-timestamp": "1" * 13},
        {"webhook-signature": ""},
        {"webhook-signature": "v1a,AAAA"},
    ],
)
def test_headers_that_are_not_of_the_form_are_not_read(changed: dict[str, str]) -> None:
    assert form.read({**signed(ONE), **changed}) is None


def test_signatures_of_kinds_we_do_not_know_are_passed_over() -> None:
    headers = signed(ONE)
    assert is_by({**headers, "webhook-signature": f"v1a,AAAA {headers['webhook-signature']} v2,é"}, ONE)
