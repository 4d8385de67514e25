"""Faithful local servers of outside systems, for demo and tests. Production code may not import it."""
