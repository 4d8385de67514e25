"""The broker behind the outbox: PostgreSQL by default, RabbitMQ when its address is set.

dramatiq-postgres shows whole messages to every login that listens, so a message carries nothing but ids; and its
tables belong to the migrator, with rights for the worker only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import dramatiq
from dramatiq.broker import Broker, Consumer, MessageProxy
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.message import Message
from dramatiq.middleware import Middleware
from dramatiq_postgres import PostgresBroker

from infra.queue.consumers import OnPostgres, OnRabbitmq
from infra.queue.errors import in_words
from infra.queue.pool import as_lost, pool
from infra.queue.registry import QUEUES
from infra.queue.runs import Delivery
from infra.queue.turns import queue_of
from infra.telemetry.logs import logger

log = logger("broker")

Run = Callable[[Delivery], Coroutine[Any, Any, None]]
_AGAIN_MILLISECONDS = 1000
_BLOCKED_SECONDS = 30

#: what `interactive` was called: messages sent by a worker of the version before are still delivered
_FORMER = "default"

_enqueue = PostgresBroker.enqueue.__wrapped__  #: once: as it is decorated it would try for minutes
_PRIORITY = {"sync": 1, "bulk": 2}  #: of messages that a process holds, the lowest runs first


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast a dead worker is noticed, in seconds. A message it held starts again after at most ttl + maintenance."""

    heartbeat: float = 5
    ttl: float = 20
    maintenance: float = 10
    poll: float = 1


class Redeliver(Middleware):
    """Deliver again when the runner itself was interrupted. Unlike Dramatiq's Retries it copies no traceback.

    Does not return before the broker has it: the delivery at hand would be acknowledged.
    """

    def after_process_message(
        self, broker: Broker, message: MessageProxy, *, result: object = None, exception: BaseException | None = None
    ) -> None:
        while exception is not None:
            try:
                broker.enqueue(message._message, delay=_AGAIN_MILLISECONDS)
            except Exception as error:
                log.warning("delivery_waits", error=in_words(error))
                time.sleep(_AGAIN_MILLISECONDS / 1000)
            else:
                return


def connect(*, url: str, dsn: str, pace: Pace, slots: Mapping[str, int], middleware: list[Middleware]) -> Broker:
    """Return a connected broker: RabbitMQ at `url` when given, else PostgreSQL as the login of `dsn`.

    `slots` is how many messages of each queue this process holds at once.
    """
    together = [*middleware, Redeliver()]
    if url:
        return _Rabbitmq(slots, url=_patient(url, pace), confirm_delivery=True, middleware=together)
    return _Postgres(
        slots,
        pool=pool(dsn),
        results=False,
        heartbeat_interval=pace.heartbeat,
        heartbeat_ttl=pace.ttl,
        maintenance_interval=pace.maintenance,
        poll_interval=pace.poll,
        middleware=together,
    )


def _patient(url: str, pace: Pace) -> str:
    """Return the address with two limits, unless it states its own.

    RabbitMQ is to notice a frozen worker after the time to live, which is two heartbeats that did not come; and a
    relay is not to wait for ever for a RabbitMQ that takes nothing because its disk or memory is full.
    """
    limits = {"heartbeat": max(1, round(pace.ttl / 2)), "blocked_connection_timeout": _BLOCKED_SECONDS}
    missing = [f"{name}={seconds}" for name, seconds in limits.items() if f"{name}=" not in url]
    return "&".join([f"{url}{'' if '?' in url else '?'}", *missing]).replace("?&", "?")


# Dramatiq would hold as many of every queue as it has threads, twice: long work would keep short work waiting.
class _Postgres(PostgresBroker):  # type: ignore[misc]
    def __init__(self, slots: Mapping[str, int], **options: Any) -> None:
        super().__init__(**options)
        self._slots = slots
        self._held: dict[str, set[str]] = {}

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        sent: Message[Any] = as_lost(_enqueue, self, message, delay=delay)
        return sent

    def close(self) -> None:
        super().close()
        self.pool.close()

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 30_000) -> Consumer:
        # what waits for its time, Dramatiq forgets with the connection
        held = set() if queue_name in self.delay_queues else self._held.setdefault(queue_name, set())
        prefetch = self._slots.get(queue_name, prefetch)
        return OnPostgres(held=held, broker=self, queue_name=queue_name, prefetch=prefetch, timeout=timeout)


class _Rabbitmq(RabbitmqBroker):
    def __init__(self, slots: Mapping[str, int], **options: Any) -> None:
        super().__init__(**options)
        self._slots = slots

    @property
    def consumer_class(self) -> type[OnRabbitmq]:
        return OnRabbitmq

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        return super().consume(queue_name, self._slots.get(queue_name, prefetch), timeout)


def served(queues: frozenset[str]) -> set[str]:
    """Return the names by which the broker knows the queues."""
    return set(queues) | ({_FORMER} if "interactive" in queues else set())


def declare(broker: Broker, *, run: Run) -> None:
    """Make the broker hand every delivery of every queue to `run`, on the worker's event loop."""

    async def receive(**fields: Any) -> None:
        await run(
            Delivery(
                id=UUID(fields["id"]),
                message_id=UUID(fields["message_id"]),
                actor=fields["actor"],
                args=fields["args"],
                area_id=fields["area_id"],
            )
        )

    for name in (*QUEUES, _FORMER):
        priority = _PRIORITY.get(name, 0)
        dramatiq.actor(actor_name=name, queue_name=name, priority=priority, broker=broker)(receive)


def publisher(broker: Broker) -> Callable[[Sequence[Delivery]], None]:
    """Return the function that publishes deliveries, each under its own id; returns once the broker has them."""

    def publish(deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            broker.enqueue(_message(delivery))

    return publish


def _message(delivery: Delivery) -> Message[Any]:
    queue = queue_of(delivery.actor)
    return Message(
        queue_name=queue,
        actor_name=queue,
        args=(),
        kwargs={
            "id": str(delivery.id),
            "message_id": str(delivery.message_id),
            "actor": delivery.actor,
            "args": delivery.args,
            "area_id": delivery.area_id,
        },
        options={},
        message_id=str(delivery.id),
    )
