"""Fixtures for every test."""

from tests.support.cluster import cluster, database
from tests.support.product import anonymous, app

__all__ = ["anonymous", "app", "cluster", "database"]
