"""Identifiers: UUID version 7 (RFC 9562 §5.7), so that newer ids sort after older ones and tell no count.

And the opaque form in which they leave the service.
"""

from __future__ import annotations

import base64
import secrets
import threading
import time
from datetime import datetime
from uuid import UUID

_RANDOM = 74  #: bits beside the 48 of the milliseconds
_STEP = 32  #: bits by chance between two of one millisecond
_BACK = 1000 << _RANDOM  #: a clock that was set back by more than a second is followed
_turn = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Return a new version 7 UUID, after those that this process has made just before (RFC 9562 §6.2, method 2).

    The standard library has one from Python 3.14.
    """
    global _last
    now = (time.time_ns() // 1_000_000) << _RANDOM | secrets.randbits(_RANDOM)
    with _turn:
        _last = value = now if now > _last or _last - now > _BACK else _last + 1 + secrets.randbits(_STEP)
    high, low = value >> 62, value & (1 << 62) - 1
    return UUID(int=(high >> 12) << 80 | 0x7 << 76 | (high & 0xFFF) << 64 | 0x2 << 62 | low)


def uuid7_at(at: datetime) -> UUID:
    """Return the least version 7 UUID of that moment: every one made from then on sorts after it."""
    return UUID(int=int(at.timestamp() * 1000) << 80 | 0x7 << 76 | 0x2 << 62)


def opaque(kind: str, value: object) -> str:
    """Return the opaque id of a thing of that kind: what a client gets says nothing, and its kind is checked again."""
    return base64.urlsafe_b64encode(f"{kind}:{value}".encode()).decode().rstrip("=")
