"""Starting a worker's parts: what keeps it from starting is told, and nothing stays behind that keeps it alive."""

from __future__ import annotations

import threading
from contextlib import AsyncExitStack

import pytest
from dramatiq.asyncio import EventLoopThread
from dramatiq.middleware import MiddlewareError

from infra.queue.broker import Pace
from infra.queue.process import Parts, running
from infra.queue.runner import Opened

NOWHERE = "postgresql://concordat_worker:password@127.0.0.1:1/concordat"


def parts(*, trouble: Exception | None = None) -> Parts:
    async def open_pools() -> None:
        if trouble is not None:
            raise trouble

    async def close_pools() -> None: ...

    def opening(*_: object) -> Opened:
        return Opened(by=None, scope=AsyncExitStack())

    return Parts(
        dsn=NOWHERE, broker_url="", opening=opening, open_pools=open_pools, close_pools=close_pools, pace=Pace()
    )


def lasting() -> set[threading.Thread]:
    """The threads for which an interpreter that ends would wait."""
    return {thread for thread in threading.enumerate() if not thread.daemon}


def test_a_database_that_cannot_be_used_is_told_and_nothing_stays() -> None:
    before, away = lasting(), parts(trouble=RuntimeError("No such database"))
    with pytest.raises(MiddlewareError, match="No such database"), running(away):
        pass
    assert lasting() <= before


def test_an_event_loop_that_does_not_come_up_is_told_and_the_process_can_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dramatiq gives it a second; on a busy machine the process then neither worked nor ended."""
    before, start = lasting(), EventLoopThread.start

    def too_slow(self: EventLoopThread, *, timeout: float | None = None) -> None:
        start(self, timeout=timeout)
        raise RuntimeError("Event loop failed to start.")

    monkeypatch.setattr(EventLoopThread, "start", too_slow)
    with pytest.raises(MiddlewareError, match="too busy"), running(parts()):
        pass
    assert lasting() <= before
