"""One worker process: Dramatiq's threads, one event loop, on it the pools, the relay and the sweeps."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from dramatiq import Worker
from dramatiq.asyncio import EventLoopThread, get_event_loop_thread, set_event_loop_thread
from dramatiq.broker import Broker
from dramatiq.middleware import AsyncIO, Middleware, MiddlewareError

from infra.database.patience import patiently
from infra.queue import broker as brokers
from infra.queue.broker import Pace
from infra.queue.errors import in_words
from infra.queue.processes import Process, beat, leave, shares
from infra.queue.registry import QUEUES
from infra.queue.relay import relay
from infra.queue.runner import BOOKKEEPING, Opening, run
from infra.queue.sweeper import sweeps
from infra.telemetry.logs import logger

log = logger("worker")

DRAIN_MILLISECONDS = 30_000
_LOOP_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a worker process is made of: where it connects, how it opens scopes, what it opens and closes."""

    dsn: str
    broker_url: str
    opening: Opening
    open_pools: Callable[[], Awaitable[None]]
    close_pools: Callable[[], Awaitable[None]]
    threads: int = 8
    queues: frozenset[str] = frozenset(QUEUES)
    pace: Pace


class EventLoop(AsyncIO):
    """Dramatiq's event loop, whose thread outlives nothing.

    Theirs must come up within a second; on a busy machine it does not, and the process then neither works nor ends.
    """

    def before_worker_boot(self, broker: Broker, worker: Worker) -> None:
        thread = EventLoopThread(self.logger)
        thread.daemon = True
        try:
            thread.start(timeout=_LOOP_SECONDS)
        except RuntimeError as error:
            raise MiddlewareError(f"The machine is too busy: no event loop within {_LOOP_SECONDS} seconds") from error
        set_event_loop_thread(thread)

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        if get_event_loop_thread() is not None:
            super().after_worker_shutdown(broker, worker)  # type: ignore[no-untyped-call]


class Background(Middleware):
    """Opens the pools on the event loop before the first message, and runs relay and sweeps beside the messages.

    The heartbeat goes on while messages at work come to their end.
    """

    def __init__(self, parts: Parts, process: Process) -> None:
        self._parts, self._process = parts, process
        self._tasks: list[asyncio.Task[None]] = []
        self._heart: list[asyncio.Task[None]] = []

    def before_worker_boot(self, broker: Broker, worker: Worker) -> None:
        try:
            _on_loop(self._start(broker))
        except Exception as error:
            raise MiddlewareError(str(error)) from error

    def before_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        _on_loop(self._stop())

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        _on_loop(self._end())

    async def _start(self, broker: Broker) -> None:
        parts = self._parts
        await parts.open_pools()
        await patiently(self._beat)
        publish = brokers.publisher(broker)
        self._heart = [asyncio.create_task(self._beats())]
        self._tasks = [
            asyncio.create_task(relay(dsn=parts.dsn, opening=parts.opening, publish=publish)),
            asyncio.create_task(sweeps(opening=parts.opening)),
        ]

    async def _stop(self) -> None:
        self._process.stopping.set()
        await _cancelled(self._tasks)

    async def _end(self) -> None:
        await _cancelled(self._heart)
        try:
            async with self._parts.opening("queue", None, BOOKKEEPING).scope:
                await leave(self._process)
        except Exception as error:  # it is taken for dead a moment later
            log.warning("no_farewell", error=in_words(error))
        await self._parts.close_pools()

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(self._parts.pace.heartbeat)
            try:
                await self._beat()
            except Exception as error:  # others may take over what is at work here: each has one effect
                log.warning("no_heartbeat", error=in_words(error))

    async def _beat(self) -> None:
        async with self._parts.opening("queue", None, BOOKKEEPING).scope:
            await beat(self._process)


async def _cancelled(tasks: list[asyncio.Task[None]]) -> None:
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=1)


@contextlib.contextmanager
def running(parts: Parts) -> Any:
    """Work for the length of the block; leaving it ends the messages at work first, then closes everything.

    Raises `MiddlewareError` with the reason when the process may not start.
    """
    loop, process = EventLoop(), Process(ttl=parts.pace.ttl, slots=shares(parts.threads, parts.queues))
    broker = brokers.connect(
        url=parts.broker_url,
        dsn=parts.dsn,
        pace=parts.pace,
        slots=process.slots,
        middleware=[loop, Background(parts, process)],
    )
    brokers.declare(broker, run=lambda delivery: run(delivery, opening=parts.opening, process=process))
    worker = Worker(broker, worker_threads=parts.threads, queues=brokers.served(parts.queues))
    try:
        worker.start()
    except MiddlewareError:
        loop.after_worker_shutdown(broker, worker)
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
