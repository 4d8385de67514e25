"""Taking messages off a broker: a connection that is lost at any moment costs neither a message nor a thread."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dramatiq.broker import Broker, Consumer, MessageProxy
from dramatiq.brokers.stub import StubBroker
from dramatiq.errors import BrokerConnectionError
from dramatiq.message import Message

from infra.ids import uuid7
from infra.queue import broker as brokers
from infra.queue.broker import Pace, Redeliver, connect, declare, publisher
from infra.queue.consumers import Bell
from infra.queue.runs import Delivery
from tests.support.cluster import Cluster
from tests.support.cutting import cutter
from tests.support.queue import as_superuser
from tests.support.rabbitmq import RabbitNode

LONG = 60.0
SLOTS = {"interactive": 3}


async def _ignore(_: Delivery) -> None: ...


def made(*, dsn: str = "", url: str = "") -> Broker:
    broker = connect(url=url, dsn=dsn, pace=Pace(poll=LONG), slots=SLOTS, middleware=[])
    declare(broker, run=_ignore)
    return broker


@pytest.fixture
async def postgres(database: Cluster) -> Any:
    """A broker on PostgreSQL with nothing in it, which polls once a minute."""
    await as_superuser(database, "truncate dramatiq.queue")
    broker = made(dsn=database.dsns["worker"])
    yield broker
    broker.close()
    await as_superuser(database, "truncate dramatiq.queue")


@pytest.fixture
def rabbit(rabbitmq: RabbitNode) -> Iterator[Broker]:
    """A broker on a RabbitMQ without any queue."""
    rabbitmq.empty()
    broker = made(url=rabbitmq.url)
    yield broker
    broker.close()


def send(broker: Broker, number: int = 1) -> list[str]:
    deliveries = [
        Delivery(id=uuid7(), message_id=uuid7(), actor="board.add", args={}, area_id=None) for _ in range(number)
    ]
    publisher(broker)(deliveries)
    return [str(delivery.id) for delivery in deliveries]


def listen(broker: Broker, *, milliseconds: int = 60_000) -> Consumer:
    return broker.consume("interactive", timeout=milliseconds)


def given(consumer: Consumer) -> MessageProxy:
    """The next message, which must be there."""
    for _ in range(5):
        if (message := next(consumer)) is not None:
            return message
    raise AssertionError("no message came")


def test_a_ring_that_nobody_waited_for_is_heard_by_the_next() -> None:
    bell = Bell()
    bell.set()
    bell.clear()
    assert bell.wait(0)
    assert not bell.wait(0)


def test_told_between_looking_and_waiting_it_looks_again_at_once(
    postgres: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dramatiq's own consumer forgets what it was told there, and waits for its whole poll."""
    consumer: Any = listen(postgres)
    look = consumer.claim

    def told_meanwhile(limit: int) -> None:
        look(limit)
        consumer.wakeup.set()

    monkeypatch.setattr(consumer, "claim", told_meanwhile)
    began = time.monotonic()
    assert next(consumer) is None
    assert time.monotonic() - began < LONG / 2
    consumer.close()


def test_what_a_lost_consumer_had_claimed_comes_to_the_next_and_what_is_at_work_does_not(postgres: Any) -> None:
    sent = send(postgres, 3)
    lost = listen(postgres)
    at_work = given(lost)
    lost.close()  # with two more in its hands
    following = listen(postgres)
    assert sorted([at_work.message_id, *(given(following).message_id for _ in range(2))]) == sorted(sent)
    following.close()


def test_what_is_at_work_still_counts_after_a_lost_connection(postgres: Any) -> None:
    send(postgres, 5)
    lost = listen(postgres)
    at_work = [given(lost) for _ in range(3)]
    lost.close()
    following = listen(postgres, milliseconds=50)
    assert next(following) is None
    following.ack(at_work[0])
    assert given(following).message_id not in [message.message_id for message in at_work]
    following.close()


