"""One worker process: Dramatiq's threads, one event loop, on it the pools, the relay and the sweeps."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from dramatiq import Worker
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.broker import Broker
from dramatiq.middleware import AsyncIO, Middleware, MiddlewareError

from infra.queue import broker as brokers
from infra.queue.broker import Pace
from infra.queue.relay import relay
from infra.queue.runner import Opening, run
from infra.queue.sweeper import sweeps

DRAIN_MILLISECONDS = 30_000


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a worker process is made of: where it connects, how it opens scopes, what it opens and closes."""

    dsn: str
    broker_url: str
    opening: Opening
    open_pools: Callable[[], Awaitable[None]]
    close_pools: Callable[[], Awaitable[None]]
    threads: int = 8
    pace: Pace


class Background(Middleware):
    """Opens the pools on the event loop before the first message, and runs relay and sweeps beside the messages."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._tasks: list[asyncio.Task[None]] = []

    def before_worker_boot(self, broker: Broker, worker: Worker) -> None:
        try:
            _on_loop(self._start(broker))
        except Exception as error:
            raise MiddlewareError(str(error)) from error

    def before_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        _on_loop(self._stop())

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        _on_loop(self._parts.close_pools())

    async def _start(self, broker: Broker) -> None:
        parts = self._parts
        await parts.open_pools()
        publish = brokers.publisher(broker)
        self._tasks = [
            asyncio.create_task(relay(dsn=parts.dsn, opening=parts.opening, publish=publish)),
            asyncio.create_task(sweeps(opening=parts.opening)),
        ]

    async def _stop(self) -> None:
        while left := [task for task in self._tasks if not task.done()]:
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=1)


@contextlib.contextmanager
def running(parts: Parts) -> Any:
    """Work for the length of the block; leaving it ends the messages at work first, then closes everything.

    Raises `MiddlewareError` with the reason when the process may not start.
    """
    loop = AsyncIO()
    broker = brokers.connect(url=parts.broker_url, dsn=parts.dsn, pace=parts.pace, middleware=[loop, Background(parts)])
    brokers.declare(broker, run=lambda delivery: run(delivery, opening=parts.opening))
    worker = Worker(broker, worker_threads=parts.threads)
    try:
        worker.start()
    except MiddlewareError:
        loop.after_worker_shutdown(broker, worker)  # type: ignore[no-untyped-call]
        broker.close()
        raise
    try:
        yield worker
    finally:
        worker.stop(timeout=DRAIN_MILLISECONDS)
        broker.close()


def _on_loop(work: Awaitable[None] | Coroutine[Any, Any, None]) -> None:
    thread = get_event_loop_thread()
    assert thread is not None
    thread.run_coroutine(work)
