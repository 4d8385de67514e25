"""A real provider, a hostile one, and what we know of either, as the sign-in tests meet them."""

from collections.abc import AsyncIterator, Callable

import pytest

from backend.auth.issuers import Issuers
from integrations.hosts import only_hosts
from integrations.http import Door
from tests.support.hostile_provider import HostileProvider, hostile_provider

LOCAL = Door(permits=only_hosts("127.0.0.1"), total_seconds=20)


@pytest.fixture
def issuers() -> Issuers:
    """Knows nothing yet and may call this machine only."""
    return Issuers(door=LOCAL)


@pytest.fixture
def issuers_at() -> Callable[[Callable[[], float]], Issuers]:
    """The same with a clock of the test's own."""
    return lambda clock: Issuers(door=LOCAL, clock=clock)


@pytest.fixture
def hasty() -> Issuers:
    """The same with little patience: 10 s and 10,000 bytes."""
    return Issuers(door=Door(permits=only_hosts("127.0.0.1"), total_seconds=10, max_bytes=10_000))


@pytest.fixture
async def hostile() -> AsyncIterator[HostileProvider]:
    async with hostile_provider() as running:
        yield running
