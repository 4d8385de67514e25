"""Fixtures for every test."""

import gc
from collections.abc import Generator

import pytest

from tests.support.cluster import cluster, database
from tests.support.data_folder import data_dir
from tests.support.identity_provider import identity_provider
from tests.support.nation import in_nation, nation
from tests.support.ports import free_port
from tests.support.product import anonymous, app
from tests.support.queue import nothing_left_to_do
from tests.support.rabbitmq import rabbitmq


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Gathering thousands of tests makes only what stays: no garbage is looked for meanwhile, nor among it later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 10, 10)  # as where the product works: 700 new objects are reached by half a page
        gc.enable()


__all__ = [
    "anonymous",
    "app",
    "cluster",
    "data_dir",
    "database",
    "free_port",
    "identity_provider",
    "in_nation",
    "nation",
    "nothing_left_to_do",
    "rabbitmq",
]
