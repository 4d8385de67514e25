"""Token buckets in memory: each rule has its own store, bounded in size, keyed by client or by account."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from litestar.exceptions import TooManyRequestsException

MAX_KEYS = 20_000


class TooManyRequests(TooManyRequestsException):
    """Answered as 429 with Retry-After in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(headers={"retry-after": str(retry_after)})
        self.retry_after = retry_after


@dataclass(frozen=True)
class Rule:
    """At most `burst` requests at once, then `per_minute` a minute, for each key."""

    name: str
    burst: int
    per_minute: float


def allowance(name: str, per_minute: int) -> Rule:
    """Returns the rule of a setting: half of a minute's requests at once."""
    return Rule(name, burst=max(per_minute // 2, 1), per_minute=per_minute)


CLIENT = Rule("client", burst=240, per_minute=600)
SIGN_IN = Rule("sign-in", burst=20, per_minute=10)
ACCOUNT = Rule("account", burst=120, per_minute=300)
GRAPHQL = Rule("graphql", burst=120, per_minute=300)
UPLOAD = Rule("upload", burst=5, per_minute=2)
EXPORT = Rule("export", burst=10, per_minute=10)


@dataclass
class _Store:
    """Last time and tokens left for each key; the key longest unused is dropped when there are too many."""

    buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, rule: Rule, key: str, now: float) -> float:
        """Takes one token and returns 0, or returns the seconds until there is one."""
        then, tokens = self.buckets.pop(key, (now, float(rule.burst)))
        tokens = min(rule.burst, tokens + (now - then) * rule.per_minute / 60)
        wait = 0.0 if tokens >= 1 else (1 - tokens) * 60 / rule.per_minute
        self.buckets[key] = (now, tokens if wait else tokens - 1)
        while len(self.buckets) > MAX_KEYS:
            self.buckets.popitem(last=False)
        return wait


@dataclass
class RateLimiter:
    """The limits of one process. Several processes each allow their own share."""

    clock: Callable[[], float] = time.monotonic
    stores: dict[str, _Store] = field(default_factory=dict)

    def take(self, rule: Rule, key: str) -> None:
        """Counts one request of `key` (a client address, an account id) or raises TooManyRequests."""
        wait = self.stores.setdefault(rule.name, _Store()).take(rule, key, self.clock())
        if wait:
            raise TooManyRequests(math.ceil(wait))


def client_address(forwarded: str, peer: str, *, trusted_proxies: int) -> str:
    """Returns the address that the nearest untrusted hop saw.

    With n trusted proxies the n-th entry of X-Forwarded-For (`forwarded`) from the right is theirs to tell; everything
    left of it is the client's own claim and is ignored. Without trusted proxies the header is ignored altogether.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if trusted_proxies < 1 or len(hops) < trusted_proxies:
        return peer
    return hops[-trusted_proxies]
