"""A RabbitMQ of the tests' own: its own port, data, cookie and port mapper; killed and started again at will.

Debian's package may run a service of its own; this node knows nothing of it, and runs as whoever runs the tests.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pika
import pika.exceptions
import pytest

from tests.support.data_folder import temporary_data_folder
from tests.support.ports import unused_port

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  #: Debian's own script; the one on PATH changes the user
MISSING = (
    "The tests of the second broker need RabbitMQ: install it (apt-get install rabbitmq-server), or leave them out "
    "with CONCORDAT_SKIP_RABBITMQ=1."
)
CONFIGURATION = """
log.file = false
log.console = true
log.console.level = error
vm_memory_high_watermark.relative = 0.8
"""
QUEUES = [name + kind for name in ("interactive", "sync", "bulk", "default") for kind in ("", ".DQ", ".XQ")]


logging.getLogger("pika").setLevel(logging.CRITICAL)  # it tells each vain attempt at length


class RabbitNode:
    """One node, as often as it is started."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port, self._mapper = folder, unused_port(), unused_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self._port}/%2F"
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "rabbit.conf").write_text(CONFIGURATION)
        (folder / "enabled_plugins").write_text("[].\n")

    def start(self, *, seconds: float = 60) -> None:
        """Start (again) with the same data, and wait until it answers.

        Again from the beginning when someone else took the port between nodes, which is another one each time.
        """
        end = time.monotonic() + seconds
        self._process = self._started()
        while not self._answers():
            if self._process.poll() is not None:
                assert "dist_port_already_used" in self._log(), self._log()
                self._process = self._started()
            assert time.monotonic() < end, self._log()
            time.sleep(0.1)

    def _started(self) -> subprocess.Popen[bytes]:
        with (self._folder / "rabbit.log").open("wb") as log:
            return subprocess.Popen(
                [str(PROGRAM)], env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )

    def _log(self) -> str:
        return (self._folder / "rabbit.log").read_text()

    def kill(self) -> None:
        """kill -9 of the whole node: nothing is flushed, nobody is told."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):  # it ended by itself
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """Kill the node and its port mapper."""
        self.kill()
        end = time.monotonic() + 5
        while time.monotonic() < end and self._ask_mapper_to_end() == 1:  # it has not noticed the death yet
            time.sleep(0.1)

    def empty(self) -> None:
        """Remove every queue with what is in it."""
        connection = pika.BlockingConnection(pika.URLParameters(self.url))
        channel = connection.channel()
        for queue in QUEUES:
            channel.queue_delete(queue)
        connection.close()

    def _ask_mapper_to_end(self) -> int:
        return subprocess.run(["epmd", "-kill"], env=self._environment(), capture_output=True, check=False).returncode

    def _answers(self) -> bool:
        try:
            pika.BlockingConnection(pika.URLParameters(self.url)).close()
        except (pika.exceptions.AMQPError, OSError):
            return False
        return True

    def _environment(self) -> dict[str, str]:
        folder = str(self._folder)
        return {
            "PATH": os.environ["PATH"],
            "HOME": folder,  # where Erlang keeps its cookie
            "RABBITMQ_NODENAME": f"concordat-{self._port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(unused_port()),
            "RABBITMQ_MNESIA_BASE": folder,
            "RABBITMQ_LOG_BASE": folder,
            "RABBITMQ_PID_FILE": f"{folder}/pid",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbit",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "ERL_EPMD_PORT": str(self._mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_CRASH_DUMP": f"{folder}/crash",
        }


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[RabbitNode]:
    """A running node for the whole session."""
    if not PROGRAM.exists() or shutil.which("epmd") is None:
        pytest.fail(MISSING)
    with temporary_data_folder() as folder:
        node = RabbitNode(folder)
        try:
            node.start()
            yield node
        finally:
            node.remove()
