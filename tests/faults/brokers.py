"""Both brokers, so that each fault test is written once and run on either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.support.rabbitmq import RabbitNode

BOTH = ["postgres", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)]


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """What carries the messages: its name, and what a worker is told of it."""

    name: str
    variables: dict[str, str] = field(default_factory=dict)
    node: RabbitNode | None = None


@pytest.fixture(params=BOTH)
def carrier(request: pytest.FixtureRequest) -> Iterator[Carrier]:
    """PostgreSQL, then a RabbitMQ without any queue."""
    if request.param == "postgres":
        yield Carrier(name="postgres")
        return
    node: RabbitNode = request.getfixturevalue("rabbitmq")
    node.empty()
    yield Carrier(name="rabbitmq", variables={"CONCORDAT_BROKER_URL": node.url}, node=node)
