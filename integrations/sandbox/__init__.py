"""Faithful local servers of outside systems, for the demo and the tests. Production code may not import it."""
