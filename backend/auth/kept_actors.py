"""Who sent a token a moment ago, kept in memory so that the database need not be asked for it first.

What is kept is never believed by itself: it comes with a guard, which the database checks in the very statement that
reads for this actor, or first of all in the transaction that writes. Nothing else may use it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from infra.clock import today
from infra.database.holding import Guard
from tenants.tenancy.actor import Actor

MOST = 5_000
SECONDS = 60.0  #: after that the whole account is read again, which also notes that the session is in use


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptActor:
    """An actor as loaded on a day, what must still hold in the database, and in this process (`holds`)."""

    actor: Actor
    guard: Guard
    day: date
    holds: Callable[[], bool] | None = None


class KeptActors:
    """At most so many, by the hash of their token; who was not loaded for longest goes first."""

    def __init__(self, *, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._kept: OrderedDict[bytes, tuple[float, KeptActor]] = OrderedDict()

    def keep(self, token: bytes, kept: KeptActor, *, seconds: float = SECONDS) -> None:
        """Remember what was just loaded, for a minute at most."""
        self._kept.pop(token, None)
        self._kept[token] = (self._clock() + min(seconds, SECONDS), kept)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, token: bytes) -> KeptActor | None:
        """Return what is kept for a token, or None: never seen, too old, of another day, no longer holding here."""
        found = self._kept.get(token)
        if found is None:
            return None
        until, kept = found
        if self._clock() < until and kept.day == today() and (kept.holds is None or kept.holds()):
            return kept
        del self._kept[token]
        return None

    def forget(self, token: bytes) -> None:
        """Forget a token, as when its guard no longer held."""
        self._kept.pop(token, None)
