"""The broker behind the outbox: PostgreSQL by default, RabbitMQ when its address is set.

dramatiq-postgres shows whole messages to every login that listens, so a message carries nothing but ids; and its
tables belong to the migrator, with rights for the worker only.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, get_args
from uuid import UUID

import dramatiq
from dramatiq.broker import Broker, MessageProxy
from dramatiq.message import Message
from dramatiq.middleware import Middleware

from infra.queue.registry import JOBS, QueueName
from infra.queue.runs import Delivery

Run = Callable[[Delivery], Coroutine[Any, Any, None]]
_AGAIN_MILLISECONDS = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast a dead worker is noticed, in seconds. A message it held starts again after at most ttl + maintenance."""

    heartbeat: float = 5
    ttl: float = 20
    maintenance: float = 10
    poll: float = 1


class Redeliver(Middleware):
    """Deliver again when the runner itself was interrupted. Unlike Dramatiq's Retries it copies no traceback."""

    def after_process_message(
        self, broker: Broker, message: MessageProxy, *, result: object = None, exception: BaseException | None = None
    ) -> None:
        if exception is not None:
            broker.enqueue(message._message, delay=_AGAIN_MILLISECONDS)


def connect(*, url: str, dsn: str, pace: Pace, middleware: list[Middleware]) -> Broker:
    """Return a connected broker: RabbitMQ at `url` when given, else PostgreSQL as the login of `dsn`.

    Raises `RuntimeError` when RabbitMQ is asked for and its client is not installed.
    """
    together = [*middleware, Redeliver()]
    return _rabbitmq(url, together) if url else _postgres(dsn, pace, together)


def _postgres(dsn: str, pace: Pace, middleware: list[Middleware]) -> Broker:
    from dramatiq_postgres import PostgresBroker

    broker: Broker = PostgresBroker(
        url=dsn,
        results=False,
        heartbeat_interval=pace.heartbeat,
        heartbeat_ttl=pace.ttl,
        maintenance_interval=pace.maintenance,
        poll_interval=pace.poll,
        middleware=middleware,
    )
    return broker


def _rabbitmq(url: str, middleware: list[Middleware]) -> Broker:
    try:
        from dramatiq.brokers.rabbitmq import RabbitmqBroker
    except ImportError as error:
        raise RuntimeError(
            "CONCORDAT_BROKER_URL names RabbitMQ, whose client is not installed: pip install 'dramatiq[rabbitmq]'"
        ) from error
    return RabbitmqBroker(url=url, confirm_delivery=True, middleware=middleware)


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

    for name in get_args(QueueName):
        dramatiq.actor(actor_name=name, queue_name=name, broker=broker)(receive)


def publisher(broker: Broker) -> Callable[[Sequence[Delivery]], None]:
    """Return the function that publishes deliveries, each under its own id; returns once the broker has them."""

    def publish(deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            broker.enqueue(_message(delivery))

    return publish


def _message(delivery: Delivery) -> Message[Any]:
    job = JOBS.get(delivery.actor)
    queue = job.queue if job else "default"
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
