"""Messages between systems in the Standard Webhooks form: made, signed and checked. Pure: no I/O.

Headers `webhook-id`, `webhook-timestamp` (seconds since 1970) and `webhook-signature`: one or more of
`v1,` base64(HMAC-SHA256(secret, "id.timestamp.body")), apart by spaces, so that a secret can be changed with the old
one still good. Source: https://github.com/standard-webhooks/standard-webhooks, version 1.0.0.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

PREFIX = "whsec_"
#: how far the sender's clock may be from ours, either way
WINDOW = timedelta(minutes=5)
_MADE_BYTES = 32
_FEWEST_BYTES, _MOST_BYTES = 24, 64
_MOST_SIGNATURES = 16
_ID = re.compile(r"[\x21-\x2d\x2f-\x7e]{1,200}")  # printable, no space and no full stop: it is what parts the content
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """What came with a message, as its headers had it."""

    message_id: str
    sent_at: int  #: seconds since 1970
    signatures: Sequence[str]


def make_secret() -> str:
    """Return a new secret of 32 random bytes: `whsec_` and base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_MADE_BYTES)).decode()


def key_of(secret: str) -> bytes | None:
    """Return the bytes to sign with; None unless it is `whsec_` and base64 of 24 to 64 bytes."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if secret.startswith(PREFIX) and _FEWEST_BYTES <= len(key) <= _MOST_BYTES else None


def sign(*, keys: Sequence[bytes], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of a message, with a signature by each key."""
    seconds = int(at.timestamp())
    signatures = [f"v1,{_signature(key, message_id, seconds, body)}" for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signatures),
    }


def read(headers: Mapping[str, str]) -> Signed | None:
    """Return what the headers (names in lower case) say; None when one is missing or is not of the form."""
    message_id, seconds = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = headers.get("webhook-signature", "").split(" ")[:_MOST_SIGNATURES]
    signatures = [one.removeprefix("v1,") for one in given if one.startswith("v1,")]
    if not (_ID.fullmatch(message_id) and _SECONDS.fullmatch(seconds) and signatures):
        return None
    return Signed(message_id=message_id, sent_at=int(seconds), signatures=signatures)


def is_by(keys: Sequence[bytes], signed: Signed, *, body: bytes) -> bool:
    """Return whether one of the signatures is by one of the keys; takes as long for any that are not."""
    found = False
    for key in keys:
        wanted = _signature(key, signed.message_id, signed.sent_at, body).encode()
        for given in signed.signatures:
            found |= hmac.compare_digest(wanted, given.encode())
    return found


def is_timely(signed: Signed, *, at: datetime) -> bool:
    """Return whether the message was signed within the window around now: an older one may be a replay."""
    return abs(at.timestamp() - signed.sent_at) <= WINDOW.total_seconds()


def _signature(key: bytes, message_id: str, seconds: int, body: bytes) -> str:
    content = f"{message_id}.{seconds}.".encode() + body
    return base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
