"""Changing cooperation: each mutation is one verb of the service."""
