"""Hooks: secrets, what is taken and what is refused."""
