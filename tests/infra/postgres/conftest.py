"""Real servers in short-lived folders."""

from collections.abc import Iterator

import pytest

from infra.postgres import embedded
from infra.postgres.embedded import EmbeddedServer
from tests.support.data_folder import temporary_data_folder


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """One server for the tests of a module that only look at it or add databases."""
    with temporary_data_folder() as folder:
        yield embedded.start(folder, durable=False)
