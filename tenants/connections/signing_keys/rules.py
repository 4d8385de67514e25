"""Which key signs, which are published, and what a rotation changes. Pure: no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: an agency keeps what it fetched for an hour; the rest is for clocks that differ and requests under way
OVERLAP = timedelta(minutes=70)


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A key's life: published from `made_at`, used from `signs_from`, gone from the set at `withdrawn_at`."""

    kid: str
    made_at: datetime
    signs_from: datetime
    withdrawn_at: datetime | None
    made_by_name: str = ""

    def is_published(self, at: datetime) -> bool:
        """Return whether the key is in the published set."""
        return self.withdrawn_at is None or at < self.withdrawn_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotation:
    """When the new key begins to sign, and when those before it leave the set."""

    signs_from: datetime
    others_leave: datetime


def signing(keys: Sequence[Key], *, at: datetime) -> Key | None:
    """Return the key to sign with: the newest that may sign already."""
    ready = [key for key in keys if key.signs_from <= at and key.is_published(at)]
    return max(ready, key=lambda key: (key.signs_from, key.made_at), default=None)


class State(StrEnum):
    """What a key does at a moment."""

    WAITING = "waiting"  #: published, and signs later
    SIGNING = "signing"
    PUBLISHED = "published"  #: signs no more, and what it signed can still be checked
    WITHDRAWN = "withdrawn"


def state_of(key: Key, *, signing: Key | None, at: datetime) -> State:
    """Return what a key does at a moment at which `signing` signs."""
    if not key.is_published(at):
        return State.WITHDRAWN
    if key == signing:
        return State.SIGNING
    return State.WAITING if key.signs_from > at else State.PUBLISHED


def waiting(keys: Sequence[Key], *, at: datetime) -> Key | None:
    """Return the key that is published and does not sign yet."""
    return next((key for key in keys if key.signs_from > at and key.is_published(at)), None)


def rotation(keys: Sequence[Key], *, at: datetime, at_once: bool) -> Rotation:
    """Return when the next key takes over: after the overlap, or at once when it is the first or after a leak."""
    if at_once or signing(keys, at=at) is None:
        return Rotation(signs_from=at, others_leave=at)
    return Rotation(signs_from=at + OVERLAP, others_leave=at + 2 * OVERLAP)


def next_kid(environment: str, used: Sequence[str]) -> str:
    """Return the next name of a key: `int-1`, `int-2` and so on, never one that was used before."""
    numbers = [int(found[1]) for kid in used if (found := re.fullmatch(rf"{re.escape(environment)}-(\d{{1,6}})", kid))]
    return f"{environment}-{max(numbers, default=0) + 1}"
