"""Intervention flags over GraphQL: what an area raises, what an official decides."""
