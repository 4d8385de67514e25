"""Fixtures for every test."""

from tests.support.cluster import cluster, database
from tests.support.data_folder import data_dir
from tests.support.identity_provider import identity_provider
from tests.support.nation import in_nation, nation
from tests.support.ports import free_port
from tests.support.product import anonymous, app
from tests.support.queue import nothing_left_to_do
from tests.support.rabbitmq import rabbitmq

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
