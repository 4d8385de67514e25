"""A port nobody uses, for a process that a test starts."""

import random
import socket
from pathlib import Path

import pytest

_GIVEN: set[int] = set()  #: to an earlier test of this process, whose server may still be leaving


@pytest.fixture
def free_port() -> int:
    """A TCP port that is free, and stays so until the test uses it."""
    return unused_port()


def unused_port() -> int:
    """Return a TCP port below those that the system gives to connections: else any of them may take it meanwhile."""
    while True:
        port = random.SystemRandom().randrange(_first_of_connections() - 12_000, _first_of_connections())
        if port not in _GIVEN and _is_free(port):
            _GIVEN.add(port)
            return port


def _first_of_connections() -> int:
    known = Path("/proc/sys/net/ipv4/ip_local_port_range")
    return max(32_768, int(known.read_text().split()[0])) if known.exists() else 32_768


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
