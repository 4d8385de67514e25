"""Fixtures for every test."""

from tests.support.cluster import cluster, database
from tests.support.identity_provider import identity_provider
from tests.support.ports import free_port

__all__ = ["cluster", "database", "free_port", "identity_provider"]
