"""Fixtures for every test."""

from tests.support.cluster import cluster, database

__all__ = ["cluster", "database"]
