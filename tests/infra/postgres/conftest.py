"""Real servers in short-lived folders. Each is stopped by the fixture, whatever the test did to it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.postgres import embedded
from infra.postgres.embedded import EmbeddedServer


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data folder of the test's own; a server that the test leaves running in it is stopped."""
    yield from _folder()


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """One server for the tests of a module that only look at it or add databases."""
    for folder in _folder():
        yield embedded.start(folder, durable=False)


def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="concordat-test-", dir="/tmp"))
    try:
        yield folder
    finally:
        if (folder / "postgres" / "data" / "PG_VERSION").exists():
            embedded.stop(folder)
        shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
