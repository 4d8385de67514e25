"""Signing in and out: the middleware that finds out who asks, and the pages of sign-in, roles and sessions."""
