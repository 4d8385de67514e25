"""Short signed strings for cookies and form tokens; one derived key for each purpose."""

from __future__ import annotations

import base64
import hashlib
import hmac


def derive_key(*, secret: str, purpose: str) -> bytes:
    """Returns a 32-byte key that is of no use for any other purpose."""
    return hmac.digest(secret.encode(), f"concordat/{purpose}/1".encode(), "sha256")


def mac(*, key: bytes, message: str) -> str:
    """Returns the URL-safe HMAC-SHA256 of the message."""
    return encode(hmac.digest(key, message.encode(), hashlib.sha256))


def sign(*, key: bytes, payload: bytes) -> str:
    """Returns `payload.mac`, both URL-safe base64."""
    text = encode(payload)
    return f"{text}.{mac(key=key, message=text)}"


def unsign(*, key: bytes, signed: str) -> bytes | None:
    """Returns the payload, or None when the text was not signed by this key."""
    text, _, given = signed.partition(".")
    if not hmac.compare_digest(given.encode(), mac(key=key, message=text).encode()):
        return None
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(raw: bytes) -> str:
    """Returns unpadded URL-safe base64."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
