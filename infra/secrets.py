"""Keys derived from the one secret of the installation, one for each purpose, and random tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

_secret: bytes | None = None


def use_secret(secret: bytes) -> None:
    """Set the installation's secret; at least 32 bytes. Called once at start."""
    global _secret
    if len(secret) < 32:
        raise ValueError("the secret key must have at least 32 bytes")
    _secret = secret


def derive(purpose: str) -> bytes:
    """Return the 32-byte key for a purpose. Two purposes never share a key."""
    if _secret is None:
        raise RuntimeError("no secret key: call use_secret() at start")
    return hmac.new(_secret, f"concordat:{purpose}".encode(), hashlib.sha256).digest()


def random_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    """Return what is stored in place of a token."""
    return hashlib.sha256(token.encode()).digest()
