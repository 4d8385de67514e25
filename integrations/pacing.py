"""Not asking an agency faster than it likes: a pace for each host of this process, halved when the host says 429."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

#: calls a second: the NHS platform's default for an application is 5
USUAL = 5.0
SLOWEST = 0.2


@dataclass
class Pace:
    """The next moment at which a call may go. `most` is the agreed rate in calls a second."""

    most: float = USUAL
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    rate: float = 0.0
    free_at: float = 0.0

    def __post_init__(self) -> None:
        self.rate = self.rate or self.most

    def waits(self) -> float:
        """Return for how many seconds nothing may be asked; 0 when a call may go."""
        return max(self.free_at - self.clock(), 0.0)

    async def turn(self) -> None:
        """Wait until a call may go."""
        now = self.clock()
        mine = max(self.free_at, now)
        self.free_at = mine + 1 / self.rate
        if mine > now:
            await self.sleep(mine - now)

    def slow_down(self, *, seconds: float | None) -> None:
        """The host said 429: half the rate, and nothing for as long as it asked."""
        self.rate = max(self.rate / 2, SLOWEST)
        if seconds:
            self.free_at = max(self.free_at, self.clock() + seconds)

    def speed_up(self) -> None:
        """The host answered: a twentieth faster, up to what was agreed."""
        self.rate = min(self.rate * 1.05, self.most)
