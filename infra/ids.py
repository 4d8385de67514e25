"""Identifiers: UUID version 7 (RFC 9562 §5.7), so that newer ids sort after older ones and tell no count.

And the opaque form in which they leave the service.
"""

from __future__ import annotations

import base64
import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a new version 7 UUID. The standard library has one from Python 3.14."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = milliseconds << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def opaque(kind: str, value: object) -> str:
    """Return the opaque id of a thing of that kind: what a client gets says nothing, and its kind is checked again."""
    return base64.urlsafe_b64encode(f"{kind}:{value}".encode()).decode().rstrip("=")
