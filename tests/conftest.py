"""Fixtures for every test."""

from tests.support.cluster import cluster, database
from tests.support.identity_provider import identity_provider

__all__ = ["cluster", "database", "identity_provider"]
