"""Anchors: where every chain ended at a moment, signed, to be kept by others than whoever runs the database.

Whoever can change the database as its superuser can write a chain anew, whole and consistent. They cannot make it
contain the end that an area has in its drawer. Ed25519 (RFC 8032): the public key is enough to check a signature.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KIND = "concordat audit anchor 1"


class NotAnAnchor(ValueError):
    """The text is not an anchor, or not as it was signed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where a chain ended: its last entry's number and hash (hexadecimal SHA-256)."""

    area_id: int
    chain: str
    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """The heads of all chains at a moment, by area, the platform's first."""

    made_at: datetime
    heads: tuple[Head, ...]

    @property
    def root(self) -> str:
        """Return one hash that stands for all heads in their order, short enough to be read out."""
        return hashlib.sha256(_canonical([dataclasses.asdict(head) for head in self.heads])).hexdigest()


def public_key_of(seed: bytes) -> str:
    """Return the public key, hexadecimal, that goes with a 32-byte seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def signed(anchor: Anchor, *, seed: bytes) -> str:
    """Return the anchor as the text of a file, signed."""
    said = _said(anchor, public_key=public_key_of(seed))
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_canonical(said)).hex()
    return json.dumps({**said, "signature": signature}, indent=1, ensure_ascii=False) + "\n"


def read(text: str, *, public_key: str) -> Anchor:
    """Return the anchor of a file's text; raises `NotAnAnchor` unless that key signed exactly this."""
    try:
        found = json.loads(text)
        signature = bytes.fromhex(found.pop("signature"))
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, _canonical(found))
        anchor = Anchor(
            made_at=datetime.fromisoformat(found["made_at"]), heads=tuple(Head(**head) for head in found["heads"])
        )
    except InvalidSignature:
        raise NotAnAnchor("It was changed after it was signed, or signed with another key.") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotAnAnchor("It is not an anchor of audit chains.") from None
    if found.get("kind") != KIND or found.get("root") != anchor.root:
        raise NotAnAnchor("It is not an anchor of audit chains.")
    return anchor


def _said(anchor: Anchor, *, public_key: str) -> dict[str, Any]:
    return {
        "kind": KIND,
        "made_at": anchor.made_at.isoformat(),
        "root": anchor.root,
        "heads": [dataclasses.asdict(head) for head in anchor.heads],
        "public_key": public_key,
    }


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
