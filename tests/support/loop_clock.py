"""The clock of the event loop, set forward: what must take its time takes none of ours, however busy the machine is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class _Clock:
    """The loop's own clock, and by how many seconds it is ahead."""

    own: Callable[[], float]
    ahead: float = 0.0

    def __call__(self) -> float:
        return self.own() + self.ahead


def set_forward(*, seconds: float) -> None:
    """Let so many seconds pass at once for whatever waits in this loop. Never back: what began since would wait on."""
    loop = asyncio.get_running_loop()
    clock = loop.time
    if not isinstance(clock, _Clock):
        clock = _Clock(clock)
        loop.time = clock  # type: ignore[method-assign]
    clock.ahead += seconds
