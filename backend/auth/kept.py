"""A fetched value kept in memory: fresh for an hour, usable for a day when it cannot be fetched again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from backend.auth.errors import IssuerUnavailable

T = TypeVar("T")

FRESH_SECONDS = 3_600.0
KEPT_SECONDS = 24 * 3_600.0
RENEW_GAP_SECONDS = 60.0
FIRST_GAP_SECONDS = 5.0


@dataclass(kw_only=True)
class Kept(Generic[T]):
    """`clock` answers Unix seconds.

    A failing fetch is not repeated within a minute (5 s while we have nothing).
    """

    fetch: Callable[[], Awaitable[T]]
    clock: Callable[[], float] = time.time
    _value: T | None = field(default=None, repr=False)
    _fetched_at: float = field(default=float("-inf"))
    _tried_at: float = field(default=float("-inf"))
    _failure: IssuerUnavailable | None = field(default=None, repr=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def get(self) -> T:
        """The value, fetched again when older than an hour. Raises `IssuerUnavailable`."""
        if self._value is None or self._age() > FRESH_SECONDS:
            await self._fetch_once()
        return self._usable()

    def fresh(self) -> T | None:
        """The value without asking anyone, or None when it is older than an hour."""
        return None if self._age() > FRESH_SECONDS else self._value

    async def renewed(self) -> T:
        """The value, fetched again now unless that was tried within the last minute."""
        await self._fetch_once()
        return self._usable()

    def _age(self) -> float:
        return self.clock() - self._fetched_at

    def _usable(self) -> T:
        if self._value is None or self._age() > KEPT_SECONDS:
            raise self._failure or IssuerUnavailable("not_fetched", "nothing fetched yet")
        return self._value

    async def _fetch_once(self) -> None:
        asked_at = self.clock()
        async with self._lock:
            gap = FIRST_GAP_SECONDS if self._value is None else RENEW_GAP_SECONDS
            # Someone else may have fetched, or failed to, while we waited for the lock.
            if self._fetched_at >= asked_at or self.clock() - self._tried_at < gap:
                return
            self._tried_at = self.clock()
            try:
                self._value = await self.fetch()
            except IssuerUnavailable as failure:
                self._failure = failure
            else:
                self._fetched_at = self.clock()
