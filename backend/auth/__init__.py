"""Signing in: OpenID Connect, sessions, bearer tokens."""
