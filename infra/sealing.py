"""Secrets at rest: AES-256-GCM under a key derived from the installation's secret, bound to where they are kept.

A sealed value moved to another row does not open: its place is part of what is authenticated.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.secrets import derive

_NONCE = 12


class CannotOpen(Exception):
    """The sealed value was changed, belongs elsewhere, or was sealed under another secret key."""


def seal(secret: str, *, place: str) -> bytes:
    """Return the secret sealed for `place`, for example `identity_provider|schools`."""
    return seal_with(derive("sealing"), secret, place=place)


def unseal(sealed: bytes, *, place: str, under: bytes | None = None) -> str:
    """Return the secret; raises `CannotOpen`. `under` is an earlier secret key, None for the one of today."""
    return unseal_with(derive("sealing", secret=under), sealed, place=place)


def seal_with(key: bytes, secret: str, *, place: str) -> bytes:
    """Return the secret sealed with a key of its own, of 32 bytes, which is itself kept sealed."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret.encode(), place.encode())


def unseal_with(key: bytes, sealed: bytes, *, place: str) -> str:
    """Return the secret that was sealed with that key; raises `CannotOpen`."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode()).decode()
    except InvalidTag:
        raise CannotOpen(f"the secret of {place} does not open with this secret key") from None


def key_id(*, under: bytes | None = None) -> int:
    """Return a number of two bytes that tells secret keys apart and says nothing of them."""
    return int.from_bytes(derive("sealing key id", secret=under)[:2])
