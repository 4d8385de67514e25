"""The identity provider and its people, as the sign-in tests meet them."""

from collections.abc import Callable

import pytest

from backend.auth.issuers import Issuers
from integrations.hosts import only_hosts
from integrations.http import Door

LOCAL = Door(permits=only_hosts("127.0.0.1"), total_seconds=5)


@pytest.fixture
def issuers() -> Issuers:
    """Knows nothing yet and may call this machine only."""
    return Issuers(door=LOCAL)


@pytest.fixture
def issuers_at() -> Callable[[Callable[[], float]], Issuers]:
    """The same with a clock of the test's own."""
    return lambda clock: Issuers(door=LOCAL, clock=clock)
