"""A data folder of a test's own, with whatever server the test left in it stopped at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.postgres import embedded


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A new folder; a server that the test leaves running in it is stopped."""
    with temporary_data_folder() as folder:
        yield folder


@contextmanager
def temporary_data_folder() -> Iterator[Path]:
    """The same for a fixture of another scope."""
    folder = Path(tempfile.mkdtemp(prefix="concordat-test-", dir="/tmp"))
    try:
        yield folder
    finally:
        embedded.stop(folder)
        shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
