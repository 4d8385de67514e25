"""Keys derived from the one secret of the installation, one for each purpose, and random tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

SHORTEST = 32  #: bytes of a secret key
_secret: bytes | None = None


def use_secret(secret: bytes) -> None:
    """Set the installation's secret; at least 32 bytes. Called once at start."""
    global _secret
    if len(secret) < SHORTEST:
        raise ValueError("the secret key must have at least 32 bytes")
    _secret = secret


def derive(purpose: str, *, secret: bytes | None = None) -> bytes:
    """Return the 32-byte key for a purpose. Two purposes never share a key.

    `secret` is an earlier secret of the installation, None for the one of today.
    """
    chosen = _secret if secret is None else secret
    if chosen is None:
        raise RuntimeError("no secret key: call use_secret() at start")
    return hmac.new(chosen, f"concordat:{purpose}".encode(), hashlib.sha256).digest()


def random_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    """Return what is stored in place of a token."""
    return hashlib.sha256(token.encode()).digest()
