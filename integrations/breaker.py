"""Leaving an agency alone that keeps failing, so that its trouble does not become ours: one breaker for each host.

closed ── `TRIES` failures in a row ──> open ── `REST` seconds ──> one call is let through ── good ──> closed
                                          ^───────────────────────────── bad ──────────────────────────┘
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

TRIES = 5
REST = 30.0


@dataclass
class Breaker:
    """The state of one host in this process."""

    clock: Callable[[], float] = time.monotonic
    failures: int = 0
    rests_until: float = 0.0

    def waits(self) -> float:
        """Return the seconds for which the host is left alone, 0 when a call may go. Whoever gets 0 must report."""
        left = self.rests_until - self.clock()
        if left > 0:
            return left
        if self.failures >= TRIES:  # one call is let through; the others rest until it has answered
            self.rests_until = self.clock() + REST
        return 0.0

    def worked(self) -> None:
        """The host answered."""
        self.failures, self.rests_until = 0, 0.0

    def failed(self) -> None:
        """The host did not answer, or said that it cannot."""
        self.failures += 1
        if self.failures >= TRIES:
            self.rests_until = self.clock() + REST
