"""What the broker is given: ids only, under the delivery's own id, in the queue that the job declared."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from dramatiq.broker import Broker
from dramatiq.brokers.stub import StubBroker

from infra.ids import uuid7
from infra.queue import registry
from infra.queue.broker import declare, publisher
from infra.queue.registry import job
from infra.queue.runs import Delivery
from tests.faults.sending import send
from tests.support.cluster import Cluster
from tests.support.worker_process import worker_process
from tests.support.world import make_area


@pytest.fixture
def bulky() -> Iterator[None]:
    """A job in the queue for bulk work."""

    @job("bulk.work", queue="bulk")
    async def work() -> None: ...

    yield
    del registry.JOBS["bulk.work"]


def delivery(actor: str) -> Delivery:
    return Delivery(id=uuid7(), message_id=uuid7(), actor=actor, args={"mail_id": str(uuid7())}, area_id=7)


@pytest.fixture
def broker() -> Broker:
    stub = StubBroker(middleware=[])

    async def run(_: Delivery) -> None: ...

    declare(stub, run=run)
    return stub


def test_a_message_carries_the_delivery_and_nothing_else(broker: Broker) -> None:
    sent = delivery("mail.send")
    publisher(broker)([sent])
    message = json.loads(broker.queues["interactive"].get())
    assert message["message_id"] == str(sent.id)
    assert message["kwargs"] == {
        "id": str(sent.id),
        "message_id": str(sent.message_id),
        "actor": "mail.send",
        "args": sent.args,
        "area_id": 7,
    }
    assert (message["args"], message["options"]) == ([], {})


@pytest.mark.usefixtures("bulky")
def test_bulk_work_has_a_queue_of_its_own(broker: Broker) -> None:
    publisher(broker)([delivery("bulk.work"), delivery("nobody.knows")])
    assert (broker.queues["bulk"].qsize(), broker.queues["interactive"].qsize()) == (1, 1)


async def test_what_the_broker_tells_every_login_is_ids_only(database: Cluster, tmp_path: Path) -> None:
    area, heard = await make_area(), asyncio.Queue[str]()
    eavesdropper = await asyncpg.connect(database.dsns["national"])
    await eavesdropper.add_listener("dramatiq.interactive.ack", lambda *told: heard.put_nowait(told[3]))
    try:
        with worker_process(database, tmp_path):
            await send(area, "board.add")
            async with asyncio.timeout(60):
                message = json.loads(await heard.get())
                while message["kwargs"]["actor"] != "board.add":  # what earlier tests left to be done
                    message = json.loads(await heard.get())
    finally:
        await eavesdropper.close()
    assert set(message["kwargs"]) == {"id", "message_id", "actor", "args", "area_id"}
    assert set(message["kwargs"]["args"]) == {"board_id"}
    assert message["options"] == {}
