"""A port nobody uses, for a process that a test starts."""

import socket

import pytest


@pytest.fixture
def free_port() -> int:
    """A TCP port that was free a moment ago."""
    return unused_port()


def unused_port() -> int:
    """Return a TCP port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
