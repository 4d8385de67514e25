"""Connections over GraphQL, by those who may and those who may not."""
