"""What this process knows of each host it calls: whether it is being left alone, and how fast it may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from integrations.breaker import Breaker
from integrations.pacing import Pace

_MOST = 2_000


@dataclass
class Neighbour:
    """One host, shared by all runs of this process."""

    breaker: Breaker = field(default_factory=Breaker)
    pace: Pace = field(default_factory=Pace)


_KNOWN: dict[str, Neighbour] = {}


def neighbour(host: str, *, per_second: float) -> Neighbour:
    """Return what is known of a host (`name:port`); the slower of two agreed rates holds."""
    found = _KNOWN.get(host)
    if found is None:
        if len(_KNOWN) >= _MOST:
            del _KNOWN[next(iter(_KNOWN))]
        found = _KNOWN[host] = Neighbour(pace=Pace(most=per_second))
    if per_second < found.pace.most:
        found.pace.most = per_second
        found.pace.rate = min(found.pace.rate, per_second)
    return found


def forget_neighbours() -> None:
    """Forget all hosts: for tests, and after a configuration changed."""
    _KNOWN.clear()