async def test_any_error_of_the_server_is_tried_again(database: Cluster) -> None:
    """A server that was primary a moment ago refuses to write: Dramatiq gives up after errors that it does not know."""
    read_only = made(dsn=f"{database.dsns['worker']}&options=-cdefault_transaction_read_only%3Don")
    with pytest.raises(BrokerConnectionError):
        listen(read_only)
    read_only.close()


def test_a_consumer_that_cannot_even_be_closed_ends_no_thread(postgres: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    consumer: Any = listen(postgres)

    def broken(_: object) -> None:
        raise RuntimeError("odd")

    with monkeypatch.context() as patched:
        patched.setattr(postgres.pool, "putconn", broken)
        consumer.close()
    consumer.close()


def test_the_pool_does_not_pause_for_minutes(postgres: Any) -> None:
    assert max(postgres.pool.timeout, postgres.pool.reconnect_timeout) <= 5


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[Any]:
    """A broker whose database is away, and which waits a moment for a connection."""
    broker: Any = made(dsn=f"postgresql:///concordat?host={tmp_path}")
    broker.pool.timeout = 0.1
    yield broker
    broker.close()


def test_while_the_database_is_away_sending_fails_at_once(nowhere: Any) -> None:
    """As dramatiq-postgres has it, one message would be tried for minutes, and nothing else sent meanwhile."""
    began = time.monotonic()
    with pytest.raises(BrokerConnectionError):
        send(nowhere)
    assert time.monotonic() - began < 10


def test_while_the_database_is_away_nothing_is_taken_and_the_worker_looks_again(nowhere: Any) -> None:
    began = time.monotonic()
    with pytest.raises(BrokerConnectionError):
        listen(nowhere)
    assert time.monotonic() - began < 10


async def test_a_connection_lost_with_the_answer_is_an_error_at_once(database: Cluster, tmp_path: Path) -> None:
    async with cutter(database.dsns["worker"], tmp_path, word=b"WITH enqueued", times=2) as way:
        broker: Any = made(dsn=way.dsn)
        with pytest.raises(BrokerConnectionError):
            await asyncio.to_thread(send, broker)
        assert way.cut == 1
        await asyncio.to_thread(broker.close)


@pytest.mark.rabbitmq
def test_an_acknowledgement_for_a_lost_connection_is_not_taken_for_another_message(rabbit: Broker) -> None:
    """Tags begin anew with each connection: that of the message before may be that of one still at work."""
    send(rabbit)
    first = listen(rabbit)
    stale = given(first)
    first.close()
    second = listen(rabbit, milliseconds=200)
    given(second)
    second.ack(stale)
    next(second)  # sends what was acknowledged
    second.close()
    third = listen(rabbit)
    third.ack(given(third))
    assert given_again(third) is None
    third.close()


def given_again(consumer: Any) -> MessageProxy | None:
    consumer.channel.connection.process_data_events(0)
    method, _, _ = consumer.channel.basic_get("interactive")
    return method  # type: ignore[no-any-return]


@pytest.mark.rabbitmq
def test_a_channel_that_the_broker_closed_leaves_no_connection_behind(rabbit: Broker) -> None:
    consumer: Any = listen(rabbit)
    consumer.channel.close()
    consumer.close()
    assert not consumer.connection.is_open


def test_what_was_interrupted_is_delivered_again_though_the_broker_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brokers, "_AGAIN_MILLISECONDS", 10)
    broker, refusals = StubBroker(middleware=[]), [ConnectionError(), KeyError()]
    broker.declare_queue("interactive")
    enqueue = broker.enqueue

    def away(message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        if refusals:
            raise refusals.pop()
        return enqueue(message, delay=delay)

    monkeypatch.setattr(broker, "enqueue", away)
    message = Message[Any](queue_name="interactive", actor_name="interactive", args=(), kwargs={}, options={})
    Redeliver().after_process_message(broker, MessageProxy(message), exception=RuntimeError())
    assert broker.queues["interactive.DQ"].qsize() == 1
