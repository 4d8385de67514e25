"""What takes messages off a broker: a connection lost at any moment costs neither a message nor a thread.

Dramatiq's consumer threads end for good when closing a consumer raises; those of dramatiq-postgres forget what they had
claimed, wait out a whole poll when they are told at the wrong moment, and know only some of PostgreSQL's errors.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from dramatiq.broker import MessageProxy
from dramatiq.brokers.rabbitmq import RabbitmqBroker, _RabbitmqConsumer
from dramatiq.errors import BrokerConnectionError
from dramatiq_postgres.broker import PostgresConsumer
from dramatiq_postgres.utils import transaction

from infra.queue.errors import in_words
from infra.queue.pool import as_lost
from infra.telemetry.logs import logger

log = logger("broker")

_TAKE_BACK = """
update dramatiq.queue set state = 'queued', worker_id = null, consumed_at = null, mtime = now()
where queue_name = %s and worker_id = %s and state = 'consumed' and not message_id = any (%s::uuid[])
"""


class Bell(threading.Event):
    """An event that is over once it was waited for, and not before: a ring while nobody waits is heard by the next."""

    def clear(self) -> None:
        """Do nothing: whoever is about to wait would forget the ring that came since they looked."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for a ring and forget it."""
        rung = super().wait(timeout)
        super().clear()
        return rung


class OnPostgres(PostgresConsumer):  # type: ignore[misc]
    """Messages of one queue out of PostgreSQL.

    `held` is what this process was given and has not acknowledged, which its next consumer is to know. What it has
    claimed beyond that, a consumer before it had when its connection was lost: it is taken back.
    """

    def __init__(self, *, held: set[str], **options: Any) -> None:
        super().__init__(**options)
        self.in_processing = held
        self._hear_with(Bell())
        try:
            as_lost(self._take_back)
        except BrokerConnectionError:
            self.close()
            raise

    def __next__(self) -> MessageProxy | None:
        message: MessageProxy | None = as_lost(super().__next__)
        return message

    def ack(self, message: MessageProxy) -> None:
        as_lost(super().ack, message)

    def nack(self, message: MessageProxy) -> None:
        as_lost(super().nack, message)

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        as_lost(super().requeue, messages)

    def close(self) -> None:
        _quietly(super().close)

    def _hear_with(self, bell: Bell) -> None:
        notifier = self.broker.notifier
        notifier.unsubscribe(self.channel, self.wakeup)  # type: ignore[has-type]
        self.wakeup = bell
        notifier.subscribe(self.channel, bell)

    def _take_back(self) -> None:
        with transaction(self.get_consume_conn()) as cursor:
            cursor.execute(_TAKE_BACK, (self.queue_name, self.broker.worker_id, list(self.in_processing)))


class OnRabbitmq(_RabbitmqConsumer):
    """Messages of one queue out of RabbitMQ.

    What a connection that is gone had delivered is delivered again, under another tag: it is never acknowledged here,
    where its tag may be that of another message.
    """

    def __init__(self, broker: RabbitmqBroker, queue_name: str, prefetch: int, timeout: int) -> None:
        self._given: dict[int, MessageProxy] = {}
        try:
            super().__init__(broker, queue_name, prefetch, timeout)  # type: ignore[no-untyped-call]
        except BaseException:
            _quietly(self._hang_up)
            raise

    def __next__(self) -> Any:
        message: Any = super().__next__()  # type: ignore[no-untyped-call]
        if message is not None:
            self._given[message._tag] = message
        return message

    def ack(self, message: MessageProxy) -> None:
        if self._is_mine(message):
            super().ack(message)  # type: ignore[no-untyped-call]

    def nack(self, message: MessageProxy) -> None:
        if self._is_mine(message):
            super().nack(message)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        _quietly(super().close)
        _quietly(self._hang_up)

    def _hang_up(self) -> None:
        connection = getattr(self, "connection", None)
        if connection is not None and connection.is_open:  # Dramatiq leaves it so when RabbitMQ has closed the channel
            connection.close()

    def _is_mine(self, message: Any) -> bool:
        tag: int = message._tag
        mine = self._given.get(tag) is message
        if mine:
            del self._given[tag]
        return mine


def _quietly(close: Callable[[], None]) -> None:
    try:
        close()
    except Exception as error:  # an error here would end the thread that consumes
        log.warning("consumer_not_closed", error=in_words(error))
